//go:build mote && thumb && armv6m

package runtime

// cfsrSTKOF is the bit that tells of a stack limit; v6-M has none.
const cfsrSTKOF = 0

// faultStatus is all zero: v6-M has no fault status registers.
func faultStatus() (cfsr, hfsr, addr uintptr) { return 0, 0, 0 }
