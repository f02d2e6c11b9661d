//go:build mote && mote.checkstack

package runtime

import "unsafe"

// High-water marks of stacks, in programs built with -tags=mote.checkstack: a stack is filled with a pattern before it is used, and what is
// no longer pattern has been in use. When a goroutine or the program ends, the mark is compared with the bound that the compiler
// has found; a mark above it ends the program, since it is a defect of the compiler. Stacks with a bound get stackRoom more
// than that here, so that there is something to see instead of an overflow.
//
// Layout of a painted stack from g.stackEnd() on: a word with paintMark and the bound, then the pattern.

const (
	stackFill = 0x5ac1f111 // no address of anything
	stackRoom = 256        // bytes

	paintMark = 0x5ac10000 // in the upper half of the first word
	maxBound  = 0xffff
)

// mainBound and handlerBound are what the compiler has found for goroutine 1 and for the handler stack, 0 for no bound: compiler/stack writes
// them into the image by their names. Not 0 here, so that they are in the image.
var mainBound, handlerBound uint32 = 1, 1

// boundOf reads one of them as it is in memory, not in the source.
//
// Safety: an ordinary word.
//
//go:noinline
func boundOf(word *uint32) uintptr { return uintptr(mmioLoad(uintptr(unsafe.Pointer(word)))) }

// paintstacks prepares the stack of goroutine 1, below what is in use, and that of handlers. start calls it before there are any.
//
//go:noinline
func paintstacks() {
	paint(addressOf(&handlerStackBottom), addressOf(&handlerStackTop))
	g1.paint(min(boundOf(&mainBound), maxBound))
}

// paint prepares the stack of gp, which has not run or is running; bound is what it needs at most, 0 when that is not known.
//
//go:noinline
func (gp *g) paint(bound uintptr) {
	lo, hi := gp.stackEnd(), gp.sp
	if gp == &g1 {
		hi = getsp()
	}
	*(*uint32)(unsafe.Pointer(lo)) = paintMark | uint32(min(bound, maxBound))
	for p := lo + 4; p < hi; p += 4 {
		*(*uint32)(unsafe.Pointer(p)) = stackFill
		barrier() // or LLVM calls a function for it, on this stack
	}
}

// paint fills memory.
//
// Safety: nobody uses it.
func paint(lo, hi uintptr) {
	for p := lo; p < hi; p += 4 {
		*(*uint32)(unsafe.Pointer(p)) = stackFill
	}
}

// lowest is the first address from lo on that has been in use, hi if none has.
//
// Safety: the range is a stack.
func lowest(lo, hi uintptr) uintptr {
	for lo < hi && *(*uint32)(unsafe.Pointer(lo)) == stackFill {
		lo += 4
	}
	return lo
}

// top is where the stack of gp begins to be used.
func (gp *g) top() uintptr {
	if gp == &g1 {
		return gp.stackHi
	}
	return uintptr(unsafe.Pointer(gp))
}

// painted returns the bound of gp's stack if it has been painted and its first word is whole.
//
// Safety: the word belongs to the stack.
func (gp *g) painted() (bound uintptr, ok bool) {
	word := *(*uint32)(unsafe.Pointer(gp.stackEnd()))
	return uintptr(word & maxBound), word&^maxBound == paintMark
}

// used is how many bytes of gp's stack have been in use; all of it when that cannot be told.
func (gp *g) used() uintptr {
	if _, ok := gp.painted(); !ok {
		return gp.top() - gp.stackEnd()
	}
	return gp.top() - lowest(gp.stackEnd()+4, gp.top())
}

// checkmark ends the program if gp has used more of its stack than the compiler says that it can.
func (gp *g) checkmark() {
	bound, ok := gp.painted()
	if !ok && gp.flags&taskBounded != 0 {
		stackAbove(gp, gp.used(), gp.used()-stackRoom)
	}
	if used := gp.used(); ok && bound != 0 && bound != maxBound && used > bound {
		stackAbove(gp, used, bound)
	}
}

// dropBound says that goroutine 1 has no bound from now on, because a collection runs on its stack, which is not counted in one
// (compiler/stack/known.go). Other stacks of a size that is not the compiler's have none from the start.
//
// Safety: the word belongs to the stack.
func dropBound() {
	if getg() == &g1 {
		*(*uint32)(unsafe.Pointer(g1.stackEnd())) = paintMark
	}
}

// checkstacks looks at all stacks when the program ends, unless it does with a report already.
func checkstacks() {
	if dying != 0 {
		return
	}
	for gp := allgs; gp != nil; gp = gp.allNext {
		if gp.status != taskDead {
			gp.checkmark()
		}
	}
	hi := addressOf(&handlerStackTop)
	if used, bound := hi-lowest(addressOf(&handlerStackBottom), hi), boundOf(&handlerBound); bound != 0 && used > bound {
		stackAbove(nil, used, bound)
	}
}

// stackAbove reports a mark above its bound; gp is nil for the handler stack. Not counted in depths (compiler/stack/known.go): it runs when
// a goroutine is done.
//
//go:noinline
func stackAbove(gp *g, used, bound uintptr) {
	startdying()
	printstring("fatal error: ")
	if gp == nil {
		printstring("the handler stack")
	} else {
		printstring("the stack of goroutine ")
		printuint(uint64(gp.id))
		if gp.flags&taskNamed != 0 {
			printstring(" (")
			printstring(*gp.name())
			printstring(")")
		}
	}
	printstring(" has been ")
	printuint(uint64(used))
	printstring(" bytes deep, more than its bound of ")
	printuint(uint64(bound))
	printnl()
	exit(exitPanic)
}
