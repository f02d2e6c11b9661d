//go:build mote && thumb && !armv6m

package runtime

// masked reports whether the interrupted goroutine was between mask and unmask.
func masked() bool { return basepri() != 0 }

//mote:inline "mrs $0, basepri" "=r"
func basepri() uint32

// Safety: each writes BASEPRI; writing BASEPRI_MAX never lowers the priority (Armv7-M ARM B5.2.3). An increase takes effect before
// the next instruction, so no barrier is needed (B1.4.3). The scratch result is where 0x40 is.

//mote:inline "movs $0, #0x40\n\tmsr basepri_max, $0" "=l,~{memory},~{cpsr}"
func maskBasepri() uint32

//mote:inline "msr basepri, $0" "r,~{memory}"
func setBasepri(v uint32)
