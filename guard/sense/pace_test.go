package sense

import (
	"math"
	"testing"
	"time"
)

func TestPace(t *testing.T) {
	const ms = time.Millisecond
	idle := Sample{Busy: 0.01, CPUs: 2, Procs: 4, Runnable: 0}
	little, much, late, deep, unknown := idle, idle, idle, idle, idle
	little.Busy, much.Busy, unknown.Busy = 0.3, 0.6, math.NaN()
	late.Stale, deep.Runnable = 3*ms, 5
	p := pace{shortest: 5 * ms}
	now := time.Unix(0, 0)
	for i, test := range []struct {
		after time.Duration
		s     Sample
		want  time.Duration
	}{
		{0, idle, 10 * ms},
		{900 * ms, idle, 10 * ms},
		{200 * ms, idle, 20 * ms},
		{20 * ms, little, 10 * ms},
		{20 * ms, idle, 10 * ms},
		{2 * time.Second, idle, 20 * ms},
		{20 * ms, much, 5 * ms},
		{5 * ms, idle, 10 * ms},
		{2 * time.Second, late, 5 * ms},
		{5 * ms, deep, 5 * ms},
		{5 * ms, idle, 20 * ms},
		{5 * ms, unknown, 5 * ms},
	} {
		now = now.Add(test.after)
		test.s.At = now
		if got := p.next(&test.s); got != test.want {
			t.Errorf("step %d: next sample in %v, want %v", i, got, test.want)
		}
	}
	p.steady = true
	if got := p.next(&idle); got != 5*ms {
		t.Errorf("steady: next sample in %v, want 5ms", got)
	}
}
