package lower

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// rtos.Go, and what stands in its place where the compiler knows the function: it takes the size of its stack, too.
const (
	symbolTaskGo    = "mote/rtos.Go"
	symbolTaskStart = "mote/rtos.start"
)

// taskCall lowers a call of rtos.Go with a function that is known.
func (f *function) taskCall(fn *ssa.Function, c *ssa.CallCommon) ([]llvm.Value, bool) {
	start := f.l.Program.Funcs[symbolTaskStart]
	if start == nil || f.l.Program.SymbolName(fn) != symbolTaskGo {
		return nil, false
	}
	entry := f.goEntry(staticFunc(c.Args[1]))
	if !givesStack(c.Args[0]) {
		f.start(entry, true)
	}
	if entry == "" {
		return nil, false
	}
	args := append(f.operands(c.Args), f.stackSize(entry))
	return f.emitCall(call{sig: f.l.signature(start.Signature), code: f.m.fn(start), args: args}), true
}

// staticFunc is the function of a func value, nil when that is not known.
func staticFunc(v ssa.Value) *ssa.Function {
	switch v := v.(type) {
	case *ssa.Function:
		return v
	case *ssa.MakeClosure:
		return v.Fn.(*ssa.Function)
	case *ssa.ChangeType:
		return staticFunc(v.X)
	}
	return nil
}

// givesStack tells whether a rtos.Task has a stack of the program's for sure: it is a literal that slices an array.
func givesStack(task ssa.Value) bool {
	load, ok := task.(*ssa.UnOp)
	if !ok {
		return false
	}
	literal, ok := load.X.(*ssa.Alloc)
	if !ok {
		return false
	}
	given := false
	for _, use := range *literal.Referrers() {
		switch use := use.(type) {
		case *ssa.FieldAddr:
			if fieldName(use) != "Stack" {
				continue
			}
			for _, use := range *use.Referrers() {
				store, ok := use.(*ssa.Store)
				if !ok || !slicesArray(store.Val) {
					return false
				}
				given = true
			}
		case *ssa.UnOp, *ssa.DebugRef:
		default:
			return false
		}
	}
	return given
}

func fieldName(a *ssa.FieldAddr) string {
	return a.X.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct).Field(a.Field).Name()
}

// slicesArray tells whether v is a slice of an array: not nil.
func slicesArray(v ssa.Value) bool {
	s, ok := v.(*ssa.Slice)
	if !ok {
		return false
	}
	_, ok = s.X.Type().Underlying().(*types.Pointer)
	return ok
}
