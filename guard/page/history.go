package page

import (
	"math"
	"time"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/sense"
	"github.com/mote-go/mote/guard/shed"
)

// point is what happened in one step. Delays are the greatest, counts the greatest too, processors averages.
type point struct {
	at        time.Time // the end
	length    time.Duration
	delay     time.Duration // of the verdict
	overshoot time.Duration
	runQueue  time.Duration // p99
	stale     time.Duration
	mutex     time.Duration // waited, summed
	throttled time.Duration
	runnable  int
	procs     int
	cpus      float64
	busy      float64       // processors times seconds, to be divided by known
	known     time.Duration // of length, in which busy was known
	cause     classify.Cause
	share     time.Duration // of length, for which cause held: that which held longest, healthy last
	admitted  uint64
	rejected  uint64
}

// history is a ring of points, whose memory is taken once.
type history struct {
	step     time.Duration
	points   []point
	sequence uint64 // of the next point: how many were finished
	open     point
	causes   [classify.Causes]time.Duration // of the open point
	admitted uint64                         // by all priorities, at the last count
	rejected uint64
	counted  bool
}

func newHistory(c Config) history { return history{step: c.Step, points: make([]point, c.Steps)} }

// add takes a sample and tells whether a point is finished.
func (h *history) add(s sense.Sample, v classify.Verdict) bool {
	p := &h.open
	p.at = s.At
	p.length += s.Interval
	p.delay = max(p.delay, v.Delay)
	p.overshoot = max(p.overshoot, s.Overshoot)
	p.runQueue = max(p.runQueue, s.RunQueue.P99)
	p.stale = max(p.stale, s.Stale)
	p.mutex += max(0, s.MutexWait)
	p.throttled += max(0, s.Throttled.Time)
	p.runnable = max(p.runnable, s.Runnable)
	if s.Runnable == sense.Unknown {
		p.runnable = sense.Unknown
	}
	p.procs, p.cpus = s.Procs, s.CPUs
	if !math.IsNaN(s.Busy) {
		p.busy += s.Busy * s.Interval.Seconds()
		p.known += s.Interval
	}
	if int(v.Cause) < len(h.causes) {
		h.causes[v.Cause] += s.Interval
	}
	if p.length < h.step {
		return false
	}
	h.finish()
	return true
}

// finish closes the open point. A cause that held for a part of it says more than that all was well in the rest.
func (h *history) finish() {
	for c := classify.Healthy + 1; c < classify.Causes; c++ {
		if h.causes[c] > h.open.share {
			h.open.cause, h.open.share = c, h.causes[c]
		}
	}
	h.points[h.sequence%uint64(len(h.points))] = h.open
	h.sequence++
	h.open, h.causes = point{}, [classify.Causes]time.Duration{}
}

// count puts what the shedder did since the last count into the point that was just finished.
func (h *history) count(s shed.Stats) {
	var admitted, rejected uint64
	for _, d := range s.Priority {
		admitted += d.Admitted
		rejected += d.Rejected
	}
	if h.counted {
		p := &h.points[(h.sequence-1)%uint64(len(h.points))]
		p.admitted, p.rejected = admitted-h.admitted, rejected-h.rejected
	}
	h.admitted, h.rejected, h.counted = admitted, rejected, true
}

// since copies the points from a sequence number on, and says which number the first has.
func (h *history) since(from uint64) (first uint64, points []point) {
	n := uint64(len(h.points))
	first = from
	if h.sequence > n {
		first = max(first, h.sequence-n)
	}
	if first > h.sequence { // of a process before this one
		first = 0
		if h.sequence > n {
			first = h.sequence - n
		}
	}
	for i := first; i < h.sequence; i++ {
		points = append(points, h.points[i%n])
	}
	return first, points
}
