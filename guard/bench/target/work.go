package main

import (
	"context"
	"fmt"
	"runtime"
	"time"
)

// work is what a handler does for one request.
type work func(ctx context.Context) error

// pause is how long mixed work waits for something else.
const pause = 10 * time.Millisecond

// newWork returns the work of that kind: a millisecond of CPU time for each request, in one piece, or in two with a pause between.
func newWork(kind string, units int) (work, error) {
	if units <= 0 {
		return nil, fmt.Errorf("-units is %d, and must be positive (see -calibrate)", units)
	}
	switch kind {
	case "cpu":
		return func(context.Context) error { return spin(units) }, nil
	case "mixed":
		return func(context.Context) error {
			if err := spin(units / 2); err != nil {
				return err
			}
			time.Sleep(pause)
			return spin(units - units/2)
		}, nil
	}
	return nil, fmt.Errorf("unknown work %q (there are cpu and mixed)", kind)
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
