package classify

import (
	"fmt"
	"time"
)

// throttled: the quota ran out in the window, and the group stood still for longer than the limit.
func throttled(c *Classifier, e *entry) finding {
	if c.long.throttled == 0 {
		return finding{}
	}
	each := c.long.throttle / time.Duration(c.long.throttled)
	if c.long.throttle < c.config.Limit {
		return finding{delay: each}
	}
	f := finding{cause: Throttled, delay: each, span: e.Interval, sure: true, explain: explainThrottled}
	if e.Throttled.Throttled > 0 {
		f.span = c.config.Window // it explains what was found before it was known, too
	}
	return f
}

func explainThrottled(c *Classifier, e *entry, _ time.Duration) string {
	return fmt.Sprintf("the quota of %.2f CPUs ran out in %d of %d periods of %v; standing still for %v, summed over CPUs",
		e.CPUs, c.long.throttled, max(c.long.periods, c.long.throttled), c.long.period, round(c.long.throttle))
}
