package lane

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// The same batch twice, as goroutines and on the lane, with a probe beside it that sleeps and sees how late it wakes up: late is later beside
// goroutines. Both are of one run, so that the machine's speed does not matter; one of three runs is enough, for it may be busy otherwise.
func TestForegroundIsServedSoonerThanBesideGoroutines(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	l := newLane(t, Config{})
	var beside, lane time.Duration
	for range 3 {
		beside = probe(t, func(work func()) { work() })
		lane = probe(t, func(work func()) {
			l.Do(context.Background(), func(context.Context) error { work(); return nil })
		})
		t.Logf("median lateness %v beside goroutines, %v with the lane", beside, lane)
		if lane < beside/2 {
			return
		}
	}
	t.Errorf("the median lateness is %v beside goroutines and %v with the lane, want less than half", beside, lane)
}

// probe runs eight pieces of work, and meanwhile measures how late timers are.
func probe(t *testing.T, run func(work func())) time.Duration {
	t.Helper()
	var late []time.Duration
	var stop atomic.Bool
	var all sync.WaitGroup
	for range 8 {
		all.Add(1)
		go func() {
			defer all.Done()
			run(func() {
				for x := uint64(1); !stop.Load(); x++ {
					x ^= x << 7
				}
			})
		}()
	}
	for len(late) < 30 {
		begin := time.Now()
		time.Sleep(2 * time.Millisecond)
		late = append(late, time.Since(begin)-2*time.Millisecond)
	}
	stop.Store(true)
	all.Wait()
	slices.Sort(late)
	return late[len(late)/2]
}
