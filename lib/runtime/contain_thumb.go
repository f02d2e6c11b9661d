//go:build mote && thumb

package runtime

import "unsafe"

// containFault is resumeFaulted once there is a contained goroutine: programs without do not link it.
var containFault func(inSwitch *exceptionFrame) *exceptionFrame

// exceptionPendSV is the number of the exception whose handler switches.
const exceptionPendSV = 14

// contextSwitch is the code of that handler.
//
//mote:symbol PendSV_Handler
var contextSwitch [0]byte

// contain makes faults of gp end that one alone.
func (gp *g) contain() {
	gp.flags |= taskContained
	containFault = resumeFaulted
}

// resumeFaulted returns the frame with which the goroutine of the fault goes on to its end. inSwitch is what was saved of the context
// switch if there was no room for the goroutine's registers: that begins again then, with the new frame.
//
// Safety: the goroutine's own frames are given up, so the top of its stack is free.
func resumeFaulted(inSwitch *exceptionFrame) *exceptionFrame {
	if inSwitch != nil {
		inSwitch.pc, inSwitch.lr = addressOf(&contextSwitch)&^codeBit, excReturnThread
	}
	clearFaults()
	revive()
	frame := (*exceptionFrame)(unsafe.Pointer(getg().emptyStack() - unsafe.Sizeof(exceptionFrame{})))
	*frame = exceptionFrame{pc: entryAddress(endFaulted), psr: psrThumb}
	return frame
}
