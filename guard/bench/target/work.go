package main

import (
	"context"
	"fmt"
	"runtime"
	"sync/atomic"
	"time"
)

// work is what a handler does for one request.
type work func(ctx context.Context) error

// pauses are how long mixed work waits for something else, one request after the other: a cache, a database, other services. What a limiter of requests in flight
// makes of a fixed pause depends on how well its first limit happens to suit that pause (failsafe-go's of 20 suits 10 ms, and neither 5 nor 50), so there are several.
func pauses() []time.Duration {
	return []time.Duration{5 * time.Millisecond, 10 * time.Millisecond, 20 * time.Millisecond, 40 * time.Millisecond}
}

// newWork returns the work of that kind: a millisecond of CPU time for each request, in one piece, or in two with a pause between.
func newWork(kind string, units int) (work, error) {
	if units <= 0 {
		return nil, fmt.Errorf("-units is %d, and must be positive (see -calibrate)", units)
	}
	switch kind {
	case "cpu":
		return func(context.Context) error { return spin(units) }, nil
	case "mixed":
		return mixed(units), nil
	}
	return nil, fmt.Errorf("unknown work %q (there are cpu and mixed)", kind)
}

// mixed computes, pauses, and computes again.
func mixed(units int) work {
	var n atomic.Uint64
	long := pauses()
	return func(context.Context) error {
		if err := spin(units / 2); err != nil {
			return err
		}
		time.Sleep(long[n.Add(1)%uint64(len(long))])
		return spin(units - units/2)
	}
}

// spin computes; units are some ten nanoseconds each. It touches no memory and calls nothing, like a tight loop over a small structure. The result is
// an error that never comes, so that the compiler cannot leave the loop out.
func spin(units int) error {
	x := uint64(units) | 1
	for i := 0; i < units; i++ {
		for j := 0; j < 8; j++ { // xorshift64, G. Marsaglia, Journal of Statistical Software 8(14), 2003
			x ^= x << 13
			x ^= x >> 7
			x ^= x << 17
		}
	}
	if x == 0 {
		return fmt.Errorf("xorshift reached 0")
	}
	return nil
}

// Calibration is what -calibrate prints.
type Calibration struct {
	Units int `json:"units_per_ms"`
}

// calibrate measures the thread's CPU time for some units, and takes the fastest of many tries: the others were disturbed.
func calibrate() Calibration {
	runtime.LockOSThread() // whose time is taken
	defer runtime.UnlockOSThread()
	const tries, units = 50, 50_000
	best := time.Duration(1<<63 - 1)
	for i := 0; i < tries; i++ {
		began := threadTime()
		spin(units)
		best = min(best, threadTime()-began)
	}
	return Calibration{int(units * int64(time.Millisecond) / int64(max(best, 1)))}
}
