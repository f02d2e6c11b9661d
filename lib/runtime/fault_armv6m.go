//go:build mote && thumb && armv6m

package runtime

// Bits that tell of a stack's guard; v6-M has none.
const (
	cfsrSTKOF   = 0
	cfsrMSTKERR = 0

	cfsrMMARValid = 0
)

// clearFaults does nothing.
func clearFaults() {}

// faultStatus is all zero: v6-M has no fault status registers.
func faultStatus() (cfsr, hfsr, addr uintptr) { return 0, 0, 0 }
