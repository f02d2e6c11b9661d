package classify_test

import (
	"testing"
	"time"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/sense"
)

const (
	ms       = time.Millisecond
	interval = 5 * ms
)

// quiet is a sample of a process with two processors that is a third busy.
func quiet() sense.Sample {
	return sense.Sample{Interval: interval, Due: interval, Overshoot: 100 * time.Microsecond, Procs: 2, Cores: 2, CPUs: 2, Busy: 0.7, Running: 1, Threads: 8,
		RunQueue: sense.Delay{Count: 3, P50: 10 * time.Microsecond, P99: 20 * time.Microsecond, Max: 20 * time.Microsecond}}
}

// serving is a sample of such a process at 70% load by requests that compute for a millisecond: each gets two or three turns.
func serving() sense.Sample {
	x := quiet()
	x.Interval, x.Due, x.Busy, x.RunQueue.Count = 2*interval, 2*interval, 1.4, 5
	return x
}

// series feeds samples to a classifier, each ending its interval after the one before.
type series struct {
	t          *testing.T
	classifier *classify.Classifier
	now        time.Time
	start      time.Time
	verdict    classify.Verdict
}

func newSeries(t *testing.T, c classify.Config) *series {
	t.Helper()
	classifier, err := classify.New(c)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Unix(1_000_000, 0)
	return &series{t: t, classifier: classifier, now: now, start: now}
}

func (s *series) add(x sense.Sample) classify.Verdict {
	s.now = s.now.Add(x.Interval)
	x.At = s.now
	s.verdict = s.classifier.Observe(x)
	return s.verdict
}

// feed adds samples for about so long and returns after what time the verdict first was not healthy, or -1.
func (s *series) feed(length time.Duration, next func(i int) sense.Sample) time.Duration {
	begin, detected := s.now, time.Duration(-1)
	for i := 0; s.now.Sub(begin) < length; i++ {
		if s.add(next(i)).Starving() && detected < 0 {
			detected = s.now.Sub(begin)
		}
	}
	return detected
}

func (s *series) calm(length time.Duration) time.Duration {
	return s.feed(length, func(int) sense.Sample { return quiet() })
}

// The kinds of starvation, as samples look in each.

// hogged is what one endless loop per processor, or many, leave: the sampler gets a turn at the end of a slice.
func hogged(runnable int) sense.Sample {
	x := quiet()
	x.Overshoot, x.Interval = 13*ms, 18*ms
	x.Busy, x.Running, x.Runnable = 1.95, 2, runnable
	x.RunQueue = sense.Delay{}
	return x
}

func overloaded() sense.Sample {
	x := quiet()
	x.Overshoot, x.Interval = ms, 6*ms
	x.Busy, x.Running, x.Runnable = 1.95, 2, 380
	x.RunQueue = sense.Delay{Count: 2}
	return x
}

func throttledAt(i int) sense.Sample {
	x := quiet()
	x.CPUs = 0.5
	if i%10 == 9 {
		x.Overshoot, x.Interval, x.Around = 50*ms, 55*ms, 100*ms
		x.Throttled = sense.Throttle{Periods: 1, Throttled: 1, Time: 60 * ms, Period: 100 * ms}
	}
	return x
}

func convoyed() sense.Sample {
	x := quiet()
	x.MutexWait = 12 * interval
	return x
}

func stoppedFor(total, stopping time.Duration) sense.Sample {
	x := quiet()
	x.Overshoot, x.Interval = total, interval+total
	x.StopGC, x.Stopping = sense.Delay{Count: 1, Max: total}, sense.Delay{Count: 1, Max: stopping}
	return x
}

func assistedAt(i int) sense.Sample {
	x := hogged(14)
	if i%8 == 7 {
		x.Cycle, x.GCAssist, x.GC = 8*x.Interval, 0.9, 1.5
	}
	return x
}

func blocked() sense.Sample {
	x := quiet()
	x.NotInGo, x.Busy = 200, 0.01
	return x
}

func parked() sense.Sample {
	x := hogged(1)
	x.Busy = 0.01
	return x
}

func slack() sense.Sample {
	x := quiet()
	x.Overshoot, x.Interval, x.Busy = 30*ms, 35*ms, 0.01
	return x
}

func polledLate() sense.Sample {
	x := quiet()
	x.Overshoot, x.Interval, x.Poll = ms, 6*ms, 60*ms
	x.Busy, x.Running, x.Runnable = 1.95, 2, 3
	return x
}

func captured() sense.Sample {
	x := quiet()
	x.Overshoot, x.Interval, x.Busy = 300*ms, 305*ms, 1.98
	return x
}

func contended() sense.Sample {
	x := quiet()
	x.Overshoot, x.Interval, x.Busy = 15*ms, 20*ms, 0.4
	x.Around, x.Pressure = 20*ms, 18*ms
	return x
}

// after is the verdict on samples that come after a second of the usual ones.
func after(t *testing.T, usual sense.Sample, samples []sense.Sample) classify.Verdict {
	t.Helper()
	s := newSeries(t, classify.Config{})
	s.feed(time.Second, always(usual))
	for _, x := range samples {
		s.add(x)
	}
	return s.verdict
}
