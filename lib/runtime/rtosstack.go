//go:build mote

package runtime

import _ "unsafe" // for go:linkname

// rtosStack is the size of a goroutine's stack without its guard, and how much of it has been in use, both in bytes and 0 when not known.
//
// Safety: body-less function of rtos with the same signature.
//
//go:linkname rtosStack mote/rtos.taskStack
func rtosStack(gp *g, id uint32) (size, used uintptr) {
	lockSched()
	if gp.is(id) {
		size, used = gp.top()-gp.stackEnd(), gp.used()
	}
	unlockSched()
	return size, used
}
