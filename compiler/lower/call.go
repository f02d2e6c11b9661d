package lower

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
	"mote/compiler/rtype"
)

// itabFun is the offset of ITab.Fun: after Inter, Type and Hash.
const itabFun = 12

// lowerCall lowers a call of any kind.
func (f *function) lowerCall(i *ssa.Call) {
	f.defineResults(i, f.callCommon(&i.Call))
	f.keepPointers(&i.Call)
}

// callCommon emits the call c describes and returns its results.
func (f *function) callCommon(c *ssa.CallCommon) []llvm.Value {
	if b, ok := c.Value.(*ssa.Builtin); ok {
		return f.lowerBuiltin(b, c.Args)
	}
	if fn, ok := c.Value.(*ssa.Function); ok {
		if results, done := f.specialCall(fn, c); done {
			return results
		}
	}
	call := f.prepare(c)
	f.forwardToken(c, call.code)
	results := f.emitCall(call)
	if fn, ok := c.Value.(*ssa.Function); ok && noReturn(f.l.resolve(fn)) {
		f.b.Unreachable()
		f.b = f.ir.NewBlock()
	}
	return results
}

// specialCall lowers calls that are no calls: intrinsics and inline assembly.
func (f *function) specialCall(fn *ssa.Function, c *ssa.CallCommon) ([]llvm.Value, bool) {
	if results, done := f.reflectCall(fn, c); done {
		return results, true
	}
	if results, done := f.taskCall(fn, c); done {
		return results, true
	}
	if emit := f.l.intrinsic(fn); emit != nil {
		return emit(f, fn.Signature, f.operands(c.Args)), true
	}
	if len(fn.Blocks) > 0 {
		return nil, false
	}
	if d, ok := f.l.directive(fn, "inline"); ok {
		return f.inlineAssembly(fn, d.Args, f.operands(c.Args)), true
	}
	return nil, false
}

// prepare evaluates callee and arguments: statically known, through an itab, or through a func value.
func (f *function) prepare(c *ssa.CallCommon) call {
	if c.IsInvoke() {
		return f.prepareInvoke(c)
	}
	sig := f.l.signature(c.Signature())
	switch v := c.Value.(type) {
	case *ssa.Function:
		return call{sig: f.l.signature(v.Signature), code: f.m.fn(v), args: f.operands(c.Args)}
	case *ssa.MakeClosure:
		fn := v.Fn.(*ssa.Function)
		return call{sig: sig, code: f.m.fn(fn), args: f.operands(c.Args), nest: f.value(v)}
	}
	closure := f.value(c.Value)
	args := f.operands(c.Args)
	f.nilCheck(c.Value, closure)
	code := f.b.Load(llvm.Ptr, closure, 4)
	return call{sig: sig, code: code, args: args, nest: closure}
}

// prepareInvoke finds the method in the itab.
func (f *function) prepareInvoke(c *ssa.CallCommon) call {
	iface := f.value(c.Value)
	itab := f.b.ExtractValue(iface, 0)
	data := f.b.ExtractValue(iface, 1)
	args := append([]llvm.Value{data}, f.operands(c.Args)...)
	f.panicIf(f.b.ICmp("eq", itab, llvm.Null()), "panicmem")
	slot := f.b.Offset(itab, itabFun+4*int64(rtype.MethodIndex(c.Value.Type().Underlying().(*types.Interface), c.Method)))
	return call{sig: f.l.invokeSignature(c.Signature()), code: f.b.Load(llvm.Ptr, slot, 4), args: args}
}

// lowerMakeClosure makes a closure object: the code, then the captured values.
func (f *function) lowerMakeClosure(i *ssa.MakeClosure) {
	fn := i.Fn.(*ssa.Function)
	values := append([]llvm.Value{f.m.fn(fn)}, f.operands(i.Bindings)...)
	f.define(i, f.makeRecord(closureStruct(fn), values, f.l.Escape.OnStack(i)))
}

// makeRecord allocates a struct and fills its fields, in the frame or on the heap.
func (f *function) makeRecord(layout *types.Struct, values []llvm.Value, onStack bool) llvm.Value {
	info := f.l.types.info(layout)
	var p llvm.Value
	if onStack {
		p = f.ir.Alloca(info.size, info.align)
	} else {
		p = f.runtimeCall("newobject", f.m.layoutDescriptor(layout))
	}
	for n, v := range values {
		f.store(layout.Field(n).Type(), v, f.b.Offset(p, info.offsets[n]))
	}
	return p
}

// inlineAssembly emits the body that a //mote:inline directive gives: template and constraints.
func (f *function) inlineAssembly(fn *ssa.Function, text []string, args []llvm.Value) []llvm.Value {
	if len(text) != 2 {
		f.errorf(fn.Pos(), `write //mote:inline "template" "constraints"`, "//mote:inline takes two strings, not %d", len(text))
		return make([]llvm.Value, fn.Signature.Results().Len())
	}
	result := llvm.Void
	if fn.Signature.Results().Len() == 1 {
		result = f.l.types.value(fn.Signature.Results().At(0).Type())
	}
	out := f.b.InlineAsm(result, text[0], text[1], args)
	if result == llvm.Void {
		return nil
	}
	return []llvm.Value{out}
}
