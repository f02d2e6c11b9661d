//go:build mote && riscv32

package runtime

// Breakpoint stops in the debugger. Without one it is a fault.
//
// Safety: one instruction without operands.
//
//mote:inline "ebreak" "~{memory}"
func Breakpoint()
