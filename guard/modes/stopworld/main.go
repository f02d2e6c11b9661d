// Stopworld prints all stacks of a process with many goroutines, for which the world is stopped each time.
package main

import (
	"runtime"
	"sync/atomic"
	"time"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/modes/harness"
)

const goroutines = 20_000

func main() {
	forever := make(chan bool)
	for i := 0; i < goroutines; i++ {
		go func() { <-forever }()
	}
	harness.Main(harness.Mode{Want: []classify.Cause{classify.GCPressure}, Starve: func(stop *atomic.Bool) { go inspect(stop) }})
}

func inspect(stop *atomic.Bool) {
	buffer := make([]byte, 32<<20)
	for !stop.Load() {
		runtime.Stack(buffer, true) // culprit
		time.Sleep(20 * time.Millisecond)
	}
}
