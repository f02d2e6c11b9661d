package classify

import (
	"time"

	"github.com/mote-go/mote/guard/sense"
)

// Classifier judges a series of samples. It is not for use by several goroutines at a time.
type Classifier struct {
	config  Config
	window  window
	verdict Verdict
	sign    time.Time // of the last finding that made or kept the verdict
	pending Cause     // found once, and not sure
	since   time.Time // when
}

// New returns a classifier. An error names the field of c that is wrong.
func New(c Config) (*Classifier, error) {
	c, err := c.withDefaults()
	if err != nil {
		return nil, err
	}
	return &Classifier{config: c}, nil
}

// Observe takes the next sample and says what all of them mean. It allocates only when the cause changes.
func (c *Classifier) Observe(s sense.Sample) Verdict {
	c.window.add(s, c.config.Window)
	f := c.find(&s)
	c.verdict.At, c.verdict.Delay = s.At, f.delay
	switch {
	case f.cause == Healthy:
		c.calm(s.At)
	case f.cause == c.verdict.Cause:
		c.sign = s.At
	case f.sure || c.confirm(f.cause, s.At):
		c.enter(f, s.At)
	}
	return c.verdict
}

// find asks the rules in the order of how much they explain: a quota that has run out makes everything late, a long queue is no matter of timers.
func (c *Classifier) find(s *sense.Sample) finding {
	long, short := c.window.sum(c.config.Window), c.window.sum(2*c.config.Limit)
	all := [...]finding{
		c.throttled(s, &long),
		c.stopped(s, &long),
		c.assisting(s, &long),
		c.late(s, &long),
		c.queued(s, &short),
		c.convoy(s, &long),
		c.blocked(s, &long),
	}
	var best finding
	for _, f := range all {
		best.delay = max(best.delay, f.delay)
		if best.cause == Healthy && f.cause != Healthy {
			f.delay = best.delay
			best = f
		}
	}
	return best
}

// confirm tells whether the cause was found before, within the last window.
func (c *Classifier) confirm(cause Cause, now time.Time) bool {
	if c.pending == cause && now.Sub(c.since) <= c.config.Window {
		return true
	}
	c.pending, c.since = cause, now
	return false
}

func (c *Classifier) enter(f finding, now time.Time) {
	if c.verdict.Cause == Healthy {
		c.verdict.Since = now
	}
	c.verdict.Cause, c.verdict.Evidence = f.cause, f.why()
	c.sign, c.pending = now, Healthy
}

// calm ends a verdict when there was no sign of it for long enough.
func (c *Classifier) calm(now time.Time) {
	if c.verdict.Cause != Healthy && now.Sub(c.sign) >= c.config.Calm {
		c.verdict = Verdict{At: now}
	}
}
