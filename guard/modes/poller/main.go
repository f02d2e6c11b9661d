// Poller keeps every local run queue filled with goroutines that wake each other: a processor that never runs out of work asks the network poller
// late, and what was ready there waits in the global queue, at which it looks once in 61 turns.
package main

import (
	"math"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/modes/harness"
)

func main() {
	harness.Main(harness.Mode{Want: []classify.Cause{classify.LateTimers}, Starve: func(stop *atomic.Bool) {
		for i := 0; i < runtime.GOMAXPROCS(0); i++ {
			startRing(stop)
		}
	}})
}

// startRing makes six goroutines in a ring pass three tokens on.
func startRing(stop *atomic.Bool) {
	const goroutines, tokens = 6, 3
	var links [goroutines]chan int
	for i := range links {
		links[i] = make(chan int, tokens)
	}
	for i := range links {
		go pass(stop, links[i], links[(i+1)%goroutines])
	}
	for i := 0; i < tokens; i++ {
		links[2*i] <- i
	}
}

func pass(stop *atomic.Bool, from <-chan int, to chan<- int) {
	x := 0.0
	for token := range from {
		if stop.Load() {
			return
		}
		for start := time.Now(); time.Since(start) < time.Millisecond; {
			x = compute(x)
		}
		to <- token
	}
}

func compute(x float64) float64 {
	for i := 0; i < 1000; i++ {
		x = math.Sqrt(x + float64(i)) // culprit
	}
	return x
}
