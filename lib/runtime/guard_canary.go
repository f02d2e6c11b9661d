//go:build mote && (riscv32 || armv6m)

package runtime

import "unsafe"

// Where no hardware watches stacks (v6-M; PMP does not bind machine mode), the first word of the guard is a canary, which the context switch looks at
// when the goroutine leaves the processor. An overflow is noticed at the next switch or tick, after it has happened.

const guardBounded = 3 // log2 of the size of every guard

// stackCanary is the first word of a guard. It changes only when the stack overflows.
const stackCanary = 0x57ac0c4d

func guardOf(stack uintptr) uint8 { return guardBounded }

func guardstart() {}

func guardstop() {}

// setguard prepares the guard of a new stack.
func (gp *g) setguard() { *gp.canary() = stackCanary }

// watch makes the guard of gp the one that is watched.
func (gp *g) watch() {}

// canary is the lowest word of a goroutine's stack.
//
// Safety: stackLo is aligned and belongs to the stack.
func (gp *g) canary() *uint32 { return (*uint32)(unsafe.Pointer(gp.stackLo)) }

// checkguard looks at what the goroutine that is leaving the processor has done.
func (gp *g) checkguard(sp uintptr) {
	if sp < gp.stackEnd() || *gp.canary() != stackCanary {
		stackoverflow(gp)
	}
}

// hitguard reports whether a fault, with this stack pointer at the interrupted goroutine, is an overflow of its stack.
func (gp *g) hitguard(cfsr, addr, sp uintptr) bool {
	return sp < gp.stackEnd() || *gp.canary() != stackCanary
}
