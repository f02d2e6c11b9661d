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
		f.cause = Hogs
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

// A CPU that the kernel or a hypervisor takes away for 10 to 65 ms, or a whole machine that stands still for as long, is an accident, even three times in a
// window. It goes on when there are more late timers than that within ten times the limit, or in a window of which timers are late for lateShare.
const (
	accidents = 3
	lateShare = 0.25
)

// goesOn tells whether a timer that is so late is more than an accident.
func (c *Classifier) goesOn(delay time.Duration) bool {
	if delay >= captureFactor*c.config.Limit {
		return true
	}
	lately := c.window.sum(captureFactor * c.config.Limit)
	return lately.lates > accidents || c.long.lates > accidents && float64(c.long.late) >= lateShare*float64(c.config.Window)
}

// missedShare is the part of the time by which a timer was late, on all processors, in which ticks must be missing for it to have been the machine that stood
// still. It had one tick on each processor when it went on, and beside short work ticks are a sample.
const missedShare = 0.4

// stoodStill tells whether the machine stood still while a timer was late: a hypervisor that stops a virtual machine tells nobody, and the time counts as
// used by what ran before, as if that had gone on. Its ticks are missing.
func stoodStill(e *entry) bool {
	if e.Ticked == sense.Unknown || e.Tick <= 0 {
		return false
	}
	missed := charged(e) - e.Ticked
	return missed > time.Duration(missedShare*float64(lateness(e))*usable(e)) && missed > time.Duration(float64(e.Tick)*usable(e))
}

// recovery is how many times as long as a machine stood still it may take to make up for it: at a load of four fifths what came in meanwhile is
// done after four times as long.
const recovery = 4

// recovers tells whether run queues may be deep because the machine stood still before.
func (c *Classifier) recovers(now time.Time) bool {
	return !c.stood.IsZero() && now.Sub(c.stood) <= recovery*c.still
}

// heldInPart: a sampler that comes late to a slice of 10 ms sees only the rest of it. That is enough if the same was so for the timer before, or if the slice
// can be seen in the processors' use.
func (c *Classifier) heldInPart(e *entry, f finding) finding {
	if c.window.count < 2 {
		return f
	}
	switch before := c.window.at(c.window.count - 2); {
	case c.heldAgain(before, e):
		f.delay += lateness(before)
	case c.heldUnseen(e):
		f.delay = max(f.delay, c.config.Limit)
	default:
		return f
	}
	f.cause, f.sure = Hogs, true
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
