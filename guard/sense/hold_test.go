//go:build linux

package sense

import (
	"math"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// holdUntil holds until want is satisfied, for the machine has work of its own.
func holdUntil(t *testing.T, s *Sampler, what string, want func(moved int) bool) Sample {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); {
		x := Sample{At: time.Now(), Overshoot: 10 * time.Millisecond, Interval: 15 * time.Millisecond, Busy: 2, Procs: 2, Runnable: s.runtime.count(runnable)}
		s.holdAt = time.Time{}
		s.runtime.read(&Sample{}, x.At)
		if s.hold(&x); want(x.Moved) {
			return x
		}
	}
	t.Fatalf("%s: nothing like that in 20 s", what)
	return Sample{}
}

// loop starts an endless loop on a processor other than the test's, until the function that it returns is called.
func loop(t *testing.T) (end func()) {
	before := runtime.GOMAXPROCS(0)
	runtime.GOMAXPROCS(max(2, before))
	var stop atomic.Bool
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for !stop.Load() {
		}
	}()
	end = sync.OnceFunc(func() { stop.Store(true); <-ended; runtime.GOMAXPROCS(before) })
	t.Cleanup(end)
	return end
}

func TestHold(t *testing.T) {
	s := sampling(t)
	s.usable, s.bare = 2, false
	var stop atomic.Bool
	defer stop.Store(true)
	go func() { // works on, on another processor
		for !stop.Load() {
			done := make(chan bool)
			go close(done)
			<-done
		}
	}()
	holdUntil(t, s, "others go on", func(moved int) bool { return moved > 0 })
	stop.Store(true)
	holdUntil(t, s, "nobody computes", func(moved int) bool { return moved == Unknown })
	loop(t)
	x := holdUntil(t, s, "nobody else gets a turn", func(moved int) bool { return moved == 0 })
	if want := x.At.Add(holdAgain); s.holdAt != want {
		t.Errorf("next hold at %v, want %v", s.holdAt, want)
	}
	for deadline := time.Now().Add(20 * time.Second); ; {
		s.holdAt = x.At.Add(holdAgain)
		late := Sample{At: x.At, Overshoot: holdAnyway, Interval: 2 * holdAnyway, Busy: 2, Procs: 2}
		if s.hold(&late); late.Moved != Unknown {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("later than any loop makes it, held just before: nobody looks")
		}
	}
	s.holdAt = x.At.Add(holdAgain)
	for what, x := range map[string]Sample{
		"held just before": {At: s.holdAt.Add(-1), Overshoot: 10 * time.Millisecond, Interval: 15 * time.Millisecond, Busy: 2, Procs: 2},
		"in time":          {At: s.holdAt, Overshoot: time.Millisecond, Interval: 6 * time.Millisecond, Busy: 2, Procs: 2},
		"processors free":  {At: s.holdAt, Overshoot: 10 * time.Millisecond, Interval: 15 * time.Millisecond, Busy: 1, Procs: 2},
		"one processor":    {At: s.holdAt, Overshoot: 10 * time.Millisecond, Interval: 15 * time.Millisecond, Busy: 2, Procs: 1},
	} {
		if s.hold(&x); x.Moved != Unknown {
			t.Errorf("%s: moved %d, want nobody to have looked", what, x.Moved)
		}
	}
}

// Where goroutines take long turns, it takes longer to see that none ends.
func TestWatchAsLongAsTurns(t *testing.T) {
	loop(t)
	for turn, want := range map[time.Duration]time.Duration{0: holdLeast, 400 * time.Microsecond: holdTurns * 400 * time.Microsecond, time.Second: holdMost} {
		s := sampling(t)
		s.turns = turns{cpu: float64(100 * turn), count: 100}
		for deadline := time.Now().Add(20 * time.Second); ; {
			s.runtime.read(&Sample{}, time.Now())
			begun := time.Now()
			moved := s.watch(s.runtime.count(runnable), 1)
			if took := time.Since(begun); moved == 0 && took < want {
				t.Errorf("turns of %v: watched for %v, want %v", turn, took, want)
			}
			if moved == 0 {
				break
			}
			if time.Now().After(deadline) {
				t.Fatal("something moves for 20 s")
			}
		}
	}
}

func TestTurns(t *testing.T) {
	var turns turns
	if got := turns.length(); got != 0 {
		t.Errorf("nobody has run: turns of %v", got)
	}
	for range 10 {
		turns.add(&Sample{Busy: math.NaN(), Interval: time.Hour, RunQueue: Delay{Count: 1}})
		turns.add(&Sample{Busy: 1.6, Interval: 10 * time.Millisecond, RunQueue: Delay{Count: 2}})
	}
	if got := turns.length(); got != time.Millisecond {
		t.Errorf("16 turns in 16 ms: turns of %v", got)
	}
	for range 300 {
		turns.add(&Sample{Busy: 1.6, Interval: 10 * time.Millisecond, RunQueue: Delay{Count: 4}})
	}
	if got := turns.length(); got < 490*time.Microsecond || got > 510*time.Microsecond {
		t.Errorf("32 turns in 16 ms for long: turns of %v", got)
	}
}

func TestBare(t *testing.T) {
	for info, want := range map[string]bool{
		"": false, "processor\t: 0\nFeatures\t: fp asimd\n": false,
		"processor\t: 0\nflags\t\t: fpu sse2 hypervisor lahf_lm\nbugs\t: x\n": false,
		"processor\t: 0\nflags\t\t: fpu sse2 lahf_lm\nbugs\t: hypervisor\n":   true,
	} {
		root := t.TempDir()
		if err := os.MkdirAll(filepath.Join(root, "proc"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, "proc/cpuinfo"), []byte(info), 0o644); err != nil {
			t.Fatal(err)
		}
		if got := bare(root); got != want {
			t.Errorf("%q: bare is %v, want %v", info, got, want)
		}
	}
	if bare(t.TempDir()) {
		t.Error("without the file it is bare")
	}
}
