package shed

import (
	"time"

	"github.com/mote-go/mote/guard/classify"
)

// giveUp notices that shedding does not help: all that may be turned away is, for half a second, and the cause is one that requests have no part in.
// Then turning them away only adds to the damage.
type giveUp struct {
	full  time.Duration // for how long as much as possible has been shed
	hold  time.Duration // for how long nothing is to be shed
	pause time.Duration // how long the last hold was at its beginning
}

const (
	trial     = 500 * time.Millisecond // of shedding all, which ends a queue of that length
	pause     = 5 * time.Second        // before it is tried again; twice as long after each trial in vain
	longPause = time.Minute
)

// update takes one sample's verdict, and whether as much as possible is being shed. It tells whether nothing is to be shed.
func (g *giveUp) update(cause classify.Cause, full bool, interval time.Duration) bool {
	switch {
	case helps(cause):
		*g = giveUp{}
	case g.hold > 0:
		g.hold -= interval
	case !full:
		g.full = 0
	default:
		if g.full += interval; g.full >= trial {
			g.pause = min(max(2*g.pause, pause), longPause)
			g.full, g.hold = 0, g.pause
		}
	}
	return g.hold > 0
}

// helps tells whether fewer requests would ease that cause.
func helps(cause classify.Cause) bool {
	switch cause {
	case classify.Hogs, classify.Captured, classify.Blocked, classify.LockConvoy, classify.LateTimers:
		return false
	}
	return true
}
