//go:build mote && thumb

package runtime

import "unsafe"

// containFault is resumeFaulted once there is a contained goroutine: programs without do not link it.
var containFault func() *exceptionFrame

// contain makes faults of gp end that one alone.
func (gp *g) contain() {
	gp.flags |= taskContained
	containFault = resumeFaulted
}

// resumeFaulted returns the frame with which the goroutine of the fault goes on to its end.
//
// Safety: the goroutine's own frames are given up, so the top of its stack is free.
func resumeFaulted() *exceptionFrame {
	clearFaults()
	revive()
	frame := (*exceptionFrame)(unsafe.Pointer(getg().emptyStack() - unsafe.Sizeof(exceptionFrame{})))
	*frame = exceptionFrame{pc: entryAddress(endFaulted), psr: psrThumb}
	return frame
}
