//go:build mote && thumb

package interrupt

import "runtime/volatile"

// Disable keeps all interrupts from running, whatever their priority, until Restore is called with what it returns. Faults still
// do. It nests. The kernel masks far less; prefer the methods of one Interrupt or of package rtos where they serve.
// ISR-safe, never allocates.
func Disable() State {
	state := primask()
	cpsid()
	return State(state)
}

// Restore undoes the Disable that returned state.
func Restore(state State) { setPrimask(uintptr(state)) }

// In reports whether the code that calls it runs in a handler.
func In() bool { return ipsr() != 0 }

// Instructions that Go cannot express.
//
// Safety: each template is one or two instructions whose effect is what its comment says. The memory clobbers keep accesses on their
// side of it.

// primask is 1 while interrupts are masked.
//
//mote:inline "mrs $0, primask" "=r,~{memory}"
func primask() uintptr

//mote:inline "msr primask, $0" "r,~{memory}"
func setPrimask(v uintptr)

// cpsid masks all interrupts.
//
//mote:inline "cpsid i" "~{memory}"
func cpsid()

// ipsr is the number of the exception whose handler runs, 0 in a goroutine.
//
//mote:inline "mrs $0, ipsr" "=r"
func ipsr() uintptr

// synchronize waits until what was written to the interrupt controller has taken effect.
//
//mote:inline "dsb\n\tisb" "~{memory}"
func synchronize()

func load32(addr *uint32) uint32     { return volatile.LoadUint32(addr) }
func store32(addr *uint32, v uint32) { volatile.StoreUint32(addr, v) }
