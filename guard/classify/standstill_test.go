package classify_test

import (
	"testing"
	"time"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/sense"
)

const tick = 4 * ms

// stood is a sample in which a machine of two CPUs stood still for so long, under the load of quiet: the time was charged to what ran before, and one tick came
// on each CPU when it went on.
func stood(length time.Duration) sense.Sample {
	x := hogged(19)
	x.Overshoot, x.Interval = length, length+interval
	x.Ticked, x.Tick = 3*tick, tick
	return x
}

// held is the same with ticks, as endless loops have them.
func held(length time.Duration) sense.Sample {
	x := stood(length)
	x.Ticked = time.Duration(x.Busy * float64(x.Interval)).Truncate(tick)
	return x
}

// A machine that stood still looks as if hogs had all processors. Only the kernel's ticks tell them apart.
func TestStandstillIsNoHog(t *testing.T) {
	s := newSeries(t, classify.Config{})
	s.calm(time.Second)
	for i := 0; i < 20; i++ {
		for _, lengths := range [][]time.Duration{{13 * ms}, {65 * ms}, {55 * ms, 45 * ms}, {36 * ms, 33 * ms}, {40 * ms, 18 * ms, 34 * ms}} {
			for _, length := range lengths {
				if s.add(stood(length)).Starving() {
					t.Fatalf("standstill %d of %v: %+v", i, lengths, s.verdict)
				}
			}
			if s.calm(300*ms) >= 0 {
				t.Fatalf("after standstill %d: %+v", i, s.verdict)
			}
		}
	}
	for _, length := range []time.Duration{11 * ms, 13 * ms, 65 * ms} {
		s := newSeries(t, classify.Config{})
		s.calm(time.Second)
		if s.add(held(length)); s.verdict.Cause != classify.Hogs {
			t.Errorf("%v late with all ticks: %+v", length, s.verdict)
		}
	}
}

// What waits does wait when a machine stands still for long, or again and again, and it is others that have the CPUs.
func TestStandstillsAreContention(t *testing.T) {
	s := newSeries(t, classify.Config{})
	s.calm(time.Second)
	if s.add(stood(300 * ms)); s.verdict.Cause != classify.Contended {
		t.Errorf("300 ms: %+v", s.verdict)
	}
	again := stood(20 * ms)
	again.Runnable = 3
	s = newSeries(t, classify.Config{})
	s.calm(time.Second)
	if at := s.feed(time.Second, always(again)); at < 0 || at > 110*ms || s.verdict.Cause != classify.Contended {
		t.Errorf("again and again: after %v %+v", at, s.verdict)
	}
}

// Where nobody counts ticks, late timers in a process that used its processors are those of hogs.
func TestWithoutTicks(t *testing.T) {
	for what, change := range map[string]func(x *sense.Sample){
		"not counted":       func(x *sense.Sample) { x.Ticked = sense.Unknown },
		"of unknown length": func(x *sense.Sample) { x.Tick = sense.Unknown },
		"too far apart":     func(x *sense.Sample) { x.Ticked, x.Tick = 20*ms, 20*ms },
	} {
		s := newSeries(t, classify.Config{})
		s.calm(time.Second)
		x := stood(15 * ms)
		if change(&x); s.add(x).Cause != classify.Hogs {
			t.Errorf("%s: %+v", what, s.verdict)
		}
	}
}

// What has come in while the machine stood still has to be done, too, and waits meanwhile.
func TestBacklogOfAStandstillIsNoOverload(t *testing.T) {
	const length = 48 * ms
	backlog := func(int) sense.Sample {
		x := overloaded()
		x.Runnable, x.RunQueue = 30, sense.Delay{Count: 3, P50: 20 * ms, P99: 30 * ms, Max: 30 * ms}
		return x
	}
	s := newSeries(t, classify.Config{})
	s.calm(time.Second)
	if s.add(stood(length)).Starving() {
		t.Fatalf("%+v", s.verdict)
	}
	if at := s.feed(4*length, backlog); at >= 0 {
		t.Errorf("alarm after %v of backlog: %+v", at, s.verdict)
	}
	if at := s.feed(time.Second, backlog); at < 0 || s.verdict.Cause != classify.Overload {
		t.Errorf("a queue that stays deep gives %+v", s.verdict)
	}
}

// The poller's probe stands behind that backlog.
func TestPollerBehindABacklog(t *testing.T) {
	const length = 48 * ms
	late := polledLate()
	late.Poll = 25 * ms
	full := quiet()
	full.Runnable, full.Running = 1, 2
	for _, standstill := range []bool{true, false} {
		s := newSeries(t, classify.Config{})
		s.feed(time.Second, func(int) sense.Sample { return full })
		if standstill && s.add(stood(length)).Starving() {
			t.Fatalf("%+v", s.verdict)
		}
		if at := s.feed(4*length, func(int) sense.Sample { return late }); at >= 0 == standstill {
			t.Errorf("standstill before: %v, alarm after %v, %+v", standstill, at, s.verdict)
		}
	}
}
