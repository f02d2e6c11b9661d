//go:build mote && multicore

package runtime

// On several cores a mask is also a lock between them, held for the few instructions of the masked code.

// maskLock is held by the core that is under mask.
var maskLock uint32

// maskState is how interrupts were before mask. BASEPRI is 0 then, since masks do not nest.
type maskState struct{}

// mask holds back the handlers of this core that may call the kernel, and waits until no other core is under mask.
func mask() maskState {
	maskBasepri()
	acquire(&maskLock)
	return maskState{}
}

// unmask lets handlers and other cores go on.
func unmask(maskState) {
	release(&maskLock)
	setBasepri(0)
}
