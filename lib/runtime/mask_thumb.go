//go:build mote && thumb && !armv6m && !multicore

package runtime

// maskState is how interrupts were before mask. BASEPRI is 0 then, since masks do not nest.
type maskState struct{}

// mask holds back the handlers that may call the kernel, and returns what unmask wants: those whose priority is 0x40 or less urgent.
func mask() maskState {
	maskBasepri()
	return maskState{}
}

// unmask lets handlers run again.
func unmask(maskState) { setBasepri(0) }
