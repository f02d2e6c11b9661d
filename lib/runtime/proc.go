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
	if !slotsFor(stack).left() {
		awaitStacks()
	}
	lockSched()
	checkTasks()
	gp := newtask(stack)
	begin(gp, fn, defaultPriority, stack)
	gp.launch()
}

// launch makes gp, which the program has started, ready, and returns its number. With the lock held, which it releases: then gp may be another goroutine.
//
//mote:unchecked
func (gp *g) launch() (id uint32) {
	id = gp.number()
	goready(gp)
	unlockSched()
	return id
}

// number counts gp and gives it its number.
//
//mote:unchecked
func (gp *g) number() (id uint32) {
	kern.count++
	id = kern.lastID + 1
	kern.lastID = id
	gp.id = id
	return id
}

// awaitStacks lets the other goroutines run when memory is low, so that those that can end do and leave their stacks, and goes on with that while it has
// no room for a stack, for a second at most: a program that starts goroutines faster than they end goes on more slowly then, and one whose goroutines do not
// end still runs out of memory.
func awaitStacks() {
	if memory.Total()-memory.InUse() >= memory.Total()/lowMemoryShare {
		return
	}
	Gosched()
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

// newtask makes a goroutine that has nothing to do yet, on a stack of this many bytes as newproc has it. With the lock held.
func newtask(stack uintptr) *g {
	schedstart()
	size := stack &^ (stackKinds | stackReserved)
	if !bounded(stack) {
		if size == 0 {
			size = addressOf(&stackSizeDefault)
		}
		return takestack(size+taskBytes, stack, guardOf(size), 0) // its guard is within that; the size is a guess anyway
	}
	makespare()
	return takestack(size+boundedRoom, stack, guardBounded, taskBounded)
}

// begin lets gp, whose stack is laid out, wait to call fn, which needs that many bytes if it is known.
//
// Safety: a func value is one pointer, so it fits frame, at which nobody looks before the goroutine runs.
//
//mote:unchecked
func begin(gp *g, fn func(), priority uint8, bound uintptr) {
	gp.frame = *(**deferFrame)(unsafe.Pointer(&fn))
	gp.status = taskWaiting
	gp.priority = priority
	gp.base = priority
	gp.setguard()
	gp.sp = newContext(gp.stackEnd(), gp.emptyStack(), entryAddress(taskmain))
	if gp.flags&taskBounded == 0 {
		bound = 0
	}
	gp.paint(bound &^ stackKinds)
}

// enlist appends gp, which is new, to the list of all goroutines.
//
//mote:unchecked
func enlist(gp *g) {
	gp.allNext = nil
	kern.last.allNext = gp
	kern.last = gp
}

// The size of a stack, a multiple of 16, has more in its lowest bits, which compiler/stack sets.
const (
	stackReserved = 1      // it is no bound: it takes the place of the default
	stackKinds    = 7 << 1 // which slots are for it: see taskslots.go
)

// bounded tells whether the size of a stack is a bound.
func bounded(stack uintptr) bool { return stack > stackKinds && stack&stackReserved == 0 }

// taskBytes is the room for a control block at the top of a stack block; it keeps the stack pointer 16-byte aligned.
const taskBytes = (unsafe.Sizeof(g{}) + 15) &^ 15

// boundedRoom is what a goroutine of known depth has besides that in the block of its stack: what the guard's alignment can take, the guard and
// the control block. The build makes slots by it, by taskBytes and by nameBytes (compiler/slots).
const boundedRoom = 2<<guardBounded + stackRoom + taskBytes

// deadLooks is how many dead goroutines takedead looks at.
const deadLooks = 4

// takestack returns the control block at the top of a stack block of size bytes: in a slot for this size of stack, as newproc has it, if there is one,
// otherwise that of a dead goroutine if one of the last that died fits exactly, otherwise new.
//
// Safety: a block is big enough for guard and control block; nothing refers to a dead goroutine's. The heap aligns it to 8 bytes; the end of a
// stack is aligned to 16, as RISC-V's stack pointer wants, and its beginning as its guard wants.
//
//mote:unchecked
func takestack(size, stack uintptr, guard, flags uint8) *g {
	s := slotsFor(stack)
	if gp := s.take(size); gp != nil {
		gp.layout(uintptr(unsafe.Pointer(gp))+taskBytes-s.size, guard, flags|taskInSlot)
		gp.slack = uint8(stack & stackKinds >> 1)
		return gp
	}
	var block uintptr
	gp := takedead(size)
	if gp != nil {
		block = gp.block()
	} else {
		block = uintptr(stackalloc(size))
		gp = (*g)(unsafe.Pointer((block+size)&^15 - taskBytes))
		enlist(gp)
	}
	gp.layout(block, guard, flags)
	return gp
}

// layout begins the control block of gp, at the top of the block of its stack. It stays in the list of all goroutines.
//
//mote:unchecked
func (gp *g) layout(block uintptr, guard, flags uint8) {
	lo := alignUp(block, guardBytes(guard))
	*gp = g{stackLo: lo, stackHi: uintptr(unsafe.Pointer(gp)) + taskBytes, guard: guard, slack: uint8((lo - block) / 8), flags: flags, allNext: gp.allNext}
}

// takedead takes the control block of a dead goroutine whose stack block on the heap has this size off the list of those, nil when there is
// none. It stays in the list of all goroutines.
//
//mote:unchecked
func takedead(size uintptr) *g {
	var before *ready.Node
	n := kern.dead.First()
	for looks := 0; n != nil && looks < deadLooks; looks++ {
		gp := taskOf(n)
		if gp.left() && (gp.stackHi-gp.block()+8)&^15 == size {
			kern.dead.RemoveAfter(before)
			return gp
		}
		before, n = n, n.Next
	}
	return nil
}

func alignUp(addr, to uintptr) uintptr { return (addr + to - 1) &^ (to - 1) }

// freedead gives the stacks of dead goroutines back to the heap. The collector calls it first, under lockSched.
//
//mote:unchecked
func freedead() {
	if kern.dead.First() == nil {
		return
	}
	kern.dead = ready.List{}
	last := allgs
	for gp := allgs.allNext; gp != nil; {
		next := gp.allNext
		switch {
		case gp.status != taskDead || gp.flags&taskInSlot != 0:
			last = gp
		case gp.left():
			last.allNext = next
			memory.Free(gp.block())
		default:
			kern.dead.Push(&gp.link)
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
//
//mote:unchecked
func taskmain() {
	fn := *(*func())(unsafe.Pointer(&getg().frame))
	getg().frame = nil
	fn()
	goexit0()
}

// goexit0 ends the running goroutine, whose deferred calls have all run.
//
//mote:unchecked
func goexit0() {
	getg().checkmark()
	lockSched()
	gp := getg()
	schedstart()
	var dead *ready.List
	switch {
	case gp == &g1:
		kern.mainExited = true // it stays in the list, and its stack is not one to use again
	case gp.flags&taskStatic != 0:
		unlist(gp) // from now on the memory is the program's again, but for what the switch saves there
	case gp.flags&taskInSlot != 0:
		dead = &taskSlots[gp.slack].free
	default:
		dead = &kern.dead
	}
	if gp != &g1 && gp.flags&taskSystem == 0 {
		kern.count--
	}
	m := mask()
	dequeue(gp)
	gp.status = taskDead
	if dead != nil {
		dead.Push(&gp.link)
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
