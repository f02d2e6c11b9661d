package shed

import "fmt"

// Priority says which requests go first when not all can be served. The zero value is Normal.
type Priority int8

// The priorities, lowest first. A request is turned away only while every one of a lower priority is (but for the few that Config.MaxDrop
// leaves).
const (
	Background Priority = iota - 2 // nobody waits for it: prefetching, reports, crawlers
	Sheddable                      // somebody would miss it, and can do without: suggestions, counters
	Normal                         // what most requests are
	Critical                       // must work even then: logging in, paying, stopping a machine
	Exempt                         // never turned away and not counted as load: health checks, metrics
)

// classes is the number of priorities with a probability, which leaves out Exempt.
const classes = int(Exempt - Background)

// class is the priority's index in tables; what is out of range counts as the nearest one.
func (p Priority) class() int {
	return min(max(int(p-Background), 0), classes-1)
}

// String returns the name as it stands in metrics.
func (p Priority) String() string {
	switch p {
	case Background:
		return "background"
	case Sheddable:
		return "sheddable"
	case Normal:
		return "normal"
	case Critical:
		return "critical"
	case Exempt:
		return "exempt"
	}
	return fmt.Sprintf("Priority(%d)", int8(p))
}
