//go:build mote && thumb && armv6m

package runtime

// maskState is PRIMASK as it was before mask. v6-M has no BASEPRI.
type maskState struct{ primask uint32 }

// mask holds back all handlers, and returns what unmask wants.
func mask() maskState { return maskState{maskAll()} }

// unmask lets handlers run again if they could before.
func unmask(m maskState) { setPrimask(m.primask) }

// masked reports whether the interrupted goroutine was between mask and unmask.
func masked() bool { return primaskNow() != 0 }

//mote:inline "mrs $0, primask" "=r"
func primaskNow() uint32

// Safety: each is what its template says.

//mote:inline "mrs $0, primask\n\tcpsid i" "=r,~{memory}"
func maskAll() uint32

//mote:inline "msr primask, $0" "r,~{memory}"
func setPrimask(v uint32)
