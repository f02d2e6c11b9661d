package classify

import (
	"fmt"
	"math"
	"time"

	"github.com/mote-go/mote/guard/sense"
)

// shared tells whether so many goroutines got a turn in the interval of e that nobody can have kept a processor for long: a timer that is late then
// stood in a run queue, behind a burst. Whether that is too much is for the rule about queues to say. So many are sharedPart of those that the process
// usually has while it uses the processors for so long.
func (c *Classifier) shared(e *entry) bool {
	if expected := c.habit.runsIn(used(e)); expected >= tellingRuns {
		return float64(e.RunQueue.Count) >= sharedPart*expected
	}
	turns := 8 * time.Duration(e.RunQueue.Count) // the runtime measures one in eight
	return e.RunQueue.Count > 1 && used(e) < turns*c.config.Limit/shortTurn
}

// few tells whether there were so few turns that one such sample is enough: hogs leave requests hogsLeave of their turns, and where many are expected chance adds
// little. Of 60 bursts that filled the processors of the healthy control, one had sharedPart of its usual turns, and after less than all processors were given
// more bursts look like that.
func (c *Classifier) few(e *entry) bool {
	expected := c.habit.runsIn(used(e))
	most := hogsLeave * expected
	if !c.recovers() {
		most += math.Sqrt(expected)
	}
	return expected < tellingRuns || float64(e.RunQueue.Count) < most
}

// Beside hogs, requests that compute for a millisecond have a third of their usual turns in a sample, and four in five samples have less than sharedPart. Of less
// than tellingRuns that are expected nothing follows: then turns are short below a part of the limit. A turn of such requests is found to be 0.2 to 0.6 ms long, since
// each takes more than one (healthy -service=1ms).
const (
	sharedPart  = 0.6
	hogsLeave   = 1. / 3
	tellingRuns = 3
	shortTurn   = 12 // of the limit
)

// crowd tells hogs, which keep a processor until it is taken from them, from many that need little each, and from what others keep processors from.
func (c *Classifier) crowd(e *entry) Cause {
	past := &c.long
	if c.verdict.Cause == Healthy {
		past = &c.short // what was longer ago was of another kind
	}
	if turn(e, past) >= c.config.Limit/2 {
		return Hogs
	}
	if c.contended() {
		return Contended
	}
	return Overload
}

// turn is how long a goroutine keeps its processor on average. The runtime measures one transition in eight; one in each sample is the
// sampler's own.
func turn(e *entry, past *sums) time.Duration {
	runs := max(1, 8*int64(past.runs)-int64(past.samples))
	return time.Duration(int64(past.time) * int64(e.Procs) / runs)
}

// late: the probe's timer fired late although the process did not hold the processors.
func late(c *Classifier, e *entry) finding {
	f := finding{delay: lateness(e), span: e.Interval, sure: true, explain: explainLate}
	switch {
	case f.delay < c.config.Limit || !c.goesOn(f.delay):
	case e.stood || share(c.long.pressure, c.long.around) >= contendedShare:
		f.cause = Contended
	case busy(e, f.delay): // it stood in a queue: see held
	default:
		f.cause = LateTimers
	}
	return f
}

func explainLate(c *Classifier, e *entry, delay time.Duration) string {
	return fmt.Sprintf("a timer %v late, %s of the processors used meanwhile, %s runnable, a task waited for a CPU %s of the time", round(lateness(e)),
		percent(math.Min(1, float64(used(e))/(float64(delay)*usable(e)))), number(e.Runnable), percent(share(c.long.pressure, c.long.around)))
}

// parked: all processors are held by goroutines that use next to nothing of their time, in system calls that the scheduler does not know of. Goroutines
// that compete with other processes get more than that in the long run.
func parked(c *Classifier, e *entry) finding {
	f := finding{delay: lateness(e), span: e.Interval, explain: explainParked}
	idle := unused(e, &c.short) && unused(e, &c.long)
	if f.delay >= c.config.Limit && idle && !e.stood && e.Running >= e.Procs && e.saturated {
		f.cause = Blocked
	}
	return f
}

func unused(e *entry, past *sums) bool {
	return past.cpu < time.Duration(nothingShare*float64(past.time)*usable(e))
}

func explainParked(c *Classifier, e *entry, _ time.Duration) string {
	return fmt.Sprintf("a timer %v late, %d of %d processors held, %.2f used in the last %v: blocked in system calls that the scheduler does not know of",
		round(lateness(e)), e.Running, e.Procs, share(c.long.cpu, c.long.time), round(c.long.time))
}

// queued: what becomes runnable waits behind others. How long what is in the queue now will wait is an estimate; how long what has left it did wait was
// measured. Either may be a burst that is over soon.
func queued(c *Classifier, e *entry) finding {
	f := finding{delay: max(c.short.wait, measured(e)), span: e.Interval, explain: explainQueued}
	if c.short.wait >= burstFactor*c.config.Limit || f.delay >= c.config.Limit && c.lasting(e) {
		f.cause = c.crowd(e)
	}
	return f
}

// lookedDeep is in how many samples of the window run queues must have been deep where their length is unknown (before Go 1.26): more than a burst
// of 20 ms can be in.
const lookedDeep = 5

// lasting tells whether run queues are deep for longer than a burst: in half of the window where their length is known. What was measured alone is
// in every other sample at most, since the runtime measures one turn in eight.
func (c *Classifier) lasting(e *entry) bool {
	if e.Runnable == sense.Unknown {
		return c.long.deep >= lookedDeep
	}
	return 2*c.long.deep >= c.long.samples && 2*c.long.time >= c.config.Window
}

// measured is how long half of those that e has measured waited in a run queue.
func measured(e *entry) time.Duration {
	if e.RunQueue.Count > 1 {
		return e.RunQueue.P50
	}
	return 0
}

func explainQueued(_ *Classifier, e *entry, _ time.Duration) string {
	return fmt.Sprintf("%s runnable, each running for about %v: a wait of %v; measured p50 %v, p99 %v",
		number(e.Runnable), round(e.slice), round(e.wait), round(e.RunQueue.P50), round(e.RunQueue.P99))
}

// The scheduler asks the poller when a processor runs out of work, and 10 ms after it was last asked: at 70 % load one probe in a hundred is 15 ms
// late and one in a thousand 25 ms, with nothing amiss. pollFactor times the limit in a process that has not run out of work for a whole window is
// starvation, and in any process ten times the limit.
const (
	pollFactor     = 2
	pollFactorIdle = 10
)

// passedOver: what the network poller found ready is served late although the run queue is short. Work that wakes other work stays on the same
// processor's queue, and what comes from outside waits until that runs dry or 61 turns are over.
func passedOver(c *Classifier, e *entry) finding {
	f := finding{span: e.Interval, explain: explainPassedOver}
	least := pollFactorIdle * c.config.Limit
	if 10*c.long.saturated >= 9*c.long.samples {
		least = pollFactor * c.config.Limit
	}
	if e.Poll < least || c.recovers() && e.Poll < pollFactorIdle*c.config.Limit {
		return f
	}
	f.cause, f.delay = LateTimers, e.Poll
	if c.contended() || share(c.long.pressure, c.long.around) >= contendedShare && 2*c.long.saturated < c.long.samples {
		f.cause, f.explain = Contended, explainLate
	}
	return f
}

func explainPassedOver(c *Classifier, e *entry, _ time.Duration) string {
	return fmt.Sprintf("the network poller's probe was served %v late although timers were %v late and %s goroutines runnable, with %.2f of %.2f processors used",
		round(e.Poll), round(e.Overshoot), number(e.Runnable), share(c.long.cpu, c.long.time), usable(e))
}

// estimate fills in what follows from the sample and the short sums: how long the last in the queue will wait is the queue's length times the time
// that each takes (Little's law). The runtime measures one transition in eight; with none measured, each takes at most what eight used.
func estimate(e *entry, short *sums) {
	runs := 8 * max(short.runs, 1)
	e.slice = short.cpu / time.Duration(runs)
	if e.Runnable == sense.Unknown || e.Procs == 0 {
		e.saturated = short.cpu >= time.Duration(0.9*float64(short.time)*usable(e))
		return
	}
	e.wait = time.Duration(e.Runnable) * e.slice / time.Duration(e.Procs)
	e.saturated = e.Running-1+e.Runnable >= e.Procs
}
