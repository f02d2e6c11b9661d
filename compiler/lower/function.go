package lower

import (
	"fmt"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
	"mote/compiler/reach"
	"mote/internal/diag"
)

// function is the state of lowering one function.
type function struct {
	l   *lowerer
	m   *module
	fn  *ssa.Function
	sig *signature
	ir  *llvm.Func
	b   *llvm.Block // where instructions are appended

	values    map[ssa.Value]llvm.Value
	tuples    map[ssa.Value][]llvm.Value // the components of tuple values
	heads     []*llvm.Block              // where each ssa block begins, by index; nil for one that never runs
	phis      map[*ssa.Phi]*phi
	checks    nilChecks
	life      lifetimes
	frame     int64 // bytes of variables in the frame so far
	defers    deferState
	iterators map[*ssa.Range]iterator
	instr     ssa.Instruction // the one being lowered, for messages
	scope     debugScope
}

// lowerFunction defines fn in m.
func (m *module) lowerFunction(fn *ssa.Function) {
	l := m.l
	f := &function{
		l: l, m: m, fn: fn,
		sig:    l.signature(fn.Signature),
		ir:     m.ir.NewFunc(l.Program.SymbolName(fn), l.codeType(fn)),
		values: map[ssa.Value]llvm.Value{},
		tuples: map[ssa.Value][]llvm.Value{},
		phis:   map[*ssa.Phi]*phi{},
	}
	defer f.explainPanic()
	f.checks.off = fn.Object() != nil && l.Program.Directive(fn.Object(), "unchecked") != nil
	f.ir.Attrs = l.defAttrs(fn)
	f.startScope()
	f.makeBlocks()
	f.life.fresh = nil // phis
	f.lowerParams()
	f.enterDefers()
	entry := f.b
	for _, b := range fn.DomPreorder() {
		if f.heads[b.Index] == nil {
			continue // only behind a branch on a constant
		}
		f.b = f.heads[b.Index]
		if b.Index == 0 {
			f.b = entry
		}
		f.lowerBlock(b)
	}
}

// explainPanic adds the function and instruction to an internal failure.
func (f *function) explainPanic() {
	e := recover()
	if e == nil {
		return
	}
	where := f.l.Program.SymbolName(f.fn)
	if f.instr != nil {
		where += ": " + f.instr.String()
		if pos := f.instr.Pos(); pos.IsValid() {
			where += " at " + f.position(pos).String()
		}
	}
	panic(fmt.Sprintf("%v\n\tin %s", e, where))
}

// errorf reports something about the user's program at pos.
func (f *function) errorf(pos token.Pos, hint, format string, args ...any) {
	f.l.errs = append(f.l.errs, diag.Errorf(f.position(pos), hint, format, args...)...)
}

func (f *function) position(pos token.Pos) token.Position { return f.l.Program.Fset.Position(pos) }

// makeBlocks makes the entry, which holds what runs once, and a block for each live ssa block, with its phis.
func (f *function) makeBlocks() {
	f.b = f.ir.NewBlock()
	f.heads = make([]*llvm.Block, len(f.fn.Blocks))
	live := reach.LiveBlocks(f.fn)
	for _, b := range live {
		if b.Index == 0 && len(b.Preds) == 0 {
			f.heads[b.Index] = f.b
		} else {
			f.heads[b.Index] = f.ir.NewBlock()
		}
	}
	for _, b := range live {
		for _, instr := range b.Instrs {
			p, ok := instr.(*ssa.Phi)
			if !ok {
				break
			}
			f.makePhi(p)
		}
	}
}

// lowerParams names the parameters and loads the free variables from the closure.
func (f *function) lowerParams() {
	for i, p := range f.fn.Params {
		f.values[p] = f.ir.Param(i)
	}
	if len(f.fn.FreeVars) == 0 {
		return
	}
	closure := f.ir.Param(len(f.ir.Type.Params) - 1)
	layout := f.l.types.info(closureStruct(f.fn))
	for i, v := range f.fn.FreeVars {
		p := f.b.Offset(closure, layout.offsets[i+1])
		if f.l.types.isMemory(v.Type()) {
			f.values[v] = p // a closure object never changes
		} else {
			f.values[v] = f.load(v.Type(), p)
		}
	}
}

// closureStruct is the layout of fn's closure objects: the code, then the free variables.
func closureStruct(fn *ssa.Function) *types.Struct {
	fields := []*types.Var{types.NewField(token.NoPos, nil, "code", types.Typ[types.UnsafePointer], false)}
	for i, v := range fn.FreeVars {
		fields = append(fields, types.NewField(token.NoPos, nil, fmt.Sprintf("v%d", i), v.Type(), false))
	}
	return types.NewStruct(fields, nil)
}

func (f *function) lowerBlock(b *ssa.BasicBlock) {
	if b.Index == 0 && len(b.Preds) > 0 {
		f.b.Br(f.heads[0])
		f.b = f.heads[0]
	}
	f.checks.enter(b)
	for _, instr := range b.Instrs {
		f.instr = instr
		f.locate(instructionPos(instr))
		f.lowerInstruction(instr)
		f.endLifetimes(instr)
	}
	f.instr = nil
}

// instructionPos is where instr stands in the source; go/ssa does not say it of closures.
func instructionPos(instr ssa.Instruction) token.Pos {
	if c, ok := instr.(*ssa.MakeClosure); ok && !c.Pos().IsValid() && c.Fn.Parent() != nil {
		return c.Fn.Pos()
	}
	return instr.Pos()
}

// value returns the LLVM value of v, which dominates the current position.
func (f *function) value(v ssa.Value) llvm.Value {
	switch v := v.(type) {
	case *ssa.Const:
		return f.constant(v)
	case *ssa.Function:
		return f.m.funcValue(v)
	case *ssa.Global:
		return f.m.global(v)
	}
	x, ok := f.values[v]
	if !ok {
		internalError("%s = %s is used before it is lowered", v.Name(), v)
	}
	return x
}

// operands returns the values of several operands.
func (f *function) operands(vs []ssa.Value) []llvm.Value {
	out := make([]llvm.Value, len(vs))
	for i, v := range vs {
		out[i] = f.value(v)
	}
	return out
}

// tuple returns the components of a tuple value.
func (f *function) tuple(v ssa.Value) []llvm.Value {
	t, ok := f.tuples[v]
	if !ok {
		internalError("tuple %s = %s is used before it is lowered", v.Name(), v)
	}
	return t
}

// define records the result of an instruction: a plain value.
func (f *function) define(v ssa.Value, x llvm.Value) { f.values[v] = x }

// defineResults records the results of a call-like instruction, as a tuple when its type is one.
func (f *function) defineResults(v ssa.Value, results []llvm.Value) {
	if _, ok := v.Type().(*types.Tuple); ok {
		f.tuples[v] = results
	} else if len(results) == 1 {
		f.values[v] = results[0]
	}
}
