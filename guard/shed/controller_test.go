package shed

import (
	"fmt"
	"math"
	"testing"
	"testing/quick"
	"time"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/sense"
)

// The delay settles near the target, whatever is offered, and the processors stay busy.
func TestConvergesToTheTarget(t *testing.T) {
	for _, load := range []float64{1.1, 1.25, 2, 4} {
		for _, count := range []bool{true, false} {
			t.Run(fmt.Sprintf("load %v, runnable known %v", load, count), func(t *testing.T) {
				q := newQueue(t, Config{})
				q.count = count
				q.run(load, 2*time.Second)
				whole := q.quantile(0.99)
				q.forget()
				q.run(load, 4*time.Second)
				t.Logf("p50 %v p99 %v, from the start %v; served %d", q.quantile(0.5), q.quantile(0.99), whole, q.served)
				if p50 := q.quantile(0.5); p50 > 20*time.Millisecond {
					t.Errorf("half of the requests waited %v or longer, with a target of 10ms", p50)
				}
				if p99 := q.quantile(0.99); p99 > 40*time.Millisecond || whole > 100*time.Millisecond {
					t.Errorf("one request in a hundred waited %v or longer, and in the first two seconds %v", p99, whole)
				}
				refused := float64(q.turned[Normal.class()]) * toRefuse.Seconds()
				if room := (8 - refused) / toServe.Seconds(); float64(q.served) < 0.9*room {
					t.Errorf("%d requests were served in 4s; there was time for %.0f", q.served, room)
				}
			})
		}
	}
}

func TestShedsNothingWithoutDelay(t *testing.T) {
	q := newQueue(t, Config{})
	q.run(0.8, 20*time.Second)
	if n := q.turned[Normal.class()]; n != 0 {
		t.Errorf("%d of %d requests were turned away at 80%% load", n, q.asked[Normal.class()])
	}
}

func TestBearsABurst(t *testing.T) {
	q := newQueue(t, Config{})
	q.run(0.5, time.Second)
	q.burst(40) // twenty milliseconds of work
	q.run(0.5, time.Second)
	if n := q.turned[Normal.class()]; n != 0 {
		t.Errorf("%d requests were turned away for a burst within the allowance", n)
	}
}

func TestALongDelayEndsTheBurst(t *testing.T) {
	q := newQueue(t, Config{Burst: time.Hour})
	q.run(0.5, time.Second)
	q.burst(200)
	q.run(2, time.Second)
	if q.turned[Normal.class()] == 0 {
		t.Error("nothing was turned away at a delay of ten times the target")
	}
}

func TestRecoversAfterLoad(t *testing.T) {
	for _, load := range []float64{1.25, 4} {
		q := newQueue(t, Config{})
		q.run(load, 5*time.Second)
		if q.c.Stats().Share == 0 {
			t.Fatalf("nothing is shed at a load of %v", load)
		}
		q.run(0.5, 2*time.Second)
		q.forget()
		q.run(0.5, 2*time.Second)
		if n := q.turned[Normal.class()]; n != 0 {
			t.Errorf("%d requests were turned away two seconds after a load of %v had ended", n, load)
		}
	}
}

func TestLowerPrioritiesGoFirst(t *testing.T) {
	q := newQueue(t, Config{})
	q.priority = func() Priority {
		return []Priority{Background, Sheddable, Sheddable, Normal, Normal, Normal, Normal, Normal, Normal, Critical}[q.random.IntN(10)]
	}
	q.run(1.25, 10*time.Second) // a fifth has to go: Background and half of Sheddable
	share := func(p Priority) float64 { return float64(q.turned[p.class()]) / float64(q.asked[p.class()]) }
	if share(Background) < 0.8 || share(Sheddable) < 0.3 || share(Normal) > 0.05 || share(Critical) > 0.01 {
		t.Errorf("turned away: %.2f of background, %.2f of sheddable, %.2f of normal, %.2f of critical", share(Background), share(Sheddable), share(Normal), share(Critical))
	}
	q.forget()
	q.run(4, 10*time.Second)
	if share(Normal) < 0.5 || share(Critical) > 0.2 {
		t.Errorf("at four times the load, turned away: %.2f of normal, %.2f of critical", share(Normal), share(Critical))
	}
}

// The sampler is kept waiting now and then, for much longer than its interval.
func TestSurvivesGapsBetweenSamples(t *testing.T) {
	q := newQueue(t, Config{})
	for range 20 {
		q.run(1.5, 500*time.Millisecond)
		q.sample += 300 * time.Millisecond
	}
	q.forget()
	q.run(1.5, 5*time.Second)
	if p50 := q.quantile(0.5); p50 > 20*time.Millisecond {
		t.Errorf("half of the requests waited %v or longer after gaps", p50)
	}
	q.run(0.5, 3*time.Second)
	if share := q.c.Stats().Share; share != 0 {
		t.Errorf("a share of %v is still shed long after", share)
	}
}

// Whatever a sampler says, probabilities stay probabilities and in order (ordered checks it).
func TestProbabilitiesHold(t *testing.T) {
	q := newQueue(t, Config{})
	property := func(interval, overshoot, runQueue int64, runnable int, priorities []int8) bool {
		for _, p := range priorities {
			q.c.Admit(Priority(p))
		}
		q.c.Observe(sense.Sample{
			Interval: time.Duration(interval), Overshoot: time.Duration(overshoot), RunQueue: sense.Delay{P99: time.Duration(runQueue)}, Runnable: runnable,
		}, classify.Verdict{})
		q.ordered()
		share := q.c.Stats().Share
		return !math.IsNaN(share) && share >= 0 && share <= q.c.config.MaxDrop
	}
	if err := quick.Check(property, &quick.Config{MaxCount: 500}); err != nil {
		t.Error(err)
	}
}

func TestGivesUpWhereItDoesNotHelp(t *testing.T) {
	for _, test := range []struct {
		cause  classify.Cause
		futile bool
	}{{classify.Hogs, true}, {classify.Captured, true}, {classify.Overload, false}, {classify.Throttled, false}, {classify.Healthy, false}} {
		q := newQueue(t, Config{})
		observe := func(times int) {
			for range times {
				q.c.Observe(sense.Sample{Interval: 10 * time.Millisecond, Overshoot: 100 * time.Millisecond, Runnable: sense.Unknown}, classify.Verdict{Cause: test.cause})
			}
		}
		observe(40)
		if share := q.c.Stats().Share; share < 0.9 {
			t.Errorf("%v: after 400 ms of long delay a share of %v is shed", test.cause, share)
		}
		for _, then := range []struct {
			times  int
			futile bool
			what   string
		}{
			{110, test.futile, "after a second and a half that changed nothing"},
			{430, false, "in the second trial"},
			{600, test.futile, "twice as long after the second trial"},
		} {
			observe(then.times)
			if stats := q.c.Stats(); stats.Futile != then.futile || (stats.Priority[Normal.class()].Drop == 0) != then.futile {
				t.Errorf("%v, %s: %+v", test.cause, then.what, stats)
			}
		}
		q.c.Observe(sense.Sample{Interval: 10 * time.Millisecond, Overshoot: 100 * time.Millisecond, Runnable: sense.Unknown}, classify.Verdict{Cause: classify.Overload})
		if stats := q.c.Stats(); stats.Futile {
			t.Errorf("%v, when the cause is overload: %+v", test.cause, stats)
		}
	}
}

// A sampler that is late itself cannot say so; requests see it by the age of its heartbeat.
func TestAnOldHeartbeatSheds(t *testing.T) {
	age := time.Duration(0)
	c, err := New(Config{Age: func() time.Duration { return age }, Stale: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		age  time.Duration
		want [classes]bool // some are turned away
	}{
		{50 * time.Millisecond, [classes]bool{}},
		{90 * time.Millisecond, [classes]bool{true, true, false, false}},
		{190 * time.Millisecond, [classes]bool{true, true, true, false}},
		{time.Second, [classes]bool{true, true, true, true}},
	} {
		age = test.age
		for class, want := range test.want {
			turned := 0
			for range 1000 {
				if !c.Admit(Background + Priority(class)) {
					turned++
				}
			}
			if turned > 0 != want {
				t.Errorf("at an age of %v, %d of 1000 requests of priority %v were turned away", test.age, turned, Background+Priority(class))
			}
		}
		if !c.Admit(Exempt) {
			t.Error("an exempt request was turned away")
		}
	}
}

func TestCloseAdmitsEverything(t *testing.T) {
	q := newQueue(t, Config{})
	q.run(4, 2*time.Second)
	if err := q.c.Close(); err != nil {
		t.Fatal(err)
	}
	for range 1000 {
		if !q.c.Admit(Background) {
			t.Fatal("a request was turned away after Close")
		}
	}
}

func TestObserveAllocatesNothing(t *testing.T) {
	q := newQueue(t, Config{})
	s := sense.Sample{Interval: 5 * time.Millisecond, Runnable: 40, RunQueue: sense.Delay{Count: 3, P99: 30 * time.Millisecond}}
	if n := testing.AllocsPerRun(1000, func() { q.c.Admit(Normal); q.c.Observe(s, classify.Verdict{}) }); n != 0 {
		t.Errorf("Observe allocates %v times", n)
	}
}

func TestStatsCount(t *testing.T) {
	q := newQueue(t, Config{})
	q.run(2, 2*time.Second)
	normal := q.c.Stats().Priority[Normal.class()]
	if normal.Priority != Normal || int(normal.Rejected) != q.turned[Normal.class()] || int(normal.Admitted) != q.served {
		t.Errorf("Stats says %+v; %d were turned away and %d served", normal, q.turned[Normal.class()], q.served)
	}
}
