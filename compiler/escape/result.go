// Package escape decides which allocations may live in the frame of the function that makes them.
//
// The analysis is whole-program, flow-insensitive and conservative. Every pointer-carrying SSA register is a location, and so is
// the memory made by every allocating instruction; an assignment is an edge with a number of dereferences (see graph). What is
// assigned through a pointer, to a global or to code that nobody can see has escaped. Functions are summarised by how their
// parameters and captured variables get to the heap and to the results; calls through interfaces and func values use
// the join over all functions that the closed world offers.
//
// Invariant: in Stack stands nothing that a pointer can reach after the function returns, or, in a loop, after
// the same instruction has run again, as its slot in the frame is used anew each time. Start reading at Analyze.
package escape

import (
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// MaxObject is the size in bytes up to which an allocation may be in a frame: stacks are small.
const MaxObject = 512

// MaxObjectNoHeap takes its place where there is no heap to put larger ones on: it is gc's own limit for what is not declared as a
// variable. How much stack that takes compiler/stack says.
const MaxObjectNoHeap = 64 << 10

// Result answers for each allocating instruction of the reached functions whether it may live on the stack.
// An instruction can be *ssa.Alloc (Heap), *ssa.MakeClosure, *ssa.MakeSlice with constant size, *ssa.MakeInterface (its box), *ssa.Slice of a new array,
// *ssa.Convert (between strings, slices and runes) and *ssa.BinOp (a sum of strings): text that is short is then in the frame.
type Result struct {
	// Stack holds the instructions proven local.
	Stack map[ssa.Instruction]bool
	// Reason says, for one that escapes, why and where to (for -gc=none and -m).
	Reason map[ssa.Instruction]string
	// Where is the place that Reason speaks of, when it is another than the allocation itself.
	Where map[ssa.Instruction]token.Pos
	// Leaks says more of Reason: where the pointer goes first. The keys are allocating instructions, parameters and captured variables
	// (ssa.Parameter, ssa.FreeVar) that get to the heap, so that one can follow Into.
	Leaks map[any]Leak
}

// Leak is a step on the way of a pointer to the heap.
type Leak struct {
	Text string          // "stored to global x", "passed to f"
	At   ssa.Instruction // where that is; may be nil
	Into ssa.Value       // the parameter or captured variable that takes the pointer on; nil where the way ends
}

// OnStack reports whether what instr allocates may live in its function's frame.
func (r *Result) OnStack(instr ssa.Instruction) bool { return r != nil && r.Stack[instr] }
