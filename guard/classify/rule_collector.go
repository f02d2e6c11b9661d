package classify

import (
	"fmt"
	"time"
)

// stopped: the world stood still for longer than the limit. If it took that long to come to a stop, the one who did not stop is to blame.
func stopped(c *Classifier, e *entry) finding {
	f := finding{delay: max(e.StopGC.Max, e.StopOther.Max), span: c.config.Window, sure: true}
	if f.delay < c.config.Limit {
		return f
	}
	f.cause, f.explain = GCPressure, explainStopped
	if e.Stopping.Max >= c.config.Limit && e.Stopping.Max >= f.delay/2 {
		f.cause, f.explain = Captured, explainStopping
	}
	return f
}

func explainStopped(_ *Classifier, e *entry, _ time.Duration) string {
	return fmt.Sprintf("the world stood still for up to %v for the collector, %v for others", round(e.StopGC.Max), round(e.StopOther.Max))
}

func explainStopping(_ *Classifier, e *entry, delay time.Duration) string {
	return fmt.Sprintf("it took up to %v to stop the world, which then stood still for %v in all: some goroutine can't be preempted", round(e.Stopping.Max), round(delay))
}

// assisting: the collector, with the help of goroutines that only wanted to allocate, takes the processors.
func assisting(c *Classifier, e *entry) finding {
	if e.Cycle == 0 || !(e.GCAssist >= c.config.Assist*usable(e)) {
		return finding{}
	}
	span := min(e.Cycle, c.config.Window)
	return finding{cause: GCPressure, delay: max(c.config.Limit, e.Overshoot), span: 2 * span, sure: 2*e.Cycle >= c.config.Window, explain: explainAssisting}
}

func explainAssisting(_ *Classifier, e *entry, _ time.Duration) string {
	return fmt.Sprintf("over a collector cycle of %v, assists of goroutines that allocate took %s of the processors, all of the collector %s",
		round(e.Cycle), percent(e.GCAssist/usable(e)), percent(e.GC/usable(e)))
}
