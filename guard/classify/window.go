package classify

import (
	"math"
	"time"

	"github.com/mote-go/mote/guard/sense"
)

// entry is one sample in the window and what follows from it and those before.
type entry struct {
	sense.Sample
	wait      time.Duration // that the last in the run queue has before it, an estimate
	slice     time.Duration // that each one takes, an estimate
	saturated bool          // more goroutines wanted to run than there are processors
	deep      bool          // waits in the run queue, estimated or measured, reach the limit
	late      time.Duration // how late the probe's timer was, if that reaches the limit
	stood     bool          // the machine stood still meanwhile
	withheld  time.Duration // for how long it withheld processors
}

// window holds the latest samples, oldest first, as a ring that never grows: with intervals shorter than a 256th of the configured
// length it covers less.
type window struct {
	ring  [256]entry
	first int
	count int
}

// add puts s at the end and drops what ended more than length before it.
func (w *window) add(s sense.Sample, length time.Duration) {
	if w.count == len(w.ring) {
		w.drop()
	}
	w.ring[(w.first+w.count)%len(w.ring)] = entry{Sample: s}
	w.count++
	for w.count > 1 && s.At.Sub(w.at(0).At) > length {
		w.drop()
	}
}

func (w *window) drop() { w.first, w.count = (w.first+1)%len(w.ring), w.count-1 }

// at returns the i-th sample, 0 being the oldest.
func (w *window) at(i int) *entry { return &w.ring[(w.first+i)%len(w.ring)] }

// last returns the latest sample.
func (w *window) last() *entry { return w.at(w.count - 1) }

// before returns the one before that, or the latest if it is the only one.
func (w *window) before() *entry { return w.at(max(0, w.count-2)) }

// sums are totals over some of the latest samples.
type sums struct {
	time      time.Duration // that the samples cover
	cpu       time.Duration // that the process used
	runs      uint64        // measured transitions from runnable to running
	throttled int           // periods in which the quota ran out
	periods   int
	throttle  time.Duration // time in which the group stood still
	period    time.Duration
	around    time.Duration // that pressure covers
	pressure  time.Duration
	threads   int           // fewest threads
	notInGo   int           // fewest goroutines in system calls, or Unknown
	withheld  time.Duration // for how long the machine withheld processors
	saturated int           // samples with more to run than processors
	deep      int           // samples in which waits in the run queue reach the limit
	late      time.Duration // that timers were late by, where that reaches the limit
	lates     int           // how many were
	wait      time.Duration // least estimate of the run queue's wait
	samples   int
}

// sum adds up the samples that ended within length before the latest one, and at least three of them.
func (w *window) sum(length time.Duration) sums {
	t := sums{notInGo: math.MaxInt, threads: math.MaxInt, wait: math.MaxInt64}
	end := w.last().At
	for i := w.count - 1; i >= 0; i-- {
		e := w.at(i)
		if t.samples >= 3 && end.Sub(e.At) > length {
			break
		}
		t.add(e)
	}
	return t
}

func (t *sums) add(e *entry) {
	t.samples++
	t.time += e.Interval
	t.cpu += used(e)
	t.runs += e.RunQueue.Count
	t.throttled += max(0, e.Throttled.Throttled)
	t.periods += max(0, e.Throttled.Periods)
	t.throttle += max(0, e.Throttled.Time)
	t.period = max(t.period, e.Throttled.Period)
	if e.Pressure != sense.Unknown {
		t.around += e.Around
		t.pressure += e.Pressure
	}
	t.threads = min(t.threads, e.Threads)
	t.notInGo = min(t.notInGo, e.NotInGo)
	t.wait = min(t.wait, e.wait)
	t.withheld += e.withheld
	if t.late += e.late; e.late > 0 {
		t.lates++
	}
	if e.saturated {
		t.saturated++
	}
	if e.deep {
		t.deep++
	}
}

// charged is the processor time that was charged to the process in the interval of e, 0 if unknown.
func charged(e *entry) time.Duration {
	if math.IsNaN(e.Busy) {
		return 0
	}
	return time.Duration(e.Busy * float64(e.Interval))
}

// used is what of it the process can have used.
func used(e *entry) time.Duration {
	if e.stood {
		return e.Ticked
	}
	return charged(e)
}

// usable is the number of processors that the process could use at the same time; a quota below that limits for how long, not how many.
func usable(e *entry) float64 {
	if e.Cores == 0 {
		return math.Min(e.CPUs, float64(e.Procs)) // not told
	}
	return float64(min(e.Cores, e.Procs))
}

// share is part of whole, 0 of nothing.
func share(part, whole time.Duration) float64 {
	if whole <= 0 {
		return 0
	}
	return float64(part) / float64(whole)
}
