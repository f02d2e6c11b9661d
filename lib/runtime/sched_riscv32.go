//go:build mote && riscv32

package runtime

import "unsafe"

// Values of mcause.
const (
	causeSoftware = 0x80000003 // machine software interrupt: interrupt.Pend
	causeTimer    = 0x80000007 // machine timer interrupt
	causeExternal = 0x8000000b // machine external interrupt: a device
	causeCall     = 11         // ecall: requestSwitch
)

// newContext lays out, at the end of a new stack, what the switch restores to begin at entry with an empty frame.
//
// Safety: [lo, top) is an unused stack, top is 16-byte aligned, and there is room for a frame and more.
func newContext(lo, top uintptr, entry uintptr) (sp uintptr) {
	frame := (*trapFrame)(unsafe.Pointer(top - unsafe.Sizeof(trapFrame{})))
	*frame = trapFrame{}
	frame.x[xPC] = entry
	return uintptr(unsafe.Pointer(frame))
}

// trapFrameAt is the frame at sp.
//
// Safety: sp was set by the switch or newContext.
func trapFrameAt(sp uintptr) *trapFrame { return (*trapFrame)(unsafe.Pointer(sp)) }

// savedContext is where a goroutine that does not run will continue: its pc and its sp there.
//
// Safety: sp was set by the switch or newContext, so a trapFrame is there.
func savedContext(sp uintptr) (pc, at uintptr) {
	return (*trapFrame)(unsafe.Pointer(sp)).x[xPC], sp + unsafe.Sizeof(trapFrame{})
}

// savedLink is the return address register of a goroutine that does not run.
//
// Safety: as for savedContext.
func savedLink(sp uintptr) uintptr { return (*trapFrame)(unsafe.Pointer(sp)).x[xRA] }

// preempt requests a switch to what was made ready. Under mask; the end of the trap or unmaskSwitch does it.
func preempt() { schedState.pend = 1 }

// leave ends the mask and the running of the goroutine, which is no longer the first in the ready queue.
func leave(m maskState) {
	unmask(m)
	requestSwitch()
}

// unmaskSwitch ends a mask under which readyMasked may have been called, with the switch that it asked for. In a handler the kernel is
// locked (see handle), and the end of the trap does it.
func unmaskSwitch(m maskState) {
	unmask(m)
	if schedState.pend != 0 && schedState.lock == 0 {
		schedState.pend = 0
		requestSwitch()
	}
}

// schedentry is the Go function that the trap vector calls, with the cause and the frame of the interrupted goroutine.
// It returns the frame to resume.
func schedentry(cause uintptr, frame *trapFrame) uintptr {
	sp := uintptr(unsafe.Pointer(frame))
	switch cause {
	case causeTimer:
		tickadvance()
	case causeExternal:
		externalInterrupt(frame)
	case causeSoftware:
		softwareInterrupt(frame)
	case causeCall:
		frame.x[xPC] += 4
	default:
		return uintptr(unsafe.Pointer(fault(frame, cause)))
	}
	if schedState.lock != 0 {
		schedState.pend = 1
		return sp
	}
	schedState.pend = 0
	return schedswitch(sp)
}
