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
		{busy, false, 5 * ms},
		{stale, false, 5 * ms},
		{deep, false, 5 * ms},
		{waited, false, 5 * ms},
		{unknown, false, 5 * ms},
	} {
		if got := (pace{5 * ms, test.steady}).next(&test.s); got != test.want {
			t.Errorf("case %d: next sample in %v, want %v", i, got, test.want)
		}
	}
}
