//go:build mote && thumb

package runtime

// Breakpoint stops in the debugger. Without one it is a fault.
//
// Safety: one instruction without operands.
//
//mote:inline "bkpt #0" "~{memory}"
func Breakpoint()
