//go:build mote && !mote.checkstack

package runtime

// Programs that are not built with -tags=mote.checkstack have no high-water marks.

const (
	stackFill = 0
	stackRoom = 0
)

func paintstacks() {}

func (gp *g) paint(bound uintptr) {}

func (gp *g) checkmark() {}

func checkstacks() {}

func dropBound() {}

// used is not known.
func (gp *g) used() uintptr { return 0 }

func (gp *g) top() uintptr { return gp.stackHi }
