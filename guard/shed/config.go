package shed

import (
	"fmt"
	"time"
)

// Config says when and how much to shed. The zero Config means the defaults given with each field.
type Config struct {
	// Target is the scheduling delay that the controller steers to while there is more work than processors: long enough that they never
	// run dry, short enough that nobody notices. Default 10 ms.
	Target time.Duration
	// Burst is for how long a delay over Target is borne before anything is shed, after a quiet time: RFC 8033's burst
	// allowance. Negative: none. Default 20 ms.
	Burst time.Duration
	// Limit ends the burst allowance at once when the delay exceeds it. Default three times Target.
	Limit time.Duration
	// MaxDrop is the greatest share of requests turned away, of all and of any priority, in (0, 1]: what is left shows whether shedding helps.
	// Default 0.98.
	MaxDrop float64
	// Age tells how overdue the sampler's heartbeat is (sense.Heartbeat.Meet), for requests that come while the sampler itself is kept waiting. It is
	// called once a request. Nil: not looked at.
	Age func() time.Duration
	// Stale is the age from which requests are shed on that ground alone: of Sheddable and below from Stale on, of Normal from twice, of
	// Critical from four times that; all of them up to MaxDrop when the age is twice as great. Default 100 ms.
	Stale time.Duration
}

// withDefaults fills in what is not said and reports what cannot be.
func (c Config) withDefaults() (Config, error) {
	if c.Target < 0 {
		return c, fmt.Errorf("shed: Target is %v, and must be positive, or 0 for the default", c.Target)
	}
	if c.Target == 0 {
		c.Target = 10 * time.Millisecond
	}
	if c.Burst == 0 {
		c.Burst = 20 * time.Millisecond
	}
	c.Burst = max(c.Burst, 0)
	if c.Limit == 0 {
		c.Limit = 3 * c.Target
	}
	if c.Limit < c.Target {
		return c, fmt.Errorf("shed: Limit is %v, and must be at least Target, %v, or 0 for the default", c.Limit, c.Target)
	}
	if c.MaxDrop == 0 {
		c.MaxDrop = 0.98
	}
	if !(c.MaxDrop > 0 && c.MaxDrop <= 1) {
		return c, fmt.Errorf("shed: MaxDrop is %v, and must be in (0, 1], or 0 for the default", c.MaxDrop)
	}
	if c.Stale < 0 {
		return c, fmt.Errorf("shed: Stale is %v, and must be positive, or 0 for the default", c.Stale)
	}
	if c.Stale == 0 {
		c.Stale = 100 * time.Millisecond
	}
	return c, nil
}
