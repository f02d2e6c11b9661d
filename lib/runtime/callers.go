//go:build mote

package runtime

import "unsafe"

// A list of calls has a program counter for each function, inlined ones too. The code of an inlined function has no address of its
// own, so functions around one are given addresses where no memory is: bits 28 to 31 set, then how many functions further in
// there are, then the offset of the real address in the text.
const (
	innerBase  = 0xf0000000
	innerShift = 24
	innerMax   = 15
)

// encodePC is the program counter of the function around which depth inlined ones lie at pc.
func encodePC(pc, depth uintptr) uintptr {
	if depth == 0 {
		return pc
	}
	return innerBase + depth<<innerShift + (pc - addressOf(&textStart))
}

func decodePC(pc uintptr) (real, depth uintptr) {
	if pc < innerBase+1<<innerShift {
		return pc, 0
	}
	return pc&(1<<innerShift-1) + addressOf(&textStart), pc >> innerShift & innerMax
}

// callStart is where a list of calls begins: in the function that pc lies in or right behind, whose stack pointer, behind its
// prologue, is sp.
type callStart struct {
	pc, sp uintptr
	link   uintptr // where the function returns to if it is a leaf without a frame; 0 when it is none
	hi     uintptr // end of the stack
}

// running begins with the caller's function, which has passed its own pc and sp.
func running(pc, sp uintptr) callStart { return callStart{pc: pc, sp: sp, hi: ^uintptr(0)} }

// waiting begins where a goroutine that does not run will go on. With the lock held.
func waiting(gp *g) callStart {
	pc, sp := savedContext(gp.sp)
	return callStart{pc + 1, sp, savedLink(gp.sp), gp.stackHi}
}

// callers lists the calls in progress. Each entry is a return address, as Go's are. Skipped are the innermost skip functions;
// wrappers do not count.
//
// Safety: every function keeps its frame while it calls and has its return address in the last word (doc/spec/abi.md, "Goroutine
// trace"), so that the table's sizes lead from frame to frame inside the stack.
//
//go:noinline
func callers(skip int, pcs []uintptr, at callStart) int {
	n := 0
	var f tableFunction
	for findFunction(at.pc-1, &f) {
		s := f.site(at.pc - 1)
		c := callPosition{s.node, s.file, s.line}
		for depth := uintptr(0); ; depth++ {
			switch {
			case f.nameOf(c)&callKind == callHidden || depth > innerMax:
			case skip > 0:
				skip--
			case n == len(pcs):
				return n
			default:
				pcs[n] = encodePC(at.pc, depth)
				n++
			}
			if !f.outer(&c) {
				break
			}
		}
		if f.name&callKind == callBottom || !at.up(s.frame) {
			break
		}
	}
	return n
}

// up goes to the caller of a function with that frame; false when it cannot be found.
//
// Safety: see callers; what is read lies below the end of the stack.
func (at *callStart) up(frame uintptr) bool {
	link := at.link
	at.link = 0
	if frame == 0 {
		at.pc = link &^ codeBit
		return link != 0
	}
	at.sp += (frame - 1) * 4
	if at.sp > at.hi {
		return false
	}
	at.pc = *(*uintptr)(unsafe.Pointer(at.sp - 4)) &^ codeBit
	return true
}

// located is a program counter's function and position.
type located struct {
	tableFunction
	callPosition
}

// locate looks pc up. At its entry a function is itself, whatever was inlined there.
func locate(pc uintptr, l *located) bool {
	pc, depth := decodePC(pc)
	if !findFunction(pc, &l.tableFunction) {
		return false
	}
	l.callPosition = callPosition{0, l.tableFunction.file, l.tableFunction.line}
	if pc&^codeBit == l.low {
		return true
	}
	s := l.site(pc)
	l.callPosition = callPosition{s.node, s.file, s.line}
	for ; depth > 0 && l.outer(&l.callPosition); depth-- {
	}
	return true
}

func (l *located) function() string    { return tableString(l.nameOf(l.callPosition) >> 2) }
func (l *located) sourceFile() string  { return tableString(l.callPosition.file) }
func (l *located) sourceLine() int     { return int(l.callPosition.line) }
func (l *located) entryPoint() uintptr { return l.low | codeBit }
func (l *located) inlined() bool       { return l.node != 0 }
