//go:build mote && riscv32

package mem

// mask keeps out all handlers, and with them switches to other goroutines, until unmask with its result. Masked code is a few
// instructions, and never masks again.
func mask() uintptr { return clearMIE() & 8 }

func unmask(old uintptr) { setMIE(old) }

// Safety: clear and set mstatus.MIE (bit 3), which has no other effect than its meaning.
//
//mote:inline "csrrci $0, mstatus, 8" "=r,~{memory}"
func clearMIE() uintptr

//mote:inline "csrs mstatus, $0" "r,~{memory}"
func setMIE(v uintptr)
