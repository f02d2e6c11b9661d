package shed

import "time"

// The gains of the controller. A queue that is offered load times what it can serve and turns away a share p grows by load × (1-p) - 1 seconds a
// second, whatever it serves: so the plant is an integrator of gain load, and a proportional-integral controller on it has the
// characteristic s² + load·trendGain·s + load·delayGain. With these gains it is damped at any load above 1.07, and settles
// in a few tenths of a second. RFC 8033 (section 4.2) has the same law with gains per update for TCP, whose senders slow down when they lose
// packets, and scales them by p for that reason; callers of a service do not slow down, so that there is nothing to scale.
const (
	trendGain = 15.0 // share per second of growing delay
	delayGain = 60.0 // share per second, per second of delay over the target
)

// longest is the time that one sample may stand for: what the sampler missed during a long gap is not known, and must not be made up for in
// one step.
const longest = 100 * time.Millisecond

// pie is the controller of RFC 8033: the share of requests to turn away, from the delay and its trend. The RFC adds both to the share at each update;
// here the trend's part is kept apart, as what the delay is now. It comes to the same as long as the share stays within its bounds. When a long
// delay drives it against the upper one, what was cut off there would be missing on the way back, and the share would fall to nothing while there still is
// a queue.
type pie struct {
	target, limit, burst time.Duration
	most                 float64 // greatest share

	share     float64       // to turn away now, in [0, most]
	settled   float64       // the part of it that has built up, in [0, most]
	before    time.Duration // delay at the sample before
	allowance time.Duration // burst allowance that is left
}

// update takes one sample: the delay now, and the time since the sample before.
func (c *pie) update(delay, interval time.Duration) {
	interval = min(max(interval, 0), longest)
	quiet := delay < c.target/2 && c.before < c.target/2
	c.before = delay
	if c.settled == 0 && c.tolerated(delay, interval, quiet) {
		c.share = 0
		return
	}
	excess := (delay - c.target).Seconds()
	if excess < 0 || c.share < c.most { // at the bound more does not help, and would have to be taken back
		c.settled += delayGain * excess * interval.Seconds()
	}
	if quiet {
		c.settled *= 1 - interval.Seconds() // RFC 8033: an empty queue lets it decay, by 2 percent in 15 ms
	}
	c.settled = min(max(c.settled, 0), c.most)
	c.share = min(max(c.settled+trendGain*excess, 0), c.most)
}

// tolerated tells whether the delay is within the burst allowance, and spends or refills it.
func (c *pie) tolerated(delay, interval time.Duration, quiet bool) bool {
	switch {
	case quiet:
		c.allowance = c.burst
		return true
	case delay <= c.target:
		return true
	case delay > c.limit || c.allowance <= 0:
		return false
	}
	c.allowance -= interval
	return true
}

// reset forgets all but the configuration.
func (c *pie) reset() { c.share, c.settled, c.before, c.allowance = 0, 0, 0, 0 }
