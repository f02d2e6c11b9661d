package reach

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// visit reaches what the instructions of fn refer to.
func (a *analysis) visit(fn *ssa.Function) {
	var buf [16]*ssa.Value
	for _, block := range LiveBlocks(fn) {
		for _, instr := range block.Instrs {
			if _, debug := instr.(*ssa.DebugRef); debug {
				continue
			}
			for _, op := range instr.Operands(buf[:0]) {
				a.operand(*op)
			}
			a.instruction(fn, instr)
		}
	}
}

// operand reaches functions and variables that an instruction names.
func (a *analysis) operand(v ssa.Value) {
	switch v := v.(type) {
	case *ssa.Function:
		a.function(v)
	case *ssa.Global:
		a.global(v)
	}
}

// instruction reaches the descriptors and runtime functions that the code of instr needs.
func (a *analysis) instruction(fn *ssa.Function, instr ssa.Instruction) {
	a.runtimeCalls(instr)
	switch i := instr.(type) {
	case *ssa.Alloc:
		if i.Heap {
			a.allocate(i.Type().Underlying().(*types.Pointer).Elem())
		}
	case *ssa.MakeInterface:
		a.convert(i.X.Type(), i.Type())
	case *ssa.ChangeInterface:
		if i.Type().Underlying().(*types.Interface).NumMethods() > 0 {
			a.dynamicItab(i.Type())
		}
	case *ssa.ChangeType:
		if ChangesItab(i.X.Type(), i.Type()) {
			a.dynamicItab(i.Type())
		}
	case *ssa.TypeAssert:
		a.typeAssert(i)
	case *ssa.MakeSlice:
		a.allocate(i.Type().Underlying().(*types.Slice).Elem())
	case *ssa.MakeMap:
		a.describe(i.Type())
	case *ssa.MakeChan:
		a.describe(i.Type())
	case *ssa.MapUpdate:
		a.describe(i.Map.Type())
	case *ssa.Lookup:
		if _, ok := i.X.Type().Underlying().(*types.Map); ok {
			a.describe(i.X.Type())
		}
	case *ssa.Range:
		if _, ok := i.X.Type().Underlying().(*types.Map); ok {
			a.describe(i.X.Type())
		}
	case *ssa.BinOp:
		if i.Op == token.EQL || i.Op == token.NEQ {
			a.comparison(i)
		}
	case ssa.CallInstruction:
		a.callSite(fn, i)
	}
}

// comparison reaches what == of i's operands calls. Against nil nothing is called.
func (a *analysis) comparison(i *ssa.BinOp) {
	for _, x := range []ssa.Value{i.X, i.Y} {
		if c, ok := x.(*ssa.Const); ok && c.Value == nil {
			if _, array := c.Type().Underlying().(*types.Array); !array && !isStruct(c.Type()) {
				return
			}
		}
	}
	if ChangesItab(i.Y.Type(), i.X.Type()) {
		a.dynamicItab(i.X.Type())
	}
	switch t := i.X.Type(); t.Underlying().(type) {
	case *types.Basic, *types.Interface, *types.Struct, *types.Array:
		if b, ok := t.Underlying().(*types.Basic); !ok || b.Info()&types.IsString != 0 {
			a.compare(t)
		}
	}
}

func isStruct(t types.Type) bool {
	_, ok := t.Underlying().(*types.Struct)
	return ok
}

// typeAssert reaches the descriptors that an assertion compares with or hands to the runtime.
func (a *analysis) typeAssert(i *ssa.TypeAssert) {
	a.describe(i.AssertedType)
	if !i.CommaOk {
		a.describe(i.X.Type()) // for the message
	}
	if types.IsInterface(i.AssertedType) {
		a.dynamicItab(i.AssertedType)
	}
}

// dynamicItab notes that the runtime looks for the methods of interface type t in arbitrary types.
func (a *analysis) dynamicItab(t types.Type) {
	a.describe(t)
	a.callMethodsOf(t.Underlying().(*types.Interface))
}

// ChangesItab tells whether a value of interface type from gets another itab as a to, although the two have the same methods:
// an itab belongs to one interface type, so that equal values of that type have equal words.
func ChangesItab(from, to types.Type) bool {
	u, ok := to.Underlying().(*types.Interface)
	return ok && types.IsInterface(from) && u.NumMethods() > 0 && !types.Identical(from, to)
}

// callSite reaches what a call, go or defer can get to besides its operands.
func (a *analysis) callSite(fn *ssa.Function, i ssa.CallInstruction) {
	common := i.Common()
	if common.IsInvoke() {
		a.call(common.Method)
		a.lookup(fn, common.Method, common.Args)
		return
	}
	switch callee := common.Value.(type) {
	case *ssa.Builtin:
		a.builtin(callee.Name(), common)
	case *ssa.Function:
		if m, ok := callee.Object().(*types.Func); ok {
			a.lookup(fn, m, common.Args)
		}
	}
}

// builtin reaches the descriptors that a call of a predeclared function needs.
func (a *analysis) builtin(name string, common *ssa.CallCommon) {
	switch name {
	case "append":
		if s, ok := common.Args[0].Type().Underlying().(*types.Slice); ok {
			a.allocate(s.Elem())
		}
	case "delete":
		a.describe(common.Args[0].Type())
	case "clear":
		if _, ok := common.Args[0].Type().Underlying().(*types.Map); ok {
			a.describe(common.Args[0].Type())
		}
	}
}

// LiveBlocks are the blocks of fn that can run when branches on constants are followed; lowering emits no others.
func LiveBlocks(fn *ssa.Function) []*ssa.BasicBlock {
	if len(fn.Blocks) == 0 {
		return nil
	}
	live := make([]bool, len(fn.Blocks))
	stack := []*ssa.BasicBlock{fn.Blocks[0]}
	if fn.Recover != nil {
		stack = append(stack, fn.Recover)
	}
	for _, b := range stack {
		live[b.Index] = true
	}
	for len(stack) > 0 {
		b := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, s := range liveSuccs(b) {
			if !live[s.Index] {
				live[s.Index] = true
				stack = append(stack, s)
			}
		}
	}
	out := make([]*ssa.BasicBlock, 0, len(fn.Blocks))
	for _, b := range fn.Blocks {
		if live[b.Index] {
			out = append(out, b)
		}
	}
	return out
}

func liveSuccs(b *ssa.BasicBlock) []*ssa.BasicBlock {
	if len(b.Succs) == 2 {
		if i, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If); ok {
			if c, ok := i.Cond.(*ssa.Const); ok && c.Value != nil {
				if constant.BoolVal(c.Value) {
					return b.Succs[:1]
				}
				return b.Succs[1:]
			}
		}
	}
	return b.Succs
}
