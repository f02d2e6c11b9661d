//go:build linux

package sense

import (
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
		x := Sample{At: time.Now(), Overshoot: 10 * time.Millisecond, Busy: 2, Procs: 2, Runnable: s.runtime.count(runnable)}
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
	s.usable, s.bare = 2, false
	var stop atomic.Bool
	go func() { // works on, on another processor
		for !stop.Load() {
			done := make(chan bool)
			go close(done)
			<-done
		}
	}()
	holdUntil(t, s, "others go on", func(moved int) bool { return moved > 0 })
	stop.Store(true)
	x := holdUntil(t, s, "nobody does", func(moved int) bool { return moved == 0 })
	if want := x.At.Add(holdAgain); s.holdAt != want {
		t.Errorf("next hold at %v, want %v", s.holdAt, want)
	}
	for what, x := range map[string]Sample{
		"held just before": {At: s.holdAt.Add(-1), Overshoot: 10 * time.Millisecond, Busy: 2, Procs: 2},
		"in time":          {At: s.holdAt, Overshoot: time.Millisecond, Busy: 2, Procs: 2},
		"processors free":  {At: s.holdAt, Overshoot: 10 * time.Millisecond, Busy: 1.5, Procs: 2},
		"one processor":    {At: s.holdAt, Overshoot: 10 * time.Millisecond, Busy: 2, Procs: 1},
	} {
		if s.hold(&x); x.Moved != Unknown {
			t.Errorf("%s: moved %d, want nobody to have looked", what, x.Moved)
		}
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
