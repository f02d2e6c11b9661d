package classify_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/sense"
)

func always(x sense.Sample) func(int) sense.Sample { return func(int) sense.Sample { return x } }

func TestCauses(t *testing.T) {
	tests := []struct {
		name     string
		next     func(int) sense.Sample
		want     classify.Cause
		within   time.Duration // of the beginning
		evidence string        // a part of it
	}{
		{"one hog per processor", always(hogged(1)), classify.Hogs, 20 * ms, "timer 13ms late"},
		{"many hogs", always(hogged(19)), classify.Hogs, 20 * ms, "19 runnable"},
		{"overload", always(overloaded()), classify.Overload, 30 * ms, "380 runnable"},
		{"throttled", throttledAt, classify.Throttled, 200 * ms, "0.50 CPUs ran out in"},
		{"convoy", always(convoyed()), classify.LockConvoy, 600 * ms, "waited for locks"},
		{"stopped world", always(stoppedFor(40*ms, ms)), classify.GCPressure, 50 * ms, "stood still for up to 40ms"},
		{"world that does not stop", always(stoppedFor(40*ms, 38*ms)), classify.Captured, 50 * ms, "can't be preempted"},
		{"assists", assistedAt, classify.GCPressure, 400 * ms, "assists of goroutines that allocate took 45%"},
		{"blocked", always(blocked()), classify.Blocked, 400 * ms, "200 or more goroutines"},
		{"parked", always(parked()), classify.Blocked, 400 * ms, "does not know of"},
		{"timer slack", always(slack()), classify.LateTimers, 150 * ms, "timer 30ms late"},
		{"poller", always(polledLate()), classify.LateTimers, 300 * ms, "probe was served 60ms late"},
		{"captured", always(captured()), classify.Captured, 310 * ms, "timer 300ms late"},
		{"contended", always(contended()), classify.Contended, 120 * ms, "for a CPU"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := newSeries(t, classify.Config{})
			if at := s.calm(time.Second); at >= 0 {
				t.Fatalf("%v while all was well", s.verdict)
			}
			detected := s.feed(2*time.Second, test.next)
			if detected < 0 || detected > test.within {
				t.Errorf("detected after %v, want within %v", detected, test.within)
			}
			if s.verdict.Cause != test.want || !strings.Contains(s.verdict.Evidence, test.evidence) {
				t.Errorf("verdict is %v (%s), want %v (%s)", s.verdict.Cause, s.verdict.Evidence, test.want, test.evidence)
			}
			if s.verdict.Since.Sub(s.start) < time.Second || s.verdict.Since.After(s.verdict.At) {
				t.Errorf("since %v, at %v, began at %v", s.verdict.Since, s.verdict.At, s.start.Add(time.Second))
			}
			s.calm(4 * time.Second)
			if s.verdict.Starving() || s.verdict.Evidence != "" {
				t.Errorf("four seconds after all was well again: %+v", s.verdict)
			}
		})
	}
}

// Beside hogs requests may get turns, in between or when one of the hogs is made to give way. What they used before belongs to the usual.
func TestHogsAmongRequests(t *testing.T) {
	for name, test := range map[string]struct {
		change []func(x *sense.Sample)
		alarm  int // at which of them
	}{
		"few turns":  {[]func(x *sense.Sample){func(x *sense.Sample) { x.RunQueue.Count = 5 }}, 0},
		"many turns": {[]func(x *sense.Sample){func(x *sense.Sample) { x.RunQueue.Count = 11 }}, -1},
		"many turns, twice": {[]func(x *sense.Sample){
			func(x *sense.Sample) { x.Overshoot, x.Interval, x.RunQueue.Count = 9*ms, 14*ms, 11 },
			func(x *sense.Sample) { x.Overshoot, x.Interval, x.RunQueue.Count = 12*ms, 12*ms, 12 },
		}, -1},
		"few turns, twice late by half of the limit": {[]func(x *sense.Sample){
			func(x *sense.Sample) { x.Overshoot, x.Interval, x.RunQueue.Count = 6*ms, 11*ms, 3 },
			func(x *sense.Sample) { x.Overshoot, x.Interval, x.RunQueue.Count = 7*ms, 12*ms, 3 },
		}, 1},
		"processors free before":           {[]func(x *sense.Sample){func(x *sense.Sample) { x.Interval, x.Busy, x.RunQueue.Count = 23*ms, 1.75, 5 }}, 0},
		"no more than the usual beside it": {[]func(x *sense.Sample){func(x *sense.Sample) { x.Interval, x.Busy, x.RunQueue.Count = 23*ms, 1.44, 2 }}, -1},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSeries(t, classify.Config{})
			s.feed(time.Second, always(serving()))
			alarm := -1
			for i, change := range test.change {
				x := hogged(19)
				if change(&x); s.add(x).Starving() && alarm < 0 {
					alarm = i
				}
			}
			if alarm != test.alarm || alarm >= 0 && s.verdict.Cause != classify.Hogs {
				t.Errorf("alarm at sample %d, want %d: %+v", alarm, test.alarm, s.verdict)
			}
		})
	}
}

// One late timer or one long wait is no starvation unless the process itself was busy all that time.
func TestOneAccidentIsNoAlarm(t *testing.T) {
	taken := overloaded() // a CPU, from a process that could use both
	taken.Overshoot, taken.Interval, taken.Busy, taken.Runnable, taken.RunQueue = 30*ms, 35*ms, 1, 23, sense.Delay{Count: 7}
	for name, x := range map[string]sense.Sample{"CPU taken away": taken, "late timer": slack(), "contended": contended(), "poller": polledLate(), "wait in the run queue": waited()} {
		s := newSeries(t, classify.Config{})
		s.calm(time.Second)
		at := s.feed(10*time.Second, func(i int) sense.Sample {
			if i%100 == 50 {
				return x
			}
			return quiet()
		})
		if at >= 0 {
			t.Errorf("%s, once in half a second: alarm after %v: %+v", name, at, s.verdict)
		}
	}
}

// The sampler's timer came due in the middle of the first slice of the hogs: it was not late by the limit, but they were at it for longer.
func TestFirstSlice(t *testing.T) {
	slice := quiet()
	slice.Interval, slice.Overshoot, slice.Busy, slice.Runnable, slice.Running = 16*ms, 6*ms, 1.8, 1, 2
	slice.RunQueue = sense.Delay{Count: 1}
	later, begun, alone := slice, slice, slice
	later.Overshoot = 3 * ms
	begun.Interval, begun.Overshoot, begun.Busy = 22*ms, 2*ms, 0.8
	alone.Runnable = 0
	turns := func(n uint64, late time.Duration) sense.Sample {
		x := slice
		x.RunQueue, x.Overshoot = sense.Delay{Count: n, P50: ms, P99: 2 * ms, Max: 2 * ms}, late
		return x
	}
	resting := quiet()
	resting.Busy = 0.01
	for name, test := range map[string]struct {
		before, x sense.Sample
		want      classify.Cause
	}{
		"late by half of the limit":                   {quiet(), slice, classify.Hogs},
		"with more than a turn":                       {quiet(), turns(3, 6*ms), classify.Healthy},
		"beside much other work, with a turn":         {serving(), slice, classify.Healthy},
		"beside much other work, with none":           {serving(), turns(0, 6*ms), classify.Hogs},
		"nobody wants a processor":                    {quiet(), alone, classify.Healthy},
		"less late, beside other work":                {quiet(), later, classify.Healthy},
		"less late, in a process at rest":             {resting, later, classify.Hogs},
		"in a process at rest, begun just now":        {resting, begun, classify.Hogs},
		"beside other work, no more than the usual":   {quiet(), begun, classify.Healthy},
		"in a process at rest, with more than a turn": {resting, turns(3, 3*ms), classify.Healthy},
	} {
		s := newSeries(t, classify.Config{})
		s.feed(time.Second, always(test.before))
		if v := s.add(test.x); v.Cause != test.want {
			t.Errorf("%s: %+v, want %v", name, v, test.want)
		}
	}
}

// A timer that stood in the run queue behind a burst of short requests is late, and nobody's fault; behind as many requests with hogs among them, turns are
// longer. What goes on is no burst.
func TestBurstIsNoHog(t *testing.T) {
	burst := quiet()
	burst.Interval, burst.Overshoot, burst.Busy, burst.Runnable, burst.Running = 20*ms, 14*ms, 1.7, 8, 2
	burst.RunQueue = sense.Delay{Count: 9, P50: 6 * ms, P99: 14 * ms, Max: 14 * ms}
	hogs, again, longer := burst, burst, burst
	hogs.RunQueue.Count = 4
	again.Busy = 1.99
	longer.Overshoot, longer.Interval = 35*ms, 41*ms
	longer.RunQueue.Count = 20
	for name, test := range map[string]struct {
		samples []sense.Sample
		want    classify.Cause
	}{
		"a burst":            {[]sense.Sample{burst}, classify.Healthy},
		"two of them":        {[]sense.Sample{burst, quiet(), burst}, classify.Healthy},
		"hogs":               {[]sense.Sample{hogs}, classify.Hogs},
		"late twice in line": {[]sense.Sample{again, again}, classify.Healthy},
		"late for longer":    {[]sense.Sample{longer, longer}, classify.Healthy},
		"late again":         {[]sense.Sample{longer, longer, longer, longer}, classify.Overload},
	} {
		if v := after(t, serving(), test.samples); v.Cause != test.want {
			t.Errorf("%s: %+v, want %v", name, v, test.want)
		}
	}
}

// The runtime counts one lock wait in eight, eightfold: a single long wait is no convoy.
func TestOneLockWaitIsNoConvoy(t *testing.T) {
	x := quiet()
	x.MutexWait = 8 * 800 * ms
	s := newSeries(t, classify.Config{})
	s.calm(time.Second)
	s.add(x)
	if at := s.calm(5 * time.Second); at >= 0 || s.verdict.Starving() {
		t.Errorf("one goroutine waited 800ms for a lock: alarm after %v: %+v", at, s.verdict)
	}
}

func waited() sense.Sample {
	x := quiet()
	x.RunQueue = sense.Delay{Count: 2, P50: 30 * ms, P99: 30 * ms, Max: 30 * ms}
	return x
}

// A deep queue that is gone at the next look, as after a broadcast to many goroutines, is none.
func TestBurstIsNoOverload(t *testing.T) {
	s := newSeries(t, classify.Config{})
	at := s.feed(5*time.Second, func(i int) sense.Sample {
		x := quiet()
		if i%3 == 0 {
			x.Runnable = 500
		}
		return x
	})
	if at >= 0 {
		t.Errorf("alarm after %v: %+v", at, s.verdict)
	}
}

// Findings that alternate between two causes do not make the verdict flap.
func TestNoFlapping(t *testing.T) {
	s := newSeries(t, classify.Config{})
	s.calm(time.Second)
	changes, before := 0, classify.Healthy
	for i := 0; i < 1000; i++ {
		x := hogged(4)
		if i%2 == 0 {
			x = contended()
		}
		if v := s.add(x); v.Cause != before {
			changes, before = changes+1, v.Cause
		}
	}
	if changes > 2 {
		t.Errorf("the verdict changed %d times under alternating signals", changes)
	}
}

// The verdict outlives gaps shorter than Calm and none longer.
func TestCalm(t *testing.T) {
	s := newSeries(t, classify.Config{Calm: 200 * ms})
	s.feed(500*ms, always(hogged(4)))
	s.calm(150 * ms)
	if !s.verdict.Starving() {
		t.Error("healthy 150ms after the last sign, with 200ms of calm wanted")
	}
	s.calm(100 * ms)
	if s.verdict.Starving() {
		t.Errorf("starving 250ms after the last sign, with 200ms of calm wanted: %+v", s.verdict)
	}
}

// Before Go 1.26 nobody says how many goroutines are runnable.
func TestWithoutRunnable(t *testing.T) {
	tests := []struct {
		x    sense.Sample
		want classify.Cause
	}{{quiet(), classify.Healthy}, {hogged(1), classify.Hogs}, {convoyed(), classify.LockConvoy}, {slack(), classify.LateTimers}, {contended(), classify.Contended}}
	late := overloaded()
	late.RunQueue = sense.Delay{Count: 3, P50: 130 * ms, P99: 130 * ms, Max: 130 * ms}
	tests = append(tests, struct {
		x    sense.Sample
		want classify.Cause
	}{late, classify.Overload})
	for _, test := range tests {
		x := test.x
		x.Runnable, x.Running, x.NotInGo, x.Poll, x.Pressure = sense.Unknown, sense.Unknown, sense.Unknown, sense.Unknown, max(x.Pressure, 0)
		s := newSeries(t, classify.Config{})
		s.feed(time.Second, always(x))
		if s.verdict.Cause != test.want {
			t.Errorf("verdict is %v (%s), want %v", s.verdict.Cause, s.verdict.Evidence, test.want)
		}
	}
}

// Before Go 1.26 nobody says how many threads are blocked, only how many there are.
func TestThreadsGrow(t *testing.T) {
	s := newSeries(t, classify.Config{})
	s.feed(400*ms, func(i int) sense.Sample {
		x := quiet()
		x.NotInGo, x.Threads = sense.Unknown, 8+5*i
		return x
	})
	if s.verdict.Cause != classify.Blocked {
		t.Errorf("verdict is %v (%s), want %v", s.verdict.Cause, s.verdict.Evidence, classify.Blocked)
	}
}

// With half a CPU and two processors, one goroutine that computes leaves one free: whatever makes a timer late then is no hog.
func TestQuotaIsNoProcessor(t *testing.T) {
	s := newSeries(t, classify.Config{})
	s.feed(time.Second, func(i int) sense.Sample {
		x := slack()
		x.CPUs, x.Busy = 0.5, 1
		return x
	})
	if s.verdict.Cause == classify.Hogs {
		t.Errorf("verdict is %v (%s)", s.verdict.Cause, s.verdict.Evidence)
	}
}

// A process that stands still looks as if hogs held it, until the counters of its group are read after the sample.
func TestThrottledExplainsHogs(t *testing.T) {
	s := newSeries(t, classify.Config{})
	s.calm(time.Second)
	x := hogged(4)
	x.CPUs, x.Overshoot, x.Interval = 0.5, 75*ms, 100*ms
	s.add(x)
	y := quiet()
	y.CPUs, y.Around, y.Throttled = 0.5, 50*ms, sense.Throttle{Periods: 1, Throttled: 1, Time: 150 * ms, Period: 100 * ms}
	if v := s.add(y); v.Cause != classify.Throttled {
		t.Errorf("verdict is %v (%s), want %v", v.Cause, v.Evidence, classify.Throttled)
	}
}

// Nothing that is unknown raises an alarm.
func TestAllUnknown(t *testing.T) {
	s := newSeries(t, classify.Config{})
	at := s.feed(2*time.Second, func(int) sense.Sample {
		return sense.Sample{Interval: interval, Due: interval, Poll: sense.Unknown, Runnable: sense.Unknown, Running: sense.Unknown, NotInGo: sense.Unknown,
			Threads: sense.Unknown, Procs: 2, Cores: 2, CPUs: 2, Busy: math.NaN(), MutexWait: sense.Unknown, Pressure: sense.Unknown, Around: interval,
			Throttled: sense.Throttle{Periods: sense.Unknown}}
	})
	if at >= 0 || s.verdict.Delay != 0 {
		t.Errorf("alarm after %v: %+v", at, s.verdict)
	}
}

func TestObserveDoesNotAllocate(t *testing.T) {
	s := newSeries(t, classify.Config{})
	for name, x := range map[string]sense.Sample{"healthy": quiet(), "starving": hogged(4)} {
		s.feed(2*time.Second, always(x))
		if n := testing.AllocsPerRun(1000, func() { s.add(x) }); n != 0 {
			t.Errorf("%s: %v allocations a sample, want none", name, n)
		}
	}
}

func TestConfig(t *testing.T) {
	wrong := map[string]classify.Config{
		"Limit":   {Limit: time.Microsecond},
		"Window":  {Limit: time.Second, Window: 500 * ms},
		"Calm":    {Calm: -1},
		"Waiters": {Waiters: -1},
		"Threads": {Threads: -1},
		"Assist":  {Assist: 1.5},
	}
	for field, c := range wrong {
		if _, err := classify.New(c); err == nil || !strings.Contains(err.Error(), field) {
			t.Errorf("%s wrong: error is %v, want one that names it", field, err)
		}
	}
	for _, c := range []classify.Config{{Waiters: math.NaN()}, {Waiters: math.Inf(1)}, {Assist: math.NaN()}, {Window: time.Minute}, {Limit: time.Minute}} {
		if _, err := classify.New(c); err == nil {
			t.Errorf("%+v: no error", c)
		}
	}
	if _, err := classify.New(classify.Config{Limit: time.Second}); err != nil {
		t.Errorf("a longer limit alone: %v", err)
	}
}

func TestCauseString(t *testing.T) {
	seen := map[string]bool{}
	for c := classify.Healthy; c <= classify.Contended; c++ {
		if name := c.String(); name == "unknown" || seen[name] {
			t.Errorf("cause %d is called %q", c, name)
		}
		seen[c.String()] = true
	}
	if got := classify.Cause(200).String(); got != "unknown" {
		t.Errorf("cause 200 is called %q", got)
	}
}
