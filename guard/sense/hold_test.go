//go:build linux

package sense

import (
	"math"
	"os"
	"path/filepath"
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

func TestHold(t *testing.T) {
	s := sampling(t)
	s.usable, s.bare, s.load = 2, false, 0.7
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
		"at rest before":   {At: s.holdAt, Overshoot: 10 * time.Millisecond, Interval: 15 * time.Millisecond, Busy: 2, Procs: 2},
		"in time":          {At: s.holdAt, Overshoot: time.Millisecond, Interval: 6 * time.Millisecond, Busy: 2, Procs: 2},
		"processors free":  {At: s.holdAt, Overshoot: 10 * time.Millisecond, Interval: 15 * time.Millisecond, Busy: 1, Procs: 2},
		"one processor":    {At: s.holdAt, Overshoot: 10 * time.Millisecond, Interval: 15 * time.Millisecond, Busy: 2, Procs: 1},
	} {
		s.holds, s.load = 0, 0.7
		if what == "at rest before" {
			s.load = 0.09
		}
		if s.hold(&x); x.Moved != Unknown {
			t.Errorf("%s: moved %d, want nobody to have looked", what, x.Moved)
		}
	}
}

func TestWatchTakesItsTime(t *testing.T) {
	s := sampling(t)
	for deadline := time.Now().Add(20 * time.Second); ; {
		s.runtime.read(&Sample{}, time.Now())
		begun := time.Now()
		moved := s.watch(s.runtime.count(runnable))
		if took := time.Since(begun); moved == 0 && took < holdTime {
			t.Errorf("watched for %v, want %v", took, holdTime)
		}
		if moved == 0 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("something moves for 20 s")
		}
	}
}

func TestLoad(t *testing.T) {
	s := sampling(t)
	s.usable = 2
	s.note(&Sample{Busy: math.NaN(), Interval: time.Hour})
	if s.load != 0 {
		t.Errorf("load of %v where none is known", s.load)
	}
	s.note(&Sample{Busy: 2, Interval: 20 * time.Millisecond})
	if s.load >= restShare {
		t.Errorf("load of %v after a single slice", s.load)
	}
	for range 100 {
		s.note(&Sample{Busy: 1, Interval: 10 * time.Millisecond})
	}
	if s.load < 0.45 || s.load > 0.55 {
		t.Errorf("load of %v with one of two processors used for a second", s.load)
	}
	s.note(&Sample{Busy: 0, Interval: time.Hour})
	if s.load != 0 {
		t.Errorf("load of %v after an hour of rest", s.load)
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
