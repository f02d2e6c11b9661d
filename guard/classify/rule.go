package classify

import (
	"fmt"
	"time"

	"github.com/mote-go/mote/guard/sense"
)

// A rule looks at the latest sample and the sums over those before, and finds a cause or nothing.
type rule func(c *Classifier, e *entry) finding

// rules in the order of how much they explain: a quota that has run out makes all else late, and with a deep run queue it is no matter of
// timers. Of what several rules find in one sample, the first counts.
func rules() []rule {
	return []rule{throttled, stopped, assisting, parked, spawning, held, queued, convoy, blocked, late, passedOver}
}

// finding is what one rule says about the latest sample.
type finding struct {
	cause Cause         // Healthy if the rule does not apply
	delay time.Duration // how long work waits by this rule's signal, whether over the limit or not
	span  time.Duration // the time that the finding speaks for
	sure  bool          // one such finding is enough; else a second one must follow

	explain func(c *Classifier, e *entry, delay time.Duration) string // the numbers, put into words only when somebody will read them
}

func round(d time.Duration) time.Duration { return d.Round(10 * time.Microsecond) }

// number writes a count that may be Unknown.
func number(n int) string {
	if n == sense.Unknown {
		return "an unknown number"
	}
	return fmt.Sprint(n)
}

func percent(share float64) string { return fmt.Sprintf("%.0f%%", 100*share) }
