package sense

import (
	"math"
	"testing"
	"time"
)

func TestPace(t *testing.T) {
	const ms = time.Millisecond
	idle := Sample{Busy: 0.01, CPUs: 2, Procs: 4}
	light, busy, stale, deep, unknown, waited := idle, idle, idle, idle, idle, idle
	light.Busy, busy.Busy, unknown.Busy = 0.9, 1.0, math.NaN()
	stale.Stale, deep.Runnable, waited.RunQueue = 3*ms, 5, Delay{Count: 2, P50: 4 * ms}
	for i, test := range []struct {
		s      Sample
		steady bool
		want   time.Duration
	}{
		{idle, false, 10 * ms},
		{idle, true, 5 * ms},
		{light, false, 10 * ms},
		{busy, false, 5 * ms},
		{stale, false, 5 * ms},
		{deep, false, 5 * ms},
		{waited, false, 5 * ms},
		{unknown, false, 10 * ms},
	} {
		if got := (&pace{shortest: 5 * ms, rest: 50 * ms, steady: test.steady}).next(&test.s); got != test.want {
			t.Errorf("case %d: next sample in %v, want %v", i, got, test.want)
		}
	}
}

// A service that leaves processors free for some samples rests until it does not, or something waits.
func TestPaceRests(t *testing.T) {
	const ms = time.Millisecond
	light := Sample{Interval: 10 * ms, Busy: 0.7, CPUs: 2, Procs: 4, Running: 3, MutexWait: 9 * ms, Overshoot: 4 * ms}
	busy, stale, unknown, late, held, calls, locks := light, light, light, light, light, light, light
	busy.Busy, unknown.Busy, stale.Stale = 1.2, math.NaN(), 3*ms
	late.Overshoot, calls.NotInGo, locks.MutexWait = 5*ms, 8, 10*ms
	held.Running, held.Busy = 4, 0.01
	rested := func(p *pace) int {
		for n := 1; n <= 2*quietSamples; n++ {
			if p.next(&light) == 50*ms && p.resting() {
				return n
			}
		}
		return -1
	}
	p := &pace{shortest: 5 * ms, rest: 50 * ms}
	if n := rested(p); n != -1 {
		t.Errorf("rests after %d samples though no request looks for it", n)
	}
	p = &pace{shortest: 5 * ms, rest: 50 * ms, service: true}
	if n := rested(p); n != quietSamples {
		t.Errorf("rests after %d samples, want %d", n, quietSamples)
	}
	for i, s := range []*Sample{&busy, &stale, &unknown, &late, &held, &calls, &locks} {
		if d := p.next(s); d > 10*ms || p.resting() {
			t.Errorf("case %d does not end the rest: next sample in %v", i, d)
		}
		if n := rested(p); n != quietSamples {
			t.Errorf("case %d: rests after %d more samples, want %d", i, n, quietSamples)
		}
	}
	for what, p := range map[string]*pace{"without an alarm": {shortest: 5 * ms, service: true}, "without requests": {shortest: 5 * ms, rest: 50 * ms}} {
		for n := 1; n <= 2*quietSamples; n++ {
			want := 10 * ms
			if n >= quietSamples {
				want = 20 * ms
			}
			if d := p.next(&light); d != want {
				t.Errorf("%s: next sample in %v after %d, want %v", what, d, n, want)
			}
		}
	}
}

func TestActive(t *testing.T) {
	for i, test := range []struct {
		busy float64
		want bool
	}{{0.3, false}, {1.2, true}, {math.NaN(), true}} {
		if got := active(&Sample{Busy: test.busy, CPUs: 2, Procs: 4}); got != test.want {
			t.Errorf("case %d: active is %v, want %v", i, got, test.want)
		}
	}
}
