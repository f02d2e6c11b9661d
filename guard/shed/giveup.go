package shed

import (
	"time"

	"github.com/mote-go/mote/guard/classify"
)

// giveUp notices that shedding does not help: all that may be turned away is, for a second, and the cause is one that requests have no part in.
// Then turning them away only adds to the damage.
type giveUp struct {
	full time.Duration // for how long as much as possible has been shed
	hold time.Duration // for how long nothing is to be shed
}

const (
	trial = time.Second     // of shedding all
	pause = 5 * time.Second // before it is tried again
)

// update takes one sample's verdict, and whether as much as possible is being shed. It tells whether nothing is to be shed.
func (g *giveUp) update(cause classify.Cause, full bool, interval time.Duration) bool {
	if g.hold > 0 {
		g.hold -= interval
		return true
	}
	if !full || helps(cause) {
		g.full = 0
		return false
	}
	if g.full += interval; g.full < trial {
		return false
	}
	g.full, g.hold = 0, pause
	return true
}

// helps tells whether fewer requests would ease that cause.
func helps(cause classify.Cause) bool {
	switch cause {
	case classify.Hogs, classify.Captured, classify.Blocked, classify.LockConvoy, classify.LateTimers:
		return false
	}
	return true
}
