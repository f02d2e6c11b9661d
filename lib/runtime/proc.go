//go:build mote

package runtime

import "unsafe"

// lowMemoryShare is the part of the heap, one in so many, below which starting a goroutine lets the others run first.
const lowMemoryShare = 8

// scarceGarbage is the part of the heap, one in so many, that must have been allocated since the last collection for another one to
// be worth its time when a goroutine is started and there is no room for a stack.
const scarceGarbage = 64

// newproc starts a goroutine that calls fn, on a stack of this many bytes; 0 means the default size. The go statement calls it
// with what compiler/stack has found that fn needs.
func newproc(fn func(), stack uintptr) {
	if fn == nil {
		fatal("go of nil func value")
	}
	if kern.started && memory.Total()-memory.InUse() < memory.Total()/lowMemoryShare {
		Gosched() // so that goroutines that can end do, and leave their stacks
		awaitStacks()
	}
	lockSched()
	gp := newtask(fn, stack, defaultPriority)
	kern.count++
	kern.lastID++
	gp.id = kern.lastID
	goready(gp)
	unlockSched()
}

// awaitStacks lets the other goroutines run while memory has no room for a stack, for a second at most: a program that starts
// goroutines faster than they end goes on more slowly then, and one whose goroutines do not end still runs out of memory.
func awaitStacks() {
	if !stacksScarce() {
		return
	}
	if memory.InUse() > kern.liveBytes+memory.Total()/scarceGarbage {
		lockSched()
		collectGarbage()
		kern.liveBytes = memory.InUse()
		unlockSched()
	}
	for start := ticks(); kern.count > 0 && stacksScarce() && ticks()-start < uint32(addressOf(&tickHertz)); {
		Gosched()
	}
}

// stacksScarce tells whether a stack of the default size, or a little more than that, does not fit the heap.
func stacksScarce() bool {
	lockSched()
	freedead()
	largest := memory.LargestFree()
	unlockSched()
	return largest < 2*addressOf(&stackSizeDefault)
}

// newtask makes a goroutine that waits and will begin with fn. With the lock held.
//
// Safety: a func value is one pointer, so it fits param.
func newtask(fn func(), stack uintptr, priority uint8) *g {
	schedstart()
	flags := uint8(0)
	switch {
	case stack == 0:
		stack = addressOf(&stackSizeDefault)
	case stack&stackReserved != 0:
		stack &^= stackReserved
	default:
		flags = taskBounded
		makespare()
	}
	gp := takestack(stack)
	gp.flags = flags
	gp.param = *(*unsafe.Pointer)(unsafe.Pointer(&fn))
	gp.status = taskWaiting
	gp.priority = priority
	*gp.canary() = stackCanary
	gp.sp = newContext(gp.stackLo, uintptr(unsafe.Pointer(gp)), entryAddress(taskmain))
	gp.allNext = allgs
	allgs.allPrev = gp
	allgs = gp
	return gp
}

// stackReserved in the size of a stack says that it is no bound: it takes the place of the default. compiler/stack sets it.
const stackReserved = 1

// taskBytes is the room for a control block at the top of a stack block; it keeps the stack pointer 16-byte aligned.
const taskBytes = (unsafe.Sizeof(g{}) + 15) &^ 15

// takestack returns the zeroed control block at the top of a stack block of this size: that of a dead goroutine if one fits exactly,
// otherwise new.
//
// Safety: a block is big enough for the control block; nothing refers to a dead goroutine's. The heap aligns it to 8 bytes, and the
// 8 more that are asked for let its end be aligned to 16, as RISC-V's stack pointer wants.
func takestack(stack uintptr) *g {
	size := (stack + taskBytes + 15) &^ 15
	if n := kern.dead.Pop(); n != nil {
		gp := taskOf(n)
		lo, hi := gp.stackLo, gp.stackHi
		if (hi-lo)&^15 == size {
			*gp = g{stackLo: lo, stackHi: hi}
			return gp
		}
		kern.dead.Push(&gp.link)
		freedead()
	}
	lo := uintptr(stackalloc(size + 8))
	hi := (lo + size + 8) &^ 15
	gp := (*g)(unsafe.Pointer(hi - taskBytes))
	*gp = g{stackLo: lo, stackHi: hi}
	return gp
}

// freedead gives the stacks of dead goroutines back to the heap. The collector calls it first, under lockSched.
func freedead() {
	for n := kern.dead.Pop(); n != nil; n = kern.dead.Pop() {
		stackfree(unsafe.Pointer(taskOf(n).stackLo))
	}
}

// entryAddress is the code address of a function without captured values.
//
// Safety: a func value points at a closure whose first word is the code.
func entryAddress(fn func()) uintptr { return **(**uintptr)(unsafe.Pointer(&fn)) }

// taskmain is where every goroutine but the first begins.
//
// Safety: param holds the func value that newtask stored.
func taskmain() {
	fn := *(*func())(unsafe.Pointer(&curg.param))
	curg.param = nil
	fn()
	goexit0()
}

// goexit0 ends the running goroutine, whose deferred calls have all run.
func goexit0() {
	lockSched()
	gp := curg
	schedstart()
	gp.status = taskDead
	if gp == &g1 {
		kern.mainExited = true // it stays in the list, and its stack is not one to use again
	} else {
		if gp.flags&taskSystem == 0 {
			kern.count--
		}
		unlinktask(gp)
		kern.dead.Push(&gp.link)
	}
	schedState.pend = 1
	unlockSched()
}

// unlinktask takes gp off the list of all goroutines. Goroutine 1 is the last of it and never leaves.
func unlinktask(gp *g) {
	gp.allNext.allPrev = gp.allPrev
	if gp.allPrev == nil {
		allgs = gp.allNext
	} else {
		gp.allPrev.allNext = gp.allNext
	}
}

// Gosched lets other goroutines of the same priority run.
func Gosched() {
	lockSched()
	kern.yield = true
	schedstart()
	schedState.pend = 1
	unlockSched()
}

// NumGoroutine is the number of goroutines that exist.
func NumGoroutine() int {
	n := int(kern.count) + 1
	if kern.mainExited {
		n--
	}
	return n
}

// LockOSThread does nothing: there is one thread.
func LockOSThread() {}

// UnlockOSThread does nothing: there is one thread.
func UnlockOSThread() {}
