package sense

import (
	"math"
	"testing"
	"time"
)

func TestPace(t *testing.T) {
	const ms = time.Millisecond
	idle := Sample{Busy: 0.01, CPUs: 2, Procs: 4}
	busy, stale, deep, unknown, waited := idle, idle, idle, idle, idle
	busy.Busy, unknown.Busy = 0.3, math.NaN()
	stale.Stale, deep.Runnable, waited.RunQueue = 3*ms, 5, Delay{Count: 2, P50: 4 * ms}
	for i, test := range []struct {
		s      Sample
		steady bool
		want   time.Duration
	}{
		{idle, false, 10 * ms},
		{idle, true, 5 * ms},
		{busy, false, 10 * ms},
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

// A process that does nothing for some samples rests until it does something, something waits, or a request comes.
func TestPaceRests(t *testing.T) {
	const ms = time.Millisecond
	idle := Sample{Busy: 0.01, CPUs: 2, Procs: 4}
	busy, stale, unknown, late, held, calls, locks := idle, idle, idle, idle, idle, idle, idle
	busy.Busy, unknown.Busy, stale.Stale = 0.3, math.NaN(), 3*ms
	late.Overshoot, held.Running, calls.NotInGo, locks.MutexWait = 2*ms, 2, 8, 1
	rested := func(p *pace) int {
		for n := 1; n <= 2*idleSamples; n++ {
			if p.next(&idle) == 50*ms && p.resting() {
				return n
			}
		}
		return -1
	}
	p := &pace{shortest: 5 * ms, rest: 50 * ms}
	if n := rested(p); n != -1 {
		t.Errorf("rests after %d samples though no request will rouse it", n)
	}
	p.rouse()
	if n := rested(p); n != idleSamples {
		t.Errorf("rests after %d samples, want %d", n, idleSamples)
	}
	for i, s := range []*Sample{&busy, &stale, &unknown, &late, &held, &calls, &locks} {
		if d := p.next(s); d > 10*ms || p.resting() {
			t.Errorf("case %d does not end the rest: next sample in %v", i, d)
		}
		if n := rested(p); n != idleSamples {
			t.Errorf("case %d: rests after %d more samples, want %d", i, n, idleSamples)
		}
	}
	p.rouse()
	if d := p.next(&idle); d != 10*ms {
		t.Errorf("next sample %v after a request, want 10ms", d)
	}
	none := &pace{shortest: 5 * ms, rest: 1, roused: true}
	for range 2 * idleSamples {
		if d := none.next(&idle); d != 10*ms {
			t.Fatalf("without rest: next sample in %v", d)
		}
	}
}

// The first request after a rest has a sample taken long before it is due.
func TestRequestRouses(t *testing.T) {
	s, err := New(Config{Interval: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	samples := make(chan Sample)
	if err := s.Start(func(x Sample) { samples <- x }); err != nil {
		t.Fatal(err)
	}
	defer func() {
		go func() {
			for range samples {
			}
		}()
		s.Close()
	}()
	for tries := 0; tries < 10; tries++ { // a stopped machine may have let the second pass
		s.heart.rest()
		s.heart.Meet(time.Now())
		if x := <-samples; x.Interval < x.Due {
			return
		}
	}
	t.Error("ten requests, and no sample before it was due")
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
