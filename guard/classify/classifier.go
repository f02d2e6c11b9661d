package classify

import (
	"math"
	"time"

	"github.com/mote-go/mote/guard/sense"
)

// Classifier judges a series of samples. It is not for use by several goroutines at a time.
type Classifier struct {
	config  Config
	rules   []rule
	window  window
	long    sums // over the window
	short   sums // over about the limit
	waiting waiting
	habit   habit
	debt    debt // for what the machine withheld
	verdict Verdict
	sign    time.Time       // when any cause was last found
	scores  [causes]float64 // seconds that findings of a cause spoke for, fading with the window's length
}

const causes = int(Contended) + 1

// New returns a classifier. An error names the field of c that is wrong.
func New(c Config) (*Classifier, error) {
	c, err := c.withDefaults()
	if err != nil {
		return nil, err
	}
	return &Classifier{config: c, rules: rules()}, nil
}

// Observe takes the next sample and says what all of them mean. It allocates only when the cause changes.
func (c *Classifier) Observe(s sense.Sample) Verdict {
	c.window.add(s, c.config.Window)
	e := c.window.last()
	e.stood = c.window.stoodStill()
	c.short = c.window.sum(c.config.Limit)
	estimate(e, &c.short)
	c.withhold(e)
	e.deep = max(e.wait, measured(e)) >= c.config.Limit && !e.stood && !c.recovers()
	if late := lateness(e); late >= c.config.Limit {
		e.late = late
	}
	c.waiting.add(e, c.config.Window)
	c.short = c.window.sum(c.config.Limit)
	c.long = c.window.sum(c.config.Window)
	f := c.find(e)
	if lateness(e) < c.config.Limit/2 {
		c.habit.add(e, c.config.Window)
	}
	c.weigh(f, e)
	c.verdict.At, c.verdict.Delay = s.At, f.delay
	switch {
	case f.cause == Healthy:
		c.calm(s.At)
	case c.verdict.Cause == Healthy:
		c.alarm(f, e)
	default:
		c.reconsider(f, e)
	}
	return c.verdict
}

// find asks the rules. The first cause counts; the delay is the longest that any rule saw, and one that is sure is enough.
func (c *Classifier) find(e *entry) finding {
	var best finding
	delay, sure := time.Duration(0), false
	for _, r := range c.rules {
		f := r(c, e)
		delay = max(delay, f.delay)
		sure = sure || f.cause != Healthy && f.sure
		if best.cause == Healthy {
			best = f
		}
	}
	best.delay, best.sure = delay, sure
	return best
}

// weigh lets the scores of all causes fade and adds to that of the one that was found.
func (c *Classifier) weigh(f finding, e *entry) {
	fade := math.Exp(-float64(e.Interval) / float64(c.config.Window))
	for i := range c.scores {
		c.scores[i] *= fade
	}
	c.scores[f.cause] += f.span.Seconds()
}

// alarm begins a verdict with a finding that is sure, or the second within the window.
func (c *Classifier) alarm(f finding, e *entry) {
	again := !c.sign.IsZero() && e.At.Sub(c.sign) <= c.config.Window
	c.sign = e.At
	if f.sure || again {
		c.verdict.Since = e.At
		c.enter(f, e)
	}
}

// reconsider changes to another cause when more of the recent past speaks for it, so that a verdict does not flap.
func (c *Classifier) reconsider(f finding, e *entry) {
	c.sign = e.At
	if f.cause != c.verdict.Cause && c.scores[f.cause] > 1.5*c.scores[c.verdict.Cause] {
		c.enter(f, e)
	}
}

func (c *Classifier) enter(f finding, e *entry) {
	c.verdict.Cause, c.verdict.Evidence = f.cause, f.explain(c, e, f.delay)
}

// calm ends a verdict when there was no sign of any cause for long enough.
func (c *Classifier) calm(now time.Time) {
	if c.verdict.Cause != Healthy && now.Sub(c.sign) >= c.config.Calm {
		c.verdict = Verdict{At: now, Delay: c.verdict.Delay}
		c.sign = time.Time{}
		c.scores = [causes]float64{}
	}
}
