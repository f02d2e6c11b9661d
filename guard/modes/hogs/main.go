// Hogs runs one endless loop on each processor: timers fire only when the scheduler takes a processor away after 10 to 20 ms.
package main

import (
	"runtime"
	"sync/atomic"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/modes/harness"
)

func main() {
	harness.Main(harness.Mode{Want: []classify.Cause{classify.Hogs}, Starve: func(stop *atomic.Bool) {
		for i := 0; i < runtime.GOMAXPROCS(0); i++ {
			go hog(stop)
		}
	}})
}

func hog(stop *atomic.Bool) {
	harness.Begin()
	for !stop.Load() { // culprit
	}
}
