package classify_test

import (
	"slices"
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
	shredded := stood(29 * ms) // it went on and stopped again and again, with a tick each time
	shredded.Ticked = time.Duration(shredded.Busy*float64(shredded.Interval)) - 23*ms
	if s.add(shredded).Starving() {
		t.Errorf("a standstill in pieces: %+v", s.verdict)
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
	s.feed(time.Second, always(serving()))
	if s.add(stood(length)).Starving() {
		t.Fatalf("%+v", s.verdict)
	}
	if at := s.feed(3*length, backlog); at >= 0 {
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
	full.Busy, full.Runnable, full.Running = 1.6, 1, 2
	late.Busy = full.Busy
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

// short is a sample of a process at 70% load by requests that compute for a fifth of a millisecond.
func short() sense.Sample {
	x := serving()
	x.RunQueue.Count = 20
	return x
}

// crammed is a sample of such a process, both threads of which the kernel keeps on one CPU: it uses half of its processors, and queues grow.
func crammed() sense.Sample {
	x := short()
	x.Interval, x.Due, x.Busy, x.Runnable, x.Running = interval, interval, 1, 60, 2
	x.RunQueue = sense.Delay{Count: 7, P50: 20 * ms, P99: 30 * ms, Max: 30 * ms}
	x.Around, x.Pressure = x.Interval, x.Interval
	return x
}

// filled is the same once it has both again.
func filled() sense.Sample {
	x := crammed()
	x.Busy, x.RunQueue.Count, x.Pressure = 1.9, 14, 0
	return x
}

// What has come in while the process was kept on one CPU waits yet when it has both again.
func TestCrammedIsNoOverload(t *testing.T) {
	for name, usual := range map[string]time.Duration{"known": time.Second, "just started": 50 * ms} {
		s := newSeries(t, classify.Config{})
		s.feed(usual, always(short()))
		if at := s.feed(60*ms, always(crammed())); at >= 0 {
			t.Errorf("%s: on one CPU, alarm after %v: %+v", name, at, s.verdict)
		}
		if at := s.feed(100*ms, always(filled())); at >= 0 {
			t.Errorf("%s: on both again, alarm after %v: %+v", name, at, s.verdict)
		}
		if at := s.feed(time.Second, always(filled())); at < 0 || s.verdict.Cause != classify.Overload {
			t.Errorf("%s: a queue that stays deep: alarm after %v: %+v", name, at, s.verdict)
		}
	}
}

// A process that is kept on one CPU for long starves, and it is not its own doing.
func TestCrammedForLongIsContention(t *testing.T) {
	s := newSeries(t, classify.Config{})
	s.feed(time.Second, always(short()))
	if at := s.feed(time.Second, always(crammed())); at < 100*ms || at > 350*ms || s.verdict.Cause != classify.Contended {
		t.Errorf("alarm after %v: %+v", at, s.verdict)
	}
	s.feed(time.Second, always(filled()))
	if s.verdict.Cause != classify.Overload {
		t.Errorf("a second after it had both again, with a queue as deep: %+v", s.verdict)
	}
	s = newSeries(t, classify.Config{})
	s.feed(time.Second, always(short()))
	s.add(stood(5 * time.Second)) // a virtual machine that was suspended
	s.feed(3*time.Second, always(short()))
	if at := s.feed(300*ms, always(filled())); s.verdict.Cause != classify.Overload {
		t.Errorf("three seconds after it had stood still for five: alarm after %v: %+v", at, s.verdict)
	}
	s = newSeries(t, classify.Config{})
	s.feed(time.Second, always(short()))
	s.add(stood(5 * time.Second))
	s.feed(3*time.Second, always(short()))
	s.feed(60*ms, always(crammed()))
	if at := s.feed(100*ms, always(filled())); at >= 0 {
		t.Errorf("three seconds after that an accident again: alarm after %v: %+v", at, s.verdict)
	}
	late := crammed()
	late.Poll, late.Runnable, late.RunQueue = 50*ms, 3, sense.Delay{}
	s = newSeries(t, classify.Config{})
	s.feed(time.Second, always(short()))
	if at := s.feed(time.Second, always(late)); at < 0 || s.verdict.Cause != classify.Contended {
		t.Errorf("the poller late: alarm after %v: %+v", at, s.verdict)
	}
}

// A neighbour that takes a third of the processors all the time is no accident either: queues that stay deep beside it are told.
func TestNeighbour(t *testing.T) {
	beside := crammed()
	beside.Busy, beside.Pressure = 1.4, beside.Interval/4
	s := newSeries(t, classify.Config{})
	s.feed(time.Second, always(short()))
	if at := s.feed(2*time.Second, always(beside)); at < 0 || at > 700*ms {
		t.Errorf("alarm after %v: %+v", at, s.verdict)
	}
}

// A process that uses less than it wants for a reason of its own has no recovery allowed.
func TestNotCrammed(t *testing.T) {
	for name, change := range map[string]func(x *sense.Sample){
		"a quota":              func(x *sense.Sample) { x.CPUs = 1 },
		"calls without an end": func(x *sense.Sample) { x.Busy = 0.05 },
		"nothing waits":        func(x *sense.Sample) { x.Runnable, x.Running = 0, 1 },
	} {
		s := newSeries(t, classify.Config{})
		s.feed(time.Second, always(short()))
		x := crammed()
		change(&x)
		early := s.feed(60*ms, always(x))
		if at := s.feed(135*ms, always(filled())); early < 0 && at < 0 {
			t.Errorf("%s: the queue is deep after it, and there is no alarm", name)
		}
	}
}

// Where many turns are expected, half of them may be missing by chance once, and after the process was kept on one CPU a part of them, too. Hogs leave fewer, or do so again.
func TestFewTurns(t *testing.T) {
	slice := func(turns uint64) sense.Sample {
		x := short()
		x.Overshoot, x.Interval, x.Busy, x.Runnable, x.Running, x.RunQueue.Count = 15*ms, 20*ms, 1.95, 40, 2, turns
		return x
	}
	usual, kept := short(), crammed()
	var many [30]sense.Sample
	for i := range many {
		many[i] = usual
	}
	kept.Runnable, kept.RunQueue = 9, sense.Delay{Count: 7, P50: ms, P99: ms, Max: ms}
	for name, test := range map[string]struct {
		samples []sense.Sample
		want    classify.Cause
	}{
		"half":                           {[]sense.Sample{slice(30)}, classify.Healthy},
		"half, twice":                    {[]sense.Sample{slice(30), usual, usual, slice(30)}, classify.Hogs},
		"half, and much later":           {slices.Concat([]sense.Sample{slice(30)}, many[:], []sense.Sample{slice(30)}), classify.Healthy},
		"a third":                        {[]sense.Sample{slice(20)}, classify.Hogs},
		"a third, after less processors": {[]sense.Sample{kept, kept, kept, slice(20)}, classify.Healthy},
		"none, after less processors":    {[]sense.Sample{kept, kept, kept, slice(8)}, classify.Hogs},
	} {
		if v := after(t, short(), test.samples); v.Cause != test.want {
			t.Errorf("%s: %+v, want %v", name, v, test.want)
		}
	}
}
