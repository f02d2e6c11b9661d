// Package escape decides which allocations may live in the frame of the function that makes them.
//
// Start reading at Analyze.
package escape

import "golang.org/x/tools/go/ssa"

// Result answers for each allocating instruction of the reached functions whether it may live on the stack.
// An instruction can be *ssa.Alloc (Heap), *ssa.MakeClosure, *ssa.MakeSlice with constant size, *ssa.MakeInterface (its box), *ssa.Slice of a new array,
// *ssa.Convert ([]byte/string, not used yet) and *ssa.BinOp (string concatenation, not used yet).
type Result struct {
	// Stack holds the instructions proven local.
	Stack map[ssa.Instruction]bool
	// Reason says, for one that escapes, why and where to (for -gc=none and -m).
	Reason map[ssa.Instruction]string
}

// OnStack reports whether what instr allocates may live in its function's frame.
func (r *Result) OnStack(instr ssa.Instruction) bool { return r != nil && r.Stack[instr] }
