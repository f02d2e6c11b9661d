package handler

import (
	"go/token"
	"strings"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/callgraph"
	"mote/compiler/escape"
)

// kind is what is wrong with an operation in a handler.
type kind uint8

const (
	waits kind = iota // the worst first
	allocates
	locks  // enters the part of the kernel that only goroutines may be in
	kernel // calls the kernel at all: wrong only for handlers that it does not delay
	kinds
)

// operation is something that a handler must not do.
type operation struct {
	kind kind
	why  string // "" when the way to it says enough
}

// own is what an instruction does by itself, or nil.
func (c *checker) own(in ssa.Instruction) *operation {
	switch i := in.(type) {
	case *ssa.Send:
		return &operation{waits, "a send waits for a receiver"}
	case *ssa.UnOp:
		if i.Op == token.ARROW {
			return &operation{waits, "a receive waits for a sender"}
		}
	case *ssa.Select:
		return c.ownSelect(i)
	case *ssa.Go:
		return &operation{allocates, escape.Inherent(in)}
	case *ssa.Call:
		if c.reflective && isDynamic(&i.Call) {
			return &operation{allocates, "reflection may have made the function that is called"}
		}
	}
	return nil
}

// isDynamic tells calls of func values whose code nobody knows here.
func isDynamic(c *ssa.CallCommon) bool {
	_, builtin := c.Value.(*ssa.Builtin)
	return !builtin && !c.IsInvoke() && c.StaticCallee() == nil
}

// ownSelect: the kernel delays handlers while it looks at one channel, not while it chooses among several.
func (c *checker) ownSelect(s *ssa.Select) *operation {
	switch {
	case s.Blocking:
		return &operation{waits, "a select without default waits"}
	case len(s.States) > 1:
		return &operation{locks, "a select over several channels"}
	}
	return nil
}

// made is what a call that lowering put into the code means, or nil: an allocation has a reason in the source.
func (c *checker) made(call callgraph.Call) *operation {
	if call.Kind != callgraph.Runtime || call.Site == nil || !isAllocator(c.prog.SymbolName(call.Callee)) {
		return nil
	}
	why := escape.Inherent(call.Site)
	if why == "" {
		why = onHeap(call.Site)
		if reason := c.escape.Reason[call.Site]; reason != "" {
			why += ": " + reason
		}
	}
	return &operation{allocates, why}
}

// isAllocator tells the functions of package runtime that lowering calls for memory.
func isAllocator(symbol string) bool {
	name := strings.TrimPrefix(symbol, "runtime.")
	switch name {
	case "newobject", "newarray", "mallocgc", "makeslice", "makeslice64", "growslice", "concatstrings", "intstring",
		"slicebytetostring", "stringtoslicebyte", "stringtoslicerune", "slicerunetostring", "makemap", "makemap_small", "makechan", "makechan64":
		return true
	}
	return strings.HasPrefix(name, "mapassign")
}

// onHeap says what an instruction has on the heap.
func onHeap(in ssa.Instruction) string {
	switch i := in.(type) {
	case *ssa.Alloc:
		if token.IsIdentifier(i.Comment) && i.Comment != "new" && i.Comment != "complit" && i.Comment != "makeslice" {
			return i.Comment + " is on the heap"
		}
		return "the variable is on the heap"
	case *ssa.MakeClosure:
		return "the closure is on the heap"
	case *ssa.MakeSlice:
		return "the slice is on the heap"
	case *ssa.MakeInterface:
		return "the value in the interface is on the heap"
	case *ssa.Defer:
		return "defer in a loop needs memory"
	}
	return "memory for it is on the heap"
}

// directiveISR marks a function of the port that handlers may call whatever it does, as a part of the kernel that delays them.
const directiveISR = "isr"

// meaning is what a call of fn means whatever its code says, or nil.
func (c *checker) meaning(fn *ssa.Function) *operation {
	if obj := fn.Object(); obj != nil && c.prog.Directive(obj, directiveISR) != nil {
		return &operation{kind: kernel}
	}
	switch c.prog.SymbolName(fn) {
	case "runtime.mallocgc":
		return &operation{kind: allocates}
	case "runtime.park", "runtime.leave", "runtime.Goexit":
		return &operation{kind: waits}
	case "runtime.lockSched":
		return &operation{kind: locks}
	case "runtime.mask", "mote/mem.mask", "runtime.selectnbsend", "runtime.selectnbrecv": // of selects that ownSelect has looked at
		return &operation{kind: kernel}
	}
	return nil
}

// isEnd tells where a search ends: panics and other reports that end the program; what keeps the output of one print statement together,
// which is a counter that a handler leaves as it was; and printing of floating point numbers, which appends to an array that is large enough.
func isEnd(fn *ssa.Function) bool {
	if callgraph.Panics(fn) {
		return true
	}
	if fn.Pkg == nil || fn.Pkg.Pkg.Path() != "runtime" {
		return false
	}
	switch fn.Name() {
	case "printlock", "printunlock", "printfloat", "printfloat32", "printcomplex", "printcomplex64", "refuseInHandler":
		return true
	}
	return false
}
