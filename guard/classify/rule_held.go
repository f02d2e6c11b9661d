package classify

import (
	"time"

	"github.com/mote-go/mote/guard/sense"
)

// Code that can't be preempted holds a timer up for captureFactor times the limit, and captureTime of processor time. So do many hogs when the timer's
// goroutine lands behind them in a run queue, but then there were turns meanwhile, of 10 ms each and not captureTurn.
const (
	captureFactor = 10
	captureTime   = 40 * time.Millisecond
	captureTurn   = 20 * time.Millisecond
)

// lateness is how late the probe was, by its own count or by that of requests.
func lateness(e *entry) time.Duration { return max(e.Overshoot, e.Stale) }

// A burst of requests, or a CPU that is gone for a moment, delays some work by more than the limit and is over: up to burstFactor times the limit
// something else must show that it goes on.
const burstFactor = 3

// held: the probe's timer fired late, and meanwhile the process itself used the processors or wanted more than there are.
func held(c *Classifier, e *entry) finding {
	f := finding{delay: lateness(e), span: e.Interval, sure: busy(e, c.config.Limit), explain: explainLate}
	if f.delay < c.config.Limit || c.shared(e) && f.delay < burstFactor*c.config.Limit {
		return c.heldInPart(e, f)
	}
	switch {
	case f.delay >= captureFactor*c.config.Limit && busy(e, captureTime) && turn(e, &sums{time: e.Interval, runs: e.RunQueue.Count, samples: 1}) >= captureTurn:
		f.cause = Captured
	case c.filled(e, f.delay) && !c.shared(e):
		f.cause, f.sure = Hogs, c.few(e)
	case busy(e, f.delay) && c.shared(e):
		if c.goesOn(f.delay) { // a burst of short work is over soon
			f.cause = c.crowd(e)
		}
	case c.short.saturated < c.short.samples || e.stood:
	case c.goesOn(f.delay): // CPUs are taken from a process that wants all of them
		f.cause, f.sure = c.crowd(e), false
	}
	return f
}

// heldInPart: a sampler that comes late to a slice of 10 ms sees only the rest of it. That is enough if the same was so for the timer before, or if the slice
// can be seen in the processors' use.
func (c *Classifier) heldInPart(e *entry, f finding) finding {
	before := c.window.before()
	if before == e {
		return f
	}
	switch {
	case c.heldAgain(before, e):
		f.delay += lateness(before)
	case c.heldUnseen(e):
		f.delay = max(f.delay, c.config.Limit)
	default:
		return f
	}
	f.cause, f.sure = Hogs, c.few(e)
	return f
}

// heldAgain tells whether two timers in line were late by half of the limit, behind the same.
func (c *Classifier) heldAgain(before, e *entry) bool {
	half := c.config.Limit / 2
	if lateness(e) < half || lateness(before) < half || !c.filled(before, lateness(before)) || !full(e) {
		return false
	}
	return !c.shared(e) && !c.shared(before)
}

// In a process that used less than restShare of its processors before, what fills all of them is not its usual work, and a timer that is late by restLate of the
// limit was due in the middle of it. Where it used more than loadShare, requests fill them often, and none may be seen to have had a turn.
const (
	restShare = 0.1
	restLate  = 0.2
	loadShare = 0.5
	fewRuns   = 2 // of which the runtime measures one in eight
)

// heldUnseen tells whether all processors were in use for the whole limit, next to nobody got a turn and somebody still wants one, although the timer was late
// by half of the limit only, or less in a process that was at rest.
func (c *Classifier) heldUnseen(e *entry) bool {
	least, runs := c.config.Limit/2, uint64(fewRuns)
	switch usual := c.habit.share(); {
	case usual < restShare:
		least = time.Duration(restLate * float64(c.config.Limit))
	case usual > loadShare:
		runs = 0
	}
	return lateness(e) >= least && e.saturated && e.Runnable != sense.Unknown && e.RunQueue.Count <= runs && c.filled(e, c.config.Limit)
}

// full tells whether the process used about all of its processors all of the time.
func full(e *entry) bool { return busy(e, e.Interval) }

// busy tells whether the process used about all of its processors for so long, and they ran: then a late timer is no accident of the system's.
func busy(e *entry, length time.Duration) bool {
	return !e.stood && float64(used(e)) >= filledShare*float64(length)*usable(e)
}

// filledShare is the part of the processors that their use is seen to take at least.
const filledShare = 0.8

// filled tells whether the process used all of its processors for so long, and beside that as much as it usually does. Requests that use them for as long as a
// timer is late, and were due before, are within that.
func (c *Classifier) filled(e *entry, length time.Duration) bool {
	beside := c.habit.share() * float64(max(0, e.Interval-length))
	return !e.stood && float64(used(e)) >= usable(e)*(filledShare*float64(length)+beside)
}
