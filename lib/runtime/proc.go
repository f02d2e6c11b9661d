//go:build mote

package runtime

import (
	"internal/kernel/ready"
	"unsafe"
)

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
	countTask()
	gp := newtask(fn, stack, defaultPriority)
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

// newtask makes a goroutine that waits and will begin with fn, on a stack of this many bytes as newproc has it. With the lock held.
func newtask(fn func(), stack uintptr, priority uint8) *g {
	schedstart()
	flags, guard, bound := uint8(0), uint8(0), uintptr(0)
	switch {
	case stack == 0:
		stack = addressOf(&stackSizeDefault)
		guard = guardOf(stack)
	case stack&stackReserved != 0:
		stack &^= stackReserved
		guard = guardOf(stack)
	default:
		flags = taskBounded
		guard = guardBounded
		bound = stack
		stack += 1<<guard + stackRoom
		makespare()
	}
	if flags&taskBounded == 0 {
		stack -= 1 << guard // what its alignment takes; the size is a guess anyway
	}
	gp := takestack(stack, guard)
	gp.flags = flags
	begin(gp, fn, priority)
	gp.paint(bound)
	return gp
}

// begin lets gp, whose stack is laid out, wait to call fn.
//
// Safety: a func value is one pointer, so it fits frame, at which nobody looks before the goroutine runs.
func begin(gp *g, fn func(), priority uint8) {
	gp.frame = *(**deferFrame)(unsafe.Pointer(&fn))
	gp.status = taskWaiting
	gp.priority = priority
	gp.base = priority
	gp.setguard()
	gp.sp = newContext(gp.stackEnd(), uintptr(unsafe.Pointer(gp)), entryAddress(taskmain))
}

// enlist appends gp, which is new, to the list of all goroutines.
func enlist(gp *g) {
	gp.allNext = nil
	kern.last.allNext = gp
	kern.last = gp
}

// stackReserved in the size of a stack says that it is no bound: it takes the place of the default. compiler/stack sets it.
const stackReserved = 1

// taskBytes is the room for a control block at the top of a stack block; it keeps the stack pointer 16-byte aligned.
const taskBytes = (unsafe.Sizeof(g{}) + 15) &^ 15

// deadLooks is how many dead goroutines takestack looks at.
const deadLooks = 4

// takestack returns the zeroed control block at the top of a stack block of this size: that of a dead goroutine if one of the last that
// died fits exactly, otherwise new.
//
// Safety: a block is big enough for guard and control block; nothing refers to a dead goroutine's. The heap aligns it to 8 bytes; the end of a
// stack is aligned to 16, as RISC-V's stack pointer wants, and its beginning as its guard wants.
func takestack(stack uintptr, guard uint8) *g {
	size := (stack + taskBytes + 1<<guard + 15) &^ 15
	if gp := takedead(size, guard); gp != nil {
		return gp
	}
	block := uintptr(stackalloc(size))
	hi := (block + size) &^ 15
	gp := (*g)(unsafe.Pointer(hi - taskBytes))
	lo := alignUp(block, 1<<guard)
	*gp = g{stackLo: lo, stackHi: hi, guard: guard, slack: uint8((lo - block) / 8)}
	enlist(gp)
	return gp
}

// takedead takes the zeroed control block of a dead goroutine whose stack block has this size and guard off the list of those, nil when there is
// none. It stays in the list of all goroutines.
func takedead(size uintptr, guard uint8) *g {
	var before *ready.Node
	n := kern.dead.First()
	for looks := 0; n != nil && looks < deadLooks; looks++ {
		gp := taskOf(n)
		if gp.guard == guard && gp.left() && (gp.stackHi-gp.block()+8)&^15 == size {
			kern.dead.RemoveAfter(before)
			*gp = g{stackLo: gp.stackLo, stackHi: gp.stackHi, guard: guard, slack: gp.slack, allNext: gp.allNext}
			return gp
		}
		before, n = n, n.Next
	}
	return nil
}

func alignUp(addr, to uintptr) uintptr { return (addr + to - 1) &^ (to - 1) }

// freedead gives the stacks of dead goroutines back to the heap. The collector calls it first, under lockSched.
func freedead() {
	if kern.dead.First() == nil {
		return
	}
	kern.dead = ready.List{}
	last := allgs
	for gp := allgs.allNext; gp != nil; {
		next := gp.allNext
		if gp.status == taskDead && gp.left() {
			last.allNext = next
			stackfree(unsafe.Pointer(gp.block()))
		} else {
			if gp.status == taskDead && gp != &g1 {
				kern.dead.Push(&gp.link)
			}
			last = gp
		}
		gp = next
	}
	kern.last = last
}

// entryAddress is the code address of a function without captured values.
//
// Safety: a func value points at a closure whose first word is the code.
func entryAddress(fn func()) uintptr { return **(**uintptr)(unsafe.Pointer(&fn)) }

// taskmain is where every goroutine but the first begins.
//
// Safety: frame has the func value that begin stored.
func taskmain() {
	fn := *(*func())(unsafe.Pointer(&getg().frame))
	getg().frame = nil
	fn()
	goexit0()
}

// goexit0 ends the running goroutine, whose deferred calls have all run.
func goexit0() {
	getg().checkmark()
	lockSched()
	gp := getg()
	schedstart()
	switch {
	case gp == &g1:
		kern.mainExited = true // it stays in the list, and its stack is not one to use again
	case gp.flags&taskStatic != 0:
		unlist(gp) // from now on the memory is the program's again, but for what the switch saves there
		kern.count--
	default:
		if gp.flags&taskSystem == 0 {
			kern.count--
		}
	}
	m := mask()
	dequeue(gp)
	gp.status = taskDead
	if gp != &g1 && gp.flags&taskStatic == 0 {
		kern.dead.Push(&gp.link)
	}
	dropSched()
	leave(m)
}

// unlist takes gp out of the list of all goroutines. It looks at those that are older.
func unlist(gp *g) {
	before := allgs
	for before.allNext != gp {
		before = before.allNext
	}
	before.allNext = gp.allNext
	if kern.last == gp {
		kern.last = before
	}
}

// Gosched lets other goroutines of the same priority run.
func Gosched() { yieldTurn() }

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
