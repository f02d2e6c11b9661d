package lower

import (
	"fmt"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
	"mote/compiler/reach"
)

// Reflection passes arguments and results in a memory frame: receiver word, arguments, results, each aligned as in a struct,
// the results from a word boundary on. Per function type there is a thunk that calls with arguments from a frame, and where
// reflect.MakeFunc or method values are reached the reverse: code that puts its arguments into a frame. The runtime
// finds them by type in the table runtime.callthunks.

// Offsets in runtime.callThunk.
const (
	thunkCall   = 4
	thunkMake   = 8
	thunkMethod = 12
)

// reflectCall lowers the three calls in package reflect that depend on a function type which is a value there:
// call(...), FuncPCABI0(makeFuncStub) and methodValueCallCodePtr().
// Functions that name others in messages do not do so unless the program has the table of functions for its own sake.
func (f *function) reflectCall(fn *ssa.Function, c *ssa.CallCommon) ([]llvm.Value, bool) {
	if text, ok := reach.Unnamed(fn); ok && !f.l.Reach.Callers {
		if text == "" {
			return []llvm.Value{f.zero(fn.Signature.Results().At(0).Type())}, true
		}
		return []llvm.Value{f.m.stringConst(text)}, true
	}
	if reach.IsPrintInexact(fn) && !f.l.Reach.Floats {
		return nil, true
	}
	if _, optional := f.l.directive(fn, "with"); optional && !f.l.Reach.FuncSet[fn] {
		return nil, true
	}
	switch f.l.Program.SymbolName(fn) {
	case "runtime.reflectcall":
		ftyp, rcvr := f.frameLayout()
		code := f.b.Load(llvm.Ptr, f.b.Offset(f.runtimeCall("callthunk", ftyp), thunkCall), 4)
		f.b.Call(thunkType(), code, []llvm.Value{f.value(c.Args[1]), f.value(c.Args[2]), f.b.ICmp("ne", rcvr, llvm.Null())})
		return nil, true
	case "internal/abi.FuncPCABI0":
		if f.isMakeFuncStub(c.Args[0]) {
			return []llvm.Value{f.thunkAddress(thunkMake)}, true
		}
	case "reflect.methodValueCallCodePtr":
		if f.fn.Name() == "makeMethodValue" {
			return []llvm.Value{f.thunkAddress(thunkMethod)}, true
		}
	case "reflect.makeMethodValue":
		if !f.l.Reach.MethodValues { // nothing makes a Value that needs it
			return []llvm.Value{f.zero(fn.Signature.Results().At(0).Type())}, true
		}
	}
	return nil, false
}

// thunkAddress is the code of a kind for the function type that the current function of package reflect is about.
func (f *function) thunkAddress(offset int64) llvm.Value {
	ftyp, _ := f.frameLayout()
	code := f.b.Load(llvm.Ptr, f.b.Offset(f.runtimeCall("callthunk", ftyp), offset), 4)
	return f.b.Cast("ptrtoint", code, llvm.I32)
}

// frameLayout finds the function type and receiver type that the current function of package reflect asks funcLayout
// about: the call that has a receiver, if there are several.
func (f *function) frameLayout() (ftyp, rcvr llvm.Value) {
	var found *ssa.CallCommon
	for _, b := range f.fn.Blocks {
		for _, instr := range b.Instrs {
			c, ok := instr.(*ssa.Call)
			if !ok || c.Call.StaticCallee() == nil || c.Call.StaticCallee().Name() != "funcLayout" {
				continue
			}
			if _, none := c.Call.Args[1].(*ssa.Const); found == nil || !none {
				found = &c.Call
			}
		}
	}
	if found == nil {
		internalError("%s does not call funcLayout", f.fn)
	}
	return f.value(found.Args[0]), f.value(found.Args[1])
}

func (f *function) isMakeFuncStub(v ssa.Value) bool {
	if i, ok := v.(*ssa.MakeInterface); ok {
		v = i.X
	}
	fn, ok := v.(*ssa.Function)
	return ok && f.l.Program.SymbolName(fn) == "reflect.makeFuncStub"
}

// thunkType is the type of call thunks: closure, frame, whether the frame begins with a receiver.
func thunkType() llvm.FuncType {
	return llvm.FuncType{Result: llvm.Void, Params: []llvm.Type{llvm.Ptr, llvm.Ptr, llvm.I1}}
}

// frame is where reflection has the arguments and results of a function.
type frame struct {
	sig     *signature
	params  []int64
	results []int64
	start   int64 // of the results
	size    int64
}

func (l *lowerer) frame(params, results []types.Type) *frame {
	fr := &frame{sig: l.newSignature(params, results)}
	off := int64(0)
	place := func(t types.Type) int64 {
		off = alignUp(off, l.types.align(t))
		at := off
		off += l.types.size(t)
		return at
	}
	for _, t := range params {
		fr.params = append(fr.params, place(t))
	}
	off = alignUp(off, 4)
	fr.start = off
	for _, t := range results {
		fr.results = append(fr.results, place(t))
	}
	fr.size = alignUp(off, 4)
	return fr
}

func alignUp(n, align int64) int64 { return (n + align - 1) / align * align }

// key is the same for function types that can share their code.
func (l *lowerer) frameKey(sig *types.Signature) string {
	var b strings.Builder
	part := func(tuple *types.Tuple) {
		for v := range tuple.Variables() {
			in := l.types.info(v.Type())
			if in.memory {
				fmt.Fprintf(&b, "m%d.%d,", in.size, in.align)
			} else {
				fmt.Fprintf(&b, "%s.%d,", in.value, in.size)
			}
		}
		b.WriteByte(';')
	}
	part(sig.Params())
	part(sig.Results())
	return b.String()
}

// callThunk defines the thunk for functions like sig and returns its address.
func (m *module) callThunk(sig *types.Signature) llvm.Value {
	name := "go:call." + m.l.frameKey(sig)
	if m.ir.Defined(name) {
		return m.ir.Symbol(name)
	}
	f := m.generated(name, thunkType())
	params, results := tupleTypes(sig.Params()), tupleTypes(sig.Results())
	if m.l.Reach.MethodValues {
		method, plain := f.ir.NewBlock(), f.ir.NewBlock()
		f.b.CondBr(f.ir.Param(2), method, plain)
		f.b = method
		f.forwardReflected(f.zerobase(), f.b.Load(llvm.Ptr, f.ir.Param(0), 4))
		f.callFromFrame(append([]types.Type{types.Typ[types.UnsafePointer]}, params...), results)
		f.b = plain
	}
	f.callFromFrame(params, results)
	return m.ir.Symbol(name)
}

// forwardReflected hands on the right to recover on its way through package reflect, where a method value's code and the
// thunk that calls the method do not know each other: runtime.zerobase, which is no function, stands for it in between.
func (f *function) forwardReflected(from, to llvm.Value) {
	if forward := f.l.runtimeFunc("recoverforward"); f.l.Reach.FuncSet[forward] {
		f.runtimeCall("recoverforward", from, to)
	}
}

// callFromFrame calls the closure in parameter 0 with arguments from the frame in parameter 1 and returns.
func (f *function) callFromFrame(params, results []types.Type) {
	fr := f.l.frame(params, results)
	closure, mem := f.ir.Param(0), f.ir.Param(1)
	var args []llvm.Value
	for i, t := range params {
		p := f.b.Offset(mem, fr.params[i])
		if !f.l.types.isMemory(t) {
			p = f.load(t, p)
		}
		args = append(args, p)
	}
	for _, i := range fr.sig.memory {
		args = append(args, f.b.Offset(mem, fr.results[i]))
	}
	out := f.b.Call(withNest(fr.sig.code), f.b.Load(llvm.Ptr, closure, 4), append(args, llvm.Nest(closure)), llvm.NoTail)
	for n, i := range fr.sig.direct {
		v := out
		if len(fr.sig.direct) > 1 {
			v = f.b.ExtractValue(out, n)
		}
		f.store(results[i], v, f.b.Offset(mem, fr.results[i]))
	}
	f.b.Ret(llvm.Value{})
}

// frameStub defines the code of functions like sig that hand their arguments to a function of package reflect of the shape
// func(ctxt, frame unsafe.Pointer, retValid *bool, regs *abi.RegArgs), and returns its address.
func (m *module) frameStub(sig *types.Signature, handler string) llvm.Value {
	name := "go:" + handler + "." + m.l.frameKey(sig)
	if m.ir.Defined(name) {
		return m.ir.Symbol(name)
	}
	params, results := tupleTypes(sig.Params()), tupleTypes(sig.Results())
	fr := m.l.frame(params, results)
	f := m.generated(name, withNest(fr.sig.code))
	f.forwardReflected(m.ir.Symbol(name), f.zerobase())
	mem, valid := f.ir.Alloca(max(fr.size, 4), 4), f.ir.Alloca(1, 1)
	if n := fr.size - fr.start; n > 0 {
		f.b.Memset(f.b.Offset(mem, fr.start), f.word(n), 4)
	}
	f.b.Store(llvm.ConstInt(llvm.I8, 0), valid, 1)
	for i, t := range params {
		f.store(t, f.ir.Param(i), f.b.Offset(mem, fr.params[i]))
	}
	fn := m.l.namedFunc(handler)
	nest := f.ir.Param(len(fr.sig.code.Params))
	f.b.Call(m.l.signature(fn.Signature).code, m.fn(fn), []llvm.Value{nest, mem, valid, llvm.Null()})
	f.returnFromFrame(fr, results, mem)
	return m.ir.Symbol(name)
}

func (f *function) returnFromFrame(fr *frame, results []types.Type, mem llvm.Value) {
	for n, i := range fr.sig.memory {
		f.copyMemory(f.ir.Param(len(fr.params)+n), f.b.Offset(mem, fr.results[i]), results[i])
	}
	var direct []llvm.Value
	for _, i := range fr.sig.direct {
		direct = append(direct, f.load(results[i], f.b.Offset(mem, fr.results[i])))
	}
	switch len(direct) {
	case 0:
		f.b.Ret(llvm.Value{})
	case 1:
		f.b.Ret(direct[0])
	default:
		f.b.Ret(f.b.Aggregate(fr.sig.code.Result, direct...))
	}
}

// callthunks are the entries of runtime.callthunks: every function type with a whole descriptor.
func (l *lowerer) callthunks() []llvm.Value {
	m := l.module(sharedModule)
	var entries []llvm.Value
	for _, t := range l.descriptors.builder.Described() {
		sig, ok := t.Underlying().(*types.Signature)
		if !ok {
			continue
		}
		call, makeFunc, method := llvm.Null(), llvm.Null(), llvm.Null()
		if l.Reach.ReflectCall {
			call = m.callThunk(sig)
		}
		if l.Reach.MakeFunc {
			makeFunc = m.frameStub(sig, "reflect.callReflect")
		}
		if handler := l.namedFunc("reflect.callMethod"); l.Reach.FuncSet[handler] {
			method = m.frameStub(sig, "reflect.callMethod")
		}
		entries = append(entries, llvm.ConstStruct(m.typeDescriptor(t), call, makeFunc, method))
	}
	return entries
}
