package lower

import (
	"go/ast"
	"go/token"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// Layout of runtime.deferFrame: link, head, sp, pc.
const (
	deferFrameSize = 16
	deferFrameSP   = 8
	deferFramePC   = 12
)

// deferState is what a function with defer statements or recover() keeps while it is lowered.
type deferState struct {
	frame llvm.Value // address of the runtime.deferFrame
	token llvm.Value // i1: recover() may recover
	wraps int        // thunks made so far
	late  bool       // records are run by return statements
}

// enterDefers emits what runs at function entry: deferenter and the landing for recovery, recovertoken.
func (f *function) enterDefers() {
	use := scanDefers(f.fn)
	if use.recovers {
		f.defers.token = f.runtimeCall("recovertoken", f.m.fn(f.fn))
	}
	if !use.defers {
		return
	}
	f.defers.late = !use.runs
	f.defers.frame = f.ir.Alloca(deferFrameSize, 4)
	f.allocResults()
	f.runtimeCall("deferenter", f.defers.frame)
	if use.recoverable {
		f.emitLanding()
	}
}

// nextWrap numbers the thunks of a function.
func (f *function) nextWrap() int {
	f.defers.wraps++
	return f.defers.wraps
}

// lowerDefer pushes a record. It lives in the frame unless the statement can run more than once or belongs to another function's frame.
func (f *function) lowerDefer(i *ssa.Defer) {
	f.checkInvoked(&i.Call)
	frame, own := f.defers.frame, true
	if i.DeferStack != nil {
		frame, own = f.value(i.DeferStack), false
	}
	if builtinName(&i.Call) == "recover" {
		f.deferRecover(i, frame, own)
		return
	}
	w := newWrap(&i.Call, "code", "link")
	name := f.l.Program.SymbolName(f.fn) + ".deferwrap" + strconv.Itoa(f.nextWrap())
	f.deferThunk(w, name)
	record := f.makeRecord(w.layout, w.values(f, f.m.ir.Symbol(name), llvm.Null()), own && !inLoop(i.Block()))
	f.runtimeCall("deferpush", frame, record)
}

// deferThunk makes the code of a record: code(tok *unsafe.Pointer). It publishes which function it calls when that one may recover.
func (f *function) deferThunk(w *wrap, name string) {
	t := f.thunk(w, name, llvm.Ptr)
	if _, builtin := w.call.Value.(*ssa.Builtin); builtin || !mayRecover(w.call) {
		t.callCommon(w.call)
	} else {
		c := t.prepare(w.call)
		t.b.Store(c.code, t.ir.Param(0), 4)
		t.emitCall(c)
	}
	t.keepPointers(w.call)
	t.b.Ret(llvm.Value{})
}

// lowerRunDefers runs and unlinks the function's records. The place of these calls is the return statement, or the end of the body.
func (f *function) lowerRunDefers(i *ssa.RunDefers) {
	f.locate(endOf(i))
	f.runtimeCall("deferreturn", f.defers.frame)
}

// endOf is where the function is left behind i.
func endOf(i *ssa.RunDefers) token.Pos {
	for _, instr := range i.Block().Instrs {
		if r, ok := instr.(*ssa.Return); ok && r.Pos().IsValid() {
			return r.Pos()
		}
	}
	switch syntax := i.Parent().Syntax().(type) {
	case *ast.FuncDecl:
		if syntax.Body != nil {
			return syntax.Body.Rbrace
		}
	case *ast.FuncLit:
		return syntax.Body.Rbrace
	}
	return token.NoPos
}

// results are the operands of a return. go/ssa v0.52 drops RunDefers from a function whose only defer statements stand in the
// bodies of range-over-func loops; the records are run here then, and named results read again, since they may have changed.
func (f *function) results(i *ssa.Return) []llvm.Value {
	if !f.defers.late || i.Block() == f.fn.Recover {
		return f.operands(i.Results)
	}
	values := f.operands(i.Results)
	f.runtimeCall("deferreturn", f.defers.frame)
	for n, r := range i.Results {
		if load, ok := r.(*ssa.UnOp); ok {
			if variable, ok := load.X.(*ssa.Alloc); ok {
				values[n] = f.load(load.Type(), f.value(variable))
			}
		}
	}
	return values
}

// lowerPanic lowers a panic statement.
func (f *function) lowerPanic(i *ssa.Panic) {
	f.emitPanic("gopanic", f.value(i.X))
}

// deferUse is what a function's body says about defer and recover.
type deferUse struct {
	defers      bool // it has a frame for records
	runs        bool // it says where they are run
	recovers    bool // it calls recover()
	recoverable bool // one of its records may recover
}

func scanDefers(fn *ssa.Function) deferUse {
	var use deferUse
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch i := instr.(type) {
			case *ssa.RunDefers:
				use.defers, use.runs = true, true
			case *ssa.Defer:
				if i.DeferStack == nil {
					use.defers = true
					use.recoverable = use.recoverable || mayRecover(&i.Call)
				}
				use.recovers = use.recovers || builtinName(&i.Call) == "recover"
			case *ssa.Call:
				switch builtinName(&i.Call) {
				case "recover":
					use.recovers = true
				case "ssa:deferstack":
					use.defers, use.recoverable = true, true
				}
			}
		}
	}
	return use
}

func builtinName(c *ssa.CallCommon) string {
	if b, ok := c.Value.(*ssa.Builtin); ok {
		return b.Name()
	}
	return ""
}

// mayRecover tells whether the deferred call c can recover: its callee is unknown or contains recover().
func mayRecover(c *ssa.CallCommon) bool {
	fn := c.StaticCallee()
	if fn == nil {
		return builtinName(c) == ""
	}
	return callsRecover(fn)
}

// callsRecover tells whether fn's own body, or the function that the wrapper fn stands for, calls recover().
func callsRecover(fn *ssa.Function) bool {
	for depth := 0; fn != nil && depth < 4; depth++ {
		if scanDefers(fn).recovers {
			return true
		}
		if !isWrapper(fn) {
			return false
		}
		fn = wrapped(fn)
	}
	return false
}

// isWrapper tells whether fn was made by go/ssa to adapt a method.
func isWrapper(fn *ssa.Function) bool {
	return strings.Contains(fn.Synthetic, "wrapper") || strings.Contains(fn.Synthetic, "thunk") || strings.Contains(fn.Synthetic, "bound")
}

// wrapped is the function that a wrapper calls last, nil when that is unknown.
func wrapped(fn *ssa.Function) *ssa.Function {
	var callee *ssa.Function
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if c, ok := instr.(*ssa.Call); ok && builtinName(&c.Call) == "" {
				callee = c.Call.StaticCallee()
			}
		}
	}
	return callee
}

// forwardToken lets the callee of a wrapper recover in its place.
func (f *function) forwardToken(c *ssa.CallCommon, code llvm.Value) {
	if c.StaticCallee() == nil && !c.IsInvoke() && f.l.Program.SymbolName(f.fn) == "reflect.callReflect" {
		f.forwardReflected(f.zerobase(), code) // the function given to reflect.MakeFunc
		return
	}
	if !isWrapper(f.fn) || f.ir.Name != f.l.Program.SymbolName(f.fn) {
		return
	}
	if fn := c.StaticCallee(); fn != nil && callsRecover(fn) {
		f.runtimeCall("recoverforward", f.m.fn(f.fn), code)
	}
}
