//go:build mote && multicore

package runtime

import "unsafe"

// The kernel lock on several cores: a depth for each goroutine, which keeps the switch of its core out, and one lock for all cores, which whoever is
// in the kernel holds. Handlers only have the depth: what they touch is under mask, which is a lock between cores here. So no handler
// waits for a core that is in the kernel for long.
//
// Order: nobody who is under mask enters the kernel.

// multicore says that goroutines run on several cores at a time.
const multicore = true

// own is what only the running goroutine touches, and handlers that interrupt it, at the lowest address of every stack. The limit register,
// which the context switch loads with the other registers, leads there: so it is found without asking on which core this is, an answer that would
// be wrong when a switch came right behind it. The switch saves up to 104 bytes below the limit, in the same guard, above these.
type own struct {
	g     *g
	depth uint32 // of the kernel; the switch does nothing when it is not 0
	pend  uint32 // a switch was requested or came meanwhile
}

// ownBelow is how far below the limit they are; asm/cortexm_switch.S knows it.
const ownBelow = 1 << guardBounded

// stackLimit is PSPLIM.
//
//mote:inline "mrs $0, psplim" "=r"
func stackLimit() uintptr

// setStackLimit writes it.
//
//mote:inline "msr psplim, $0" "r,~{memory}"
func setStackLimit(limit uintptr)

// ofRunning is the own of the running goroutine; in a handler that of the interrupted one, which on a core without work is its idle goroutine.
//
// Safety: setguard has laid it out before the goroutine's limit was loaded.
func ofRunning() *own { return (*own)(unsafe.Pointer(stackLimit() - ownBelow)) }

// getg is the running goroutine. In handlers it is the interrupted one.
func getg() *g { return ofRunning().g }

// setmain makes goroutine 1 the running one.
func setmain() {
	cores[0].cur = &g1
	g1.setguard()
	setStackLimit(g1.stackEnd())
}

// setguard prepares the guard of a new stack.
//
// Safety: the guard is the goroutine's and nobody has it yet.
func (gp *g) setguard() { *(*own)(unsafe.Pointer(gp.stackLo)) = own{g: gp} }

func guardstart() {}

// kernelLock is held by the core that is in the kernel: those that wait for it get it in the order in which they came.
var kernelLock ticketLock

// lockSched enters the kernel; it nests. A goroutine waits until no other core is in the kernel.
func lockSched() {
	o := ofRunning()
	depth := o.depth
	o.depth = depth + 1
	barrier()
	if depth == 0 && handlerException() == 0 && !kernelLock.try() {
		spillAndAwait()
	}
}

// spillAndAwait calls awaitKernel with the caller's callee-saved registers on the stack, where the collector of another core sees them.
//
// Safety: in asm/cortexm_call.S.
//
//mote:asm
//mote:calls awaitKernel
func spillAndAwait()

// awaitKernel waits for the lock. It gets in line only now that its stack has all that it needs: a goroutine that ends by an overflow would never take its turn.
func awaitKernel() {
	gp := getg()
	gp.sp = getsp()
	c := gp.core()
	storeRelease(&c.parked, 1)
	kernelLock.acquire()
	c.parked = 0
}

// unlockSched leaves the kernel, with a context switch if one became due meanwhile.
func unlockSched() {
	barrier()
	o := ofRunning()
	left := o.depth - 1
	if left != 0 {
		o.depth = left
		return
	}
	if handlerException() == 0 {
		kernelLock.release()
	}
	o.depth = 0
	barrier()
	if o.pend != 0 {
		o.pend = 0
		requestSwitch()
	}
}

// dropSched leaves the kernel however deep, for a goroutine that waits or ends. Under mask, so that the switch comes behind it.
func dropSched() {
	kernelLock.release()
	ofRunning().depth = 0
}

// resetSched undoes what a contained goroutine did that a fault has ended: its report, which in a handler has not taken the lock.
func resetSched() { ofRunning().depth = 0 }

// locked reports whether the running goroutine is in the kernel.
func locked() bool { return ofRunning().depth != 0 }

// switchLater requests a switch for when the kernel is left.
func switchLater() { ofRunning().pend = 1 }
