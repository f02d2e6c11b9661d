//go:build mote && thumb && armv8m

package runtime

// On v8-M PSPLIM ends the stack of the running goroutine: a push below it is a fault (STKOF). The context switch saves and loads it, newContext
// begins it, so there is nothing to do here.

// guardBounded is log2 of the size of every guard. The switch saves up to 104 bytes below PSP by another register, which the limit does
// not watch: they go into the guard.
const guardBounded = 7

func guardOf(stack uintptr) uint8 { return guardBounded }

func guardstop() {}

// watch makes the guard of gp the one that is watched.
func (gp *g) watch() {}

// checkguard looks at what the goroutine that is leaving the processor has done; here a fault would have told.
func (gp *g) checkguard(sp uintptr) {}

// hitguard reports whether a fault, with this stack pointer at the interrupted goroutine, is an overflow of its stack.
func (gp *g) hitguard(cfsr, addr, sp uintptr) bool { return cfsr&cfsrSTKOF != 0 || sp < gp.stackEnd() }
