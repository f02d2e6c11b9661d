package classify

import (
	"math"
	"time"
)

// habit is what a process usually does, from the samples that came in time, over about the window's length.
type habit struct {
	time float64 // seconds on all processors that it could have used
	cpu  float64 // seconds that it did
	runs float64 // measured transitions from runnable to running
}

func (h *habit) add(e *entry, window time.Duration) {
	fade := math.Exp(-float64(e.Interval) / float64(window))
	h.time = h.time*fade + e.Interval.Seconds()*usable(e)
	h.cpu = h.cpu*fade + used(e).Seconds()
	h.runs = h.runs*fade + float64(e.RunQueue.Count)
}

// share of the processors that it uses, 0 if nothing is known.
func (h *habit) share() float64 {
	if h.time == 0 {
		return 0
	}
	return min(1, h.cpu/h.time)
}

// runsIn is how many transitions are measured while it uses so much processor time.
func (h *habit) runsIn(cpu time.Duration) float64 {
	if h.cpu == 0 {
		return 0
	}
	return h.runs / h.cpu * cpu.Seconds()
}
