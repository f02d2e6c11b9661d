// Healthy is the control: requests of 1 ms of computing that arrive at random at 70 % of what the processors can do. No verdict is right but healthy.
package main

import (
	"math"
	"math/rand"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/modes/harness"
)

const (
	load    = 0.7
	service = time.Millisecond
)

func main() {
	var rounds int
	harness.Main(harness.Mode{
		Want:   []classify.Cause{classify.Healthy},
		Setup:  func() error { rounds = calibrate(); return nil },
		Starve: func(stop *atomic.Bool) { go arrive(stop, rounds) },
	})
}

// calibrate finds how many rounds of work take the service time: the least of several tries, undisturbed by others.
func calibrate() int {
	const rounds = 100_000
	least := time.Duration(math.MaxInt64)
	for i := 0; i < 20; i++ {
		start := time.Now()
		work(rounds)
		least = min(least, time.Since(start))
	}
	return int(float64(rounds) * service.Seconds() / least.Seconds())
}

// arrive starts requests at a fixed mean rate, whatever became of those before.
func arrive(stop *atomic.Bool, rounds int) {
	rate := load * float64(runtime.GOMAXPROCS(0)) / service.Seconds()
	for next := time.Now(); !stop.Load(); {
		next = next.Add(time.Duration(rand.ExpFloat64() / rate * 1e9))
		time.Sleep(time.Until(next))
		go work(rounds)
	}
}

// work computes a fixed amount, not for a fixed time: it does not end by itself when the processor is taken away.
func work(rounds int) {
	x := uint64(1)
	for i := 0; i < rounds; i++ {
		x = x*6364136223846793005 + 1442695040888963407
	}
	runtime.KeepAlive(x)
}
