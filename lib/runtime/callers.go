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

// callers lists the calls in progress from the function on that pc lies in and whose stack pointer, behind its prologue, is sp. Each
// entry is a return address, as Go's are. Skipped are the innermost skip functions; wrappers do not count.
//
// Safety: every function keeps its frame while it calls and has its return address in the last word (doc/spec/abi.md, "Goroutine
// trace"), so that the table's sizes lead from frame to frame inside the stack.
//
//go:noinline
func callers(skip int, pcs []uintptr, pc, sp uintptr) int {
	n := 0
	var f tableFunction
	for findFunction(pc-1, &f) {
		s := f.site(pc - 1)
		c := callPosition{s.node, s.file, s.line}
		for depth := uintptr(0); ; depth++ {
			switch {
			case f.nameOf(c)&callKind == callHidden || depth > innerMax:
			case skip > 0:
				skip--
			case n == len(pcs):
				return n
			default:
				pcs[n] = encodePC(pc, depth)
				n++
			}
			if !f.outer(&c) {
				break
			}
		}
		if f.name&callKind == callBottom || s.frame == 0 {
			break
		}
		sp += (s.frame - 1) * 4
		pc = *(*uintptr)(unsafe.Pointer(sp - 4)) &^ codeBit
	}
	return n
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
