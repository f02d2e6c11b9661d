package classify_test

import (
	"math/rand"
	"testing"
	"time"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/sense"
)

// worsening makes a sample worse in one signal.
type worsening struct {
	name  string
	spoil func(*sense.Sample, *rand.Rand)
}

// worse are ways to make a sample worse in one signal alone.
func worse() []worsening {
	longer := func(r *rand.Rand) time.Duration { return time.Duration(r.ExpFloat64() * float64(20*ms)) }
	return []worsening{
		{"overshoot", func(x *sense.Sample, r *rand.Rand) { x.Overshoot += longer(r) }},
		{"stale", func(x *sense.Sample, r *rand.Rand) { x.Stale += longer(r) }},
		{"poll", func(x *sense.Sample, r *rand.Rand) { x.Poll += longer(r) }},
		{"run queue", func(x *sense.Sample, r *rand.Rand) {
			x.RunQueue.P50 += longer(r)
			x.RunQueue.Max = max(x.RunQueue.Max, x.RunQueue.P50)
		}},
		{"runnable", func(x *sense.Sample, r *rand.Rand) { x.Runnable += r.Intn(300) }},
		{"mutex", func(x *sense.Sample, r *rand.Rand) { x.MutexWait += 5 * longer(r) }},
		{"stop", func(x *sense.Sample, r *rand.Rand) { x.StopGC.Count++; x.StopGC.Max += longer(r) }},
		{"other stop", func(x *sense.Sample, r *rand.Rand) { x.StopOther.Count++; x.StopOther.Max += longer(r) }},
		{"stopping", func(x *sense.Sample, r *rand.Rand) { x.Stopping.Max += longer(r) }},
		{"not in Go", func(x *sense.Sample, r *rand.Rand) { x.NotInGo += r.Intn(200) }},
		{"throttled", func(x *sense.Sample, r *rand.Rand) {
			x.Throttled.Throttled++
			x.Throttled.Time += longer(r) * time.Duration(1+x.Throttled.Throttled)
		}},
		{"assist", func(x *sense.Sample, r *rand.Rand) { x.GCAssist += r.Float64() }},
		{"system wait", func(x *sense.Sample, r *rand.Rand) { x.Around += interval; x.Pressure += interval }},
	}
}

// random is a sample that is mostly quiet, with each of its signals sometimes bad.
func random(r *rand.Rand) sense.Sample {
	x := quiet()
	for _, w := range worse() {
		if r.Intn(60) == 0 {
			w.spoil(&x, r)
		}
	}
	if r.Intn(10) == 0 {
		x.Cycle = time.Duration(r.Intn(200)) * ms
	}
	x.Busy, x.Running = 2*r.Float64(), 1+r.Intn(2)
	x.Interval += x.Overshoot
	return x
}

// A worse signal never makes the verdict healthier: wherever the one series starves, so does the other, in which every sample is the same or worse
// in one signal.
func TestMonotonic(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for _, way := range worse() {
		starved := 0
		for run := 0; run < 10; run++ {
			base, bad := newSeries(t, classify.Config{}), newSeries(t, classify.Config{})
			for i := 0; i < 300; i++ {
				x := random(r)
				y := x
				if r.Intn(3) == 0 {
					way.spoil(&y, r)
				}
				v, w := base.add(x), bad.add(y)
				if v.Starving() {
					starved++
				}
				if v.Starving() && !w.Starving() {
					t.Fatalf("%s, run %d: sample %d is %v (%s), and with worse samples healthy", way.name, run, i, v.Cause, v.Evidence)
				}
			}
		}
		if starved == 0 {
			t.Errorf("%s: no series starved at all", way.name)
		}
	}
}

// The same samples give the same verdicts.
func TestDeterministic(t *testing.T) {
	r := rand.New(rand.NewSource(2))
	a, b := newSeries(t, classify.Config{}), newSeries(t, classify.Config{})
	for i := 0; i < 2000; i++ {
		x := random(r)
		if v, w := a.add(x), b.add(x); v != w {
			t.Fatalf("sample %d: %+v and %+v", i, v, w)
		}
	}
}
