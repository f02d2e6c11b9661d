//go:build mote && multicore

package runtime

import "unsafe"

// spareLimit is the stack limit while the spare stack is in use; spillAndSwitch loads it.
//
//mote:symbol mote_spare_limit
var spareLimit uintptr

// toSpare copies what the running goroutine has at the end of its stack to that of the spare one.
//
// Safety: the kernel is locked, so nobody else uses the spare stack, and its guard is nobody's otherwise.
func toSpare() {
	*(*own)(unsafe.Pointer(spare.lo)) = *ofRunning()
	spareLimit = spare.lo + ownBelow
}

// fromSpare notes a switch that was requested meanwhile.
func fromSpare() { ofRunning().pend |= (*own)(unsafe.Pointer(spare.lo)).pend }

// guardSpare makes the guard of the spare stack that of gp, which toSpare has done.
func (gp *g) guardSpare() {}
