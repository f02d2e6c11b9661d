package lower

import (
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
