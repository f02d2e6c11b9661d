// Overload is a service that gets 400 requests at once, again and again, of 1 ms of computing each: timers are in time, the run queue is deep.
package main

import (
	"math"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/modes/harness"
)

const requests = 400

func main() {
	harness.Main(harness.Mode{Want: []classify.Cause{classify.Overload}, Starve: func(stop *atomic.Bool) { go serve(stop) }})
}

func serve(stop *atomic.Bool) {
	for !stop.Load() {
		var all sync.WaitGroup
		for i := 0; i < requests; i++ {
			all.Add(1)
			go func() {
				defer all.Done()
				handle()
			}()
		}
		all.Wait()
	}
}

func handle() float64 {
	harness.Begin()
	x := 0.0
	for start := time.Now(); time.Since(start) < time.Millisecond; {
		x = compute(x)
	}
	return x
}

func compute(x float64) float64 {
	for i := 0; i < 1000; i++ {
		x = math.Sqrt(x + float64(i)) // culprit
	}
	return x
}
