package classify

import (
	"time"

	"github.com/mote-go/mote/guard/sense"
)

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
// still; and more than missedTicks of each, or missedLately in the latest samples. Each processor had a tick when it went on, one that goes on and stops again and
// again has many, and some come a sample later. Of 5,000 slices of endless loops, with and without requests beside them, one lacked more than that by itself, and
// none with the two samples before.
const (
	missedShare  = 0.25
	missedTicks  = 1
	missedLately = 1.5
	missedIn     = 3 // samples
)

// stoodStill tells whether the machine stood still while a timer was late: a hypervisor that stops a virtual machine tells nobody, and the time counts as
// used by what ran before, as if that had gone on. Its ticks are missing.
func (w *window) stoodStill() bool {
	e := w.last()
	each := float64(e.Tick) * usable(e)
	least := time.Duration(missedShare * float64(lateness(e)) * usable(e))
	if own := missing(e); own > least && own > time.Duration(missedTicks*each) {
		return true
	}
	var all time.Duration
	for i := max(0, w.count-missedIn); i < w.count; i++ {
		all += missing(w.at(i))
	}
	return lateness(e) >= e.Tick && all > least && all > time.Duration(missedLately*each)
}

// missing is how much less processor time the kernel's ticks found than was charged, 0 where nobody counts them.
func missing(e *entry) time.Duration {
	if e.Ticked == sense.Unknown || e.Tick <= 0 {
		return 0
	}
	return charged(e) - e.Ticked
}

// A process whose threads the kernel keeps on fewer CPUs than there are, or beside others', wants all processors at both ends of a sample and gets less than
// enoughShare of them between. It does get more than nothing: else goroutines hold processors in calls of which the scheduler does not know.
const (
	enoughShare  = 0.75
	nothingShare = 0.05
)

// withheld is for how long the machine withheld all processors from the process in the interval of e, or twice as long half of them.
func withheld(before, e *entry) time.Duration {
	switch got := share(used(e), time.Duration(float64(e.Interval)*usable(e))); {
	case e.stood:
		return lateness(e)
	case !before.saturated || !e.saturated || e.CPUs < usable(e): // a quota may have withheld them
		return 0
	case got < nothingShare || got >= enoughShare:
		return 0
	default:
		return time.Duration((1 - got) * float64(e.Interval))
	}
}

// Making up for what was withheld from a process that usually uses a share u of its processors takes u/(1-u) times as long, and makeUp times that where
// requests come at random; mostMakeUp where it uses nearly all, or nobody knows yet.
const (
	makeUp     = 1.5
	mostMakeUp = 4
)

// recovery is how many times as long it takes.
func (c *Classifier) recovery(e *entry) float64 {
	share := c.habit.share()
	known := c.habit.time >= c.config.Window.Seconds()*usable(e)/2
	if !known || makeUp*share >= mostMakeUp*(1-share) {
		return mostMakeUp
	}
	return makeUp * share / (1 - share)
}

// debt is how long it will take yet to make up for what the machine withheld.
type debt struct {
	left    time.Duration
	lasted  time.Duration // for how long there has been some, 0 if there was none when the latest sample began
	allowed bool          // there was, and not for too long
}

// add counts a sample in which more came in. There is never more than most, nor is it allowed for longer: then a neighbour takes a part of the processors
// all the time.
func (d *debt) add(interval, more, most time.Duration) {
	if d.left > 0 {
		d.lasted += interval
	} else {
		d.lasted = 0
	}
	d.allowed = d.lasted > 0 && d.lasted <= most
	d.left = min(max(0, d.left-interval)+more, most)
}

// withhold looks for what the machine withheld in the interval of e. Longer than captureFactor times the limit is no accident, and not allowed for.
func (c *Classifier) withhold(e *entry) {
	e.withheld = withheld(c.window.before(), e)
	r := c.recovery(e)
	c.debt.add(e.Interval, time.Duration(r*float64(e.withheld)), time.Duration(r*float64(captureFactor*c.config.Limit)))
}

// recovers tells whether run queues may be deep, and timers late behind them, only because the machine withheld processors before.
func (c *Classifier) recovers() bool { return c.debt.allowed && !c.contended() }

// contendedShare of the time some task waited for a CPU where processes compete for them.
const contendedShare = 0.3

// contended tells whether it has withheld them for longer than an accident takes, in the window.
func (c *Classifier) contended() bool {
	return c.long.withheld >= captureFactor*c.config.Limit && share(c.long.pressure, c.long.around) >= contendedShare
}
