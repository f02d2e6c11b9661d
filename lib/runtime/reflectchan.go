//go:build mote

package runtime

import "unsafe"

// Channels for reflect and internal/reflectlite.
//
// Safety: they declare these functions without bodies; channels are pointers to hchan and val points to memory for
// an element of the channel's type.

//go:linkname reflect_makechan reflect.makechan
func reflect_makechan(t *chantype, size int) *hchan { return makechan(t, size) }

//go:linkname reflect_chanlen reflect.chanlen
func reflect_chanlen(c *hchan) int { return chanlen(c) }

//go:linkname reflectlite_chanlen internal/reflectlite.chanlen
func reflectlite_chanlen(c *hchan) int { return chanlen(c) }

//go:linkname reflect_chancap reflect.chancap
func reflect_chancap(c *hchan) int { return chancap(c) }

//go:linkname reflect_chanclose reflect.chanclose
func reflect_chanclose(c *hchan) { closechan(c) }

//go:linkname reflect_chansend reflect.chansend0
func reflect_chansend(c *hchan, val unsafe.Pointer, nonblocking bool) bool {
	if nonblocking {
		return selectnbsend(c, val)
	}
	chansend1(c, val)
	return true
}

//go:linkname reflect_chanrecv reflect.chanrecv
func reflect_chanrecv(c *hchan, nonblocking bool, val unsafe.Pointer) (selected, received bool) {
	if nonblocking {
		return selectnbrecv(val, c)
	}
	return true, chanrecv2(c, val)
}

// runtimeSelect is a case of reflect.Select.
//
// Safety: it has the layout of reflect's type of the same name.
type runtimeSelect struct {
	dir int
	typ unsafe.Pointer
	ch  *hchan
	val unsafe.Pointer
}

// Directions of a runtimeSelect.
const (
	selectSend    = 1
	selectRecv    = 2
	selectDefault = 3
)

// reflect_rselect sorts the cases as selectgo wants them, sends first, and translates its answer back.
//
//go:linkname reflect_rselect reflect.rselect
func reflect_rselect(cases []runtimeSelect) (chosen int, received bool) {
	if len(cases) == 0 {
		block()
	}
	sorted := make([]scase, 0, len(cases))
	origin := make([]int, 0, len(cases))
	fallback, nsends := -1, 0
	for _, dir := range [...]int{selectSend, selectRecv} {
		for i := range cases {
			if c := &cases[i]; c.dir == dir {
				sorted = append(sorted, scase{c: c.ch, elem: c.val})
				origin = append(origin, i)
			} else if c.dir == selectDefault {
				fallback = i
			}
		}
		if dir == selectSend {
			nsends = len(sorted)
		}
	}
	if len(sorted) == 0 {
		return fallback, false
	}
	order := make([]uint16, 2*len(sorted))
	i, received := selectgo(&sorted[0], &order[0], nsends, len(sorted)-nsends, fallback < 0)
	if i < 0 {
		return fallback, false
	}
	return origin[i], received
}
