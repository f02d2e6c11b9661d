package escape

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Inherent says what an instruction allocates on the heap whatever the flow of its result, or "". Result speaks only of
// allocations that could be in a frame; -gc=none has to refuse these as well.
func Inherent(in ssa.Instruction) string {
	switch in := in.(type) {
	case *ssa.MakeMap:
		return "a map is on the heap"
	case *ssa.MapUpdate:
		return "an assignment to a map may grow it"
	case *ssa.MakeChan:
		return "a channel is on the heap"
	case *ssa.Go:
		return "a goroutine needs a stack"
	case *ssa.Convert:
		if copiesText(in) {
			return "the conversion copies"
		}
	case *ssa.BinOp:
		if joinsText(in) {
			return "joining strings makes a new one"
		}
	case *ssa.Call:
		if b, ok := in.Call.Value.(*ssa.Builtin); ok && b.Name() == "append" && growsSlice(in) {
			return "append may grow the slice"
		}
	}
	return ""
}

// growsSlice is false for an append of nothing.
func growsSlice(in *ssa.Call) bool {
	if len(in.Call.Args) < 2 {
		return false
	}
	c, ok := in.Call.Args[1].(*ssa.Const)
	_, slice := in.Call.Args[1].Type().Underlying().(*types.Slice)
	return !(ok && slice && c.Value == nil)
}
