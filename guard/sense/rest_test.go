//go:build linux

package sense

import (
	"os"
	"os/signal"
	"runtime"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// resting is a sampler that rests for ten seconds, the channel of its samples and the number of them.
func resting(t *testing.T) (*Sampler, <-chan Sample, *atomic.Int64) {
	t.Helper()
	s, err := New(Config{Rest: 10 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	samples, count := make(chan Sample, 1), new(atomic.Int64)
	if err := s.Start(func(x Sample) {
		count.Add(1)
		select {
		case <-samples:
		default:
		}
		samples <- x
	}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	s.heart.Meet(time.Now())
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(time.Millisecond) {
		s.mu.Lock()
		rests := s.pace.resting()
		s.mu.Unlock()
		if rests {
			<-samples
			return s, samples, count
		}
		if time.Now().After(deadline) {
			t.Fatal("does not rest after 20 s")
		}
	}
}

// early fails the test if x came when it was due.
func early(t *testing.T, what string, x Sample) {
	t.Helper()
	if x.Interval >= x.Due {
		t.Errorf("%s: the sample came after %v, as was due", what, x.Interval)
	}
}

// Requests take the samples of a sampler at rest, one in 5 ms.
func TestRequestTakesSample(t *testing.T) {
	s, samples, count := resting(t)
	begin, had := time.Now(), count.Load()
	for {
		select {
		case x := <-samples:
			early(t, "requests", x)
			if n, most := count.Load()-had, int64(time.Since(begin)/s.config.Interval)+1; n > most {
				t.Errorf("%d samples in %v", n, time.Since(begin))
			}
			return
		default:
			s.heart.Meet(time.Now())
			time.Sleep(time.Millisecond)
		}
	}
}

// A process that computes ends the rest of its sampler, although no request looks.
func TestAlarmEndsRest(t *testing.T) {
	_, samples, _ := resting(t)
	var stop atomic.Bool
	defer stop.Store(true)
	for i := 0; i < runtime.GOMAXPROCS(0); i++ {
		go func() {
			for !stop.Load() {
			}
		}()
	}
	early(t, "hogs", <-samples)
}

// A request that finds the process computing leaves the sample to the timer, which is told how late it is by then.
func TestRequestFindsHogs(t *testing.T) {
	s, samples, _ := resting(t)
	s.mu.Lock()
	s.at, s.cpu = s.at.Add(-time.Second), s.cpu-2*time.Second // as if all that were since the sample
	want := (2*time.Second - s.alarmed()) / time.Duration(s.usable)
	s.heart.lookFrom(time.Now())
	s.mu.Unlock()
	s.heart.Meet(time.Now())
	x := <-samples
	early(t, "hogs", x)
	if x.Overshoot < min(want, time.Second) {
		t.Errorf("%v late, want at least %v or a second", x.Overshoot, want)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.pace.resting() {
		t.Error("still rests")
	}
}

// The alarm of another sampler is none.
func TestAlarmOfAnother(t *testing.T) {
	s, samples, _ := resting(t)
	s.mu.Lock()
	s.cpu += time.Hour // so that it is not time for its own, whatever the machine does
	s.mu.Unlock()
	s.wake()
	select {
	case x := <-samples:
		t.Errorf("took a sample after %v", x.Interval)
	default:
	}
}

func TestAlarmClosed(t *testing.T) {
	a, err := newAlarm(62)
	if err != nil {
		t.Fatal(err)
	}
	if !a.set(time.Hour) {
		t.Error("does not set")
	}
	if err := a.close(); err != nil {
		t.Error(err)
	}
	if a.set(time.Hour) {
		t.Error("sets after it was closed")
	}
	if _, open := <-a.rung; open {
		t.Error("rang")
	}
}

// A signal that comes when nobody wants it any more does not end the program.
func TestAlarmUnwanted(t *testing.T) {
	wanted := make(chan os.Signal, 1)
	signal.Notify(wanted, syscall.Signal(60))
	defer signal.Stop(wanted)
	for _, number := range []syscall.Signal{59, 60} { // the kernel delivers the lower one first
		if err := syscall.Kill(syscall.Getpid(), number); err != nil {
			t.Fatal(err)
		}
	}
	<-wanted
}
