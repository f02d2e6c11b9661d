//go:build mote

package runtime

// A goroutine whose depth the compiler knows (taskBounded) has a stack for that depth and no more. Collections and what follows a
// panic are not counted in it: they go on here, on a stack of the default size that all such goroutines share. A collection
// runs under lockSched, so nobody else can need the stack meanwhile; a panic keeps it, since it ends the program: functions
// with deferred calls have no bound, so nothing can recover.

// spare is that stack, which the linker lays out; the first such goroutine sets this up.
var spare struct {
	lo, hi           uintptr
	guard            uint8   // log2 of the size of its guard
	user             *g      // whose panic has taken it
	arg              any     // of that panic
	pc, sp           uintptr // where user left its own stack ...
	stackLo, stackHi uintptr // ... and where that is
}

// leaveBounded is leaveStack once a goroutine of known depth exists: a program without one does not link the scheduler for gopanic.
var leaveBounded func(e any, pc, sp uintptr)

// makespare sets the spare stack up. With the lock held.
func makespare() {
	if spare.hi != 0 {
		return
	}
	leaveBounded = leaveStack
	lo, hi := addressOf(&spareStart), addressOf(&spareEnd)
	spare.guard = guardOf(hi - lo)
	spare.lo = alignUp(lo, guardBytes(spare.guard))
	spare.hi = hi
}

// onSpare calls fn on the spare stack, under lockSched. It reports false when a panic has taken it.
func onSpare(fn func()) bool {
	if spare.user != nil {
		return false
	}
	toSpare()
	spillAndSwitch(fn, spare.hi, &getg().sp)
	fromSpare()
	return true
}

// leaveStack continues the panic with e on the spare stack for good. pc and sp are where the trace will begin.
//
//go:noinline
func leaveStack(e any, pc, sp uintptr) {
	lockSched()
	if spare.user != nil {
		unlockSched()
		waitForever(waitNone) // the other panic ends the program
	}
	toSpare()
	gp := getg()
	spare.user, spare.arg = gp, e
	spare.pc, spare.sp = pc, sp
	spare.stackLo, spare.stackHi = gp.stackLo, gp.stackHi
	gp.stackLo, gp.stackHi = spare.lo, spare.hi
	gp.guard = spare.guard
	gp.flags &^= taskBounded
	gp.guardSpare()
	spillAndSwitch(panicOnSpare, spare.hi, &gp.sp)
}

// panicOnSpare panics again, with room for it.
func panicOnSpare() {
	unlockSched()
	gopanic(spare.arg)
}

// returnToStack makes the goroutine's own stack what traces walk, and returns where it was left.
func returnToStack() (pc, sp uintptr) {
	getg().stackLo, getg().stackHi = spare.stackLo, spare.stackHi
	return spare.pc, spare.sp
}

// spillAndSwitch calls fn on the stack that ends at top. The caller's callee-saved registers are on its own stack, whose pointer is
// stored in *sp: the collector sees them.
//
// Safety: in asm/*_call.S; fn is an ordinary closure, top is 16-byte aligned, and the kernel is locked, so the switch does not find
// the goroutine on a stack that is not its own.
//
//mote:asm
func spillAndSwitch(fn func(), top uintptr, sp *uintptr)
