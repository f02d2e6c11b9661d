package watch

import (
	"testing"
	"time"
)

const ms = time.Millisecond

// look is one step of a judge and what it must say.
type look struct {
	at, late time.Duration
	beats    uint64
	want     verdict
}

func TestJudge(t *testing.T) {
	for name, c := range map[string]struct {
		abort time.Duration
		looks []look
	}{
		"beats":                      {0, []look{{10 * ms, 0, 1, fine}, {20 * ms, 0, 2, fine}, {100 * ms, 0, 3, fine}}},
		"silence":                    {0, []look{{10 * ms, 0, 1, fine}, {39 * ms, 0, 1, fine}, {40 * ms, 0, 1, suspect}, {50 * ms, 0, 1, fine}, {70 * ms, 0, 1, silent}, {900 * ms, 0, 1, fine}, {910 * ms, 0, 2, over}, {920 * ms, 0, 3, fine}}},
		"own delay":                  {0, []look{{10 * ms, 0, 1, fine}, {500 * ms, 480 * ms, 1, fine}, {510 * ms, 0, 1, fine}, {530 * ms, 0, 1, suspect}, {560 * ms, 0, 1, silent}}},
		"small own delays":           {0, []look{{10 * ms, 0, 1, fine}, {50 * ms, 20 * ms, 1, fine}, {60 * ms, 0, 1, suspect}, {80 * ms, 0, 1, fine}, {90 * ms, 0, 1, silent}}},
		"beat after own delay":       {0, []look{{10 * ms, 0, 1, fine}, {500 * ms, 480 * ms, 2, fine}, {510 * ms, 0, 2, fine}}},
		"abort":                      {200 * ms, []look{{40 * ms, 0, 0, suspect}, {70 * ms, 0, 0, silent}, {190 * ms, 0, 0, fine}, {200 * ms, 0, 0, abort}, {300 * ms, 0, 0, fine}, {1200 * ms, 0, 0, kill}}},
		"own delay puts off the end": {200 * ms, []look{{50 * ms, 0, 0, suspect}, {70 * ms, 0, 0, silent}, {500 * ms, 400 * ms, 0, fine}, {600 * ms, 0, 0, fine}, {700 * ms, 0, 0, abort}}},
	} {
		j := judge{limit: 60 * ms, abort: c.abort, kill: time.Second}
		for i, l := range c.looks {
			if got := j.step(l.at, l.beats, l.late); got != l.want {
				t.Errorf("%s: look %d at %v says %d, expected %d", name, i, l.at, got, l.want)
			}
		}
	}
}

func TestWithdrawnSilenceBeginsAnew(t *testing.T) {
	j := judge{limit: 60 * ms}
	for _, l := range []look{{30 * ms, 0, 0, suspect}, {60 * ms, 0, 0, silent}} {
		if got := j.step(l.at, l.beats, l.late); got != l.want {
			t.Fatalf("at %v: %d, expected %d", l.at, got, l.want)
		}
	}
	j.withdraw(60 * ms)
	for _, l := range []look{{70 * ms, 0, 0, fine}, {90 * ms, 0, 0, suspect}, {110 * ms, 0, 1, fine}} {
		if got := j.step(l.at, l.beats, l.late); got != l.want {
			t.Errorf("at %v: %d, expected %d", l.at, got, l.want)
		}
	}
}

func TestJudgement(t *testing.T) {
	for want, c := range map[Judgement]struct {
		threads   []Thread
		throttled time.Duration
	}{
		Captured:  {[]Thread{{State: "R", CPU: 28 * ms}, {State: "S"}}, 0},
		Contended: {[]Thread{{State: "R", CPU: 1 * ms}}, 0},
		Throttled: {[]Thread{{State: "R", CPU: 20 * ms}}, 20 * ms},
		Blocked:   {[]Thread{{State: "S"}, {State: "D"}}, 0},
	} {
		if got := judgement(c.threads, 30*ms, c.throttled); got != want {
			t.Errorf("%v: %s, expected %s", c, got, want)
		}
	}
}
