//go:build mote && riscv32

package runtime

import (
	"internal/runtime/sys"
	_ "unsafe" // for go:linkname
)

// Interrupts of devices come through the platform-level interrupt controller, those that the program requests itself through the
// software interrupt of the core. Both are traps, which do not nest: a handler runs with interrupts off.

const (
	regSoftware = 0x02000000 // msip of hart 0, in the core-local interruptor
	regClaim    = 0x0c200004 // claim and complete, of hart 0 in machine mode

	mieSoftware = 1 << 3
	mieExternal = 1 << 11
)

// handlerState is the interrupt that is being handled.
var handlerState struct {
	exception uintptr    // its number plus one; 0: none
	frame     *trapFrame // of the goroutine that it interrupted, nil when none ran
}

// requestedInterrupts are those that interrupt.Pend asks for, one bit each. Interrupts are off while they change.
var requestedInterrupts [32]uint32

// enabledInterrupts are those whose handlers may run.
var enabledInterrupts [32]uint32

// dispatchInterrupt calls the handler of an interrupt. The compiler writes its body: a switch over the handlers of the program.
func dispatchInterrupt(num uintptr)

// handlerException is the number of the interrupt whose handler runs plus one, 0 in a goroutine.
func handlerException() uintptr { return handlerState.exception }

// noteFault remembers in which handler a fault happened.
//
//mote:with runtime/interrupt.installed
func noteFault() { faultedIn = handlerState.exception }

func printexception(exception uintptr) {
	printstring("interrupt ")
	printuint(uint64(exception - 1))
}

// interruptedContext is where the goroutine continues that the handler interrupted; 0 when none ran.
func interruptedContext() (pc, sp uintptr) {
	frame := handlerState.frame
	if frame == nil {
		return 0, 0
	}
	return frame.x[xPC], frame.x[xSP]
}

// externalInterrupt runs the handlers of all devices that request one.
//
//mote:with runtime/interrupt.installed
func externalInterrupt(frame *trapFrame) {
	for num := mmioLoad(regClaim); num != 0; num = mmioLoad(regClaim) {
		handle(uintptr(num), frame)
		mmioStore(regClaim, num)
	}
}

// softwareInterrupt runs the handlers that the program has requested.
//
//mote:with runtime/interrupt.installed
func softwareInterrupt(frame *trapFrame) {
	mmioStore(regSoftware, 0)
	for word := range uintptr(len(requestedInterrupts)) {
		for due := requestedInterrupts[word] & enabledInterrupts[word]; due != 0; due = requestedInterrupts[word] & enabledInterrupts[word] {
			bit := uintptr(sys.TrailingZeros32(due))
			requestedInterrupts[word] &^= 1 << bit
			handle(word*32+bit, frame)
		}
	}
}

// idleInterrupt runs the handlers of all that requests one while no goroutine runs.
//
//mote:with runtime/interrupt.installed
func idleInterrupt() {
	externalInterrupt(nil)
	if mmioLoad(regSoftware) != 0 {
		softwareInterrupt(nil)
	}
}

// handle runs the handler of one interrupt. Whatever it makes ready waits for the end of the trap, since a trap cannot request another: so
// the kernel is locked meanwhile.
func handle(num uintptr, frame *trapFrame) {
	handlerState.frame = frame
	handlerState.exception = num + 1
	schedState.lock++
	barrier()
	dispatchInterrupt(num)
	barrier()
	schedState.lock--
	handlerState.exception = 0
}

// What package runtime/interrupt calls by linkname.
//
// Safety: body-less functions there with the same signature.

// interruptenable makes traps of interrupts run handlers from now on.
//
//go:linkname interruptenable runtime/interrupt.enable
func interruptenable() {
	lockSched()
	schedstart()
	unlockSched()
	setMIE(mieSoftware | mieExternal)
}

//go:linkname interruptrequested runtime/interrupt.requested
func interruptrequested(word int) *uint32 { return &requestedInterrupts[word] }

//go:linkname interruptenabled runtime/interrupt.enabled
func interruptenabled(word int) *uint32 { return &enabledInterrupts[word] }

//go:linkname interrupthandling runtime/interrupt.In
func interrupthandling() bool { return handlerState.exception != 0 }

// setMIE sets bits of mie.
//
// Safety: the trap vector that serves these interrupts is in place.
//
//mote:inline "csrs mie, $0" "r,~{memory}"
func setMIE(bits uintptr)
