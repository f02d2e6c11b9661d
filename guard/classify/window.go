package classify

import (
	"math"
	"time"

	"github.com/mote-go/mote/guard/sense"
)

// window holds the latest samples, oldest first, as a ring that never grows.
type window struct {
	ring  [512]sense.Sample
	first int
	count int
}

// add puts s at the end and drops what ended more than length before it.
func (w *window) add(s sense.Sample, length time.Duration) {
	if w.count == len(w.ring) {
		w.drop()
	}
	w.ring[(w.first+w.count)%len(w.ring)] = s
	w.count++
	for w.count > 1 && s.At.Sub(w.at(0).At) > length {
		w.drop()
	}
}

func (w *window) drop() { w.first, w.count = (w.first+1)%len(w.ring), w.count-1 }

// at returns the i-th sample, 0 being the oldest.
func (w *window) at(i int) *sense.Sample { return &w.ring[(w.first+i)%len(w.ring)] }

// last returns the latest sample.
func (w *window) last() *sense.Sample { return w.at(w.count - 1) }

// sums are totals over some of the latest samples.
type sums struct {
	time      time.Duration
	cpu       time.Duration // that the process used
	runs      uint64        // measured transitions from runnable to running
	wait      time.Duration // of those, summed
	mutex     time.Duration
	stopped   time.Duration // longest stop of the world
	stops     time.Duration // all of them
	throttled int
	periods   int
	throttle  time.Duration
	period    time.Duration
	around    time.Duration
	pressure  time.Duration
	least     int // fewest goroutines in system calls, or Unknown
	samples   int
}

// sum adds up the samples that ended within length before the latest one.
func (w *window) sum(length time.Duration) sums {
	t := sums{least: math.MaxInt}
	end := w.last().At
	for i := w.count - 1; i >= 0; i-- {
		s := w.at(i)
		if end.Sub(s.At) > length && i < w.count-1 {
			break
		}
		t.add(s)
	}
	return t
}

func (t *sums) add(s *sense.Sample) {
	t.samples++
	t.time += s.Interval
	if !math.IsNaN(s.Busy) {
		t.cpu += time.Duration(s.Busy * float64(s.Interval))
	}
	t.runs += s.RunQueue.Count
	t.wait += s.RunQueue.Total
	t.mutex += max(0, s.MutexWait)
	t.stopped = max(t.stopped, s.StopGC.Max, s.StopOther.Max)
	t.stops += s.StopGC.Total + s.StopOther.Total
	t.throttled += max(0, s.Throttled.Throttled)
	t.periods += max(0, s.Throttled.Periods)
	t.throttle += max(0, s.Throttled.Time)
	t.period = max(t.period, s.Throttled.Period)
	if s.Pressure != sense.Unknown {
		t.around += s.Around
		t.pressure += s.Pressure
	}
	t.least = min(t.least, s.NotInGo)
}
