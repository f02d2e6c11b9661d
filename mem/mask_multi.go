//go:build mote && multicore

package mem

import "sync/atomic"

// ceiling is the kernel's (runtime/interrupt.Ceiling): handlers of more urgent interrupts do not use this package.
const ceiling = 0x40

// maskLock is held by the core that is under mask.
var maskLock atomic.Uint32

// mask keeps out handlers, and with them switches to other goroutines, and other cores until unmask. Masked code is a few instructions, and
// never masks again; so there is nothing to restore.
func mask() uintptr {
	raiseBasepri(ceiling)
	for !maskLock.CompareAndSwap(0, 1) {
	}
	return 0
}

func unmask(old uintptr) {
	maskLock.Store(0)
	setBasepri(old)
}

// Safety: writes BASEPRI, which has no other effect than its meaning.
//
//mote:inline "msr basepri_max, $0" "r,~{memory}"
func raiseBasepri(v uintptr)

//mote:inline "msr basepri, $0" "r,~{memory}"
func setBasepri(v uintptr)
