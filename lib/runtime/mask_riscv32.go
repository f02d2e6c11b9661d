//go:build mote && riscv32

package runtime

// maskState is the bit MIE of mstatus as it was before mask.
type maskState struct{ mie uint32 }

const mstatusMIE = 1 << 3

// mask holds back all traps of interrupts, and returns what unmask wants.
func mask() maskState { return maskState{maskAll() & mstatusMIE} }

// unmask lets them through again if they could before.
func unmask(m maskState) { setMstatus(m.mie) }

// mstatusMPIE is MIE as it was before the trap that is being handled.
const mstatusMPIE = 1 << 7

// masked reports whether the interrupted goroutine was between mask and unmask.
func masked() bool { return mstatus()&mstatusMPIE == 0 }

//mote:inline "csrr $0, mstatus" "=r"
func mstatus() uint32

// Safety: each is what its template says.

//mote:inline "csrrci $0, mstatus, 8" "=r,~{memory}"
func maskAll() uint32

//mote:inline "csrs mstatus, $0" "r,~{memory}"
func setMstatus(v uint32)
