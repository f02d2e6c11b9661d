package lower

import (
	"golang.org/x/tools/go/ssa"

	"mote/compiler/callgraph"
	"mote/compiler/llvm"
	"mote/compiler/reach"
)

// runtimeFunc finds a function of package runtime by name.
func (l *lowerer) runtimeFunc(name string) *ssa.Function {
	if p := l.Program.ByPath["runtime"]; p != nil && p.SSA != nil {
		if fn := p.SSA.Func(name); fn != nil {
			return fn
		}
	}
	internalError("package runtime has no function %s", name)
	return nil
}

// runtimeCall calls a function of package runtime that has at most one result.
func (f *function) runtimeCall(name string, args ...llvm.Value) llvm.Value {
	if r := f.runtimeCalls(name, args...); len(r) > 0 {
		return r[0]
	}
	return llvm.Value{}
}

// runtimeCalls calls a function of package runtime and returns its results. The arguments must fit its Go signature.
func (f *function) runtimeCalls(name string, args ...llvm.Value) []llvm.Value {
	fn := f.l.runtimeFunc(name)
	sig := f.l.signature(fn.Signature)
	if len(args) != len(sig.params) {
		internalError("runtime.%s is called with %d arguments and declared as %v", name, len(args), fn.Signature)
	}
	for i, a := range args {
		if a.Type != sig.code.Params[i] {
			internalError("runtime.%s is called with argument %d of type %s and declared as %v", name, i, a.Type, fn.Signature)
		}
	}
	f.noteRuntime(fn)
	return f.emitCall(call{sig: sig, code: f.m.fn(fn), args: args})
}

// noteRuntime records a call of package runtime for Output.RuntimeCalls.
func (f *function) noteRuntime(callee *ssa.Function) {
	f.l.runtime[f.fn] = append(f.l.runtime[f.fn], callgraph.RuntimeCall{Instr: f.instr, Callee: callee})
}

// emitPanic calls a function of package runtime that does not return, and ends the block.
func (f *function) emitPanic(name string, args ...llvm.Value) {
	fn := f.l.runtimeFunc(name)
	sig := f.l.signature(fn.Signature)
	for i, a := range args {
		if i >= len(sig.params) || a.Type != sig.code.Params[i] {
			internalError("runtime.%s is called with argument %d of type %s and declared as %v", name, i, a.Type, fn.Signature)
		}
	}
	f.noteRuntime(fn)
	// nomerge: each panic keeps its own source line.
	f.emitCall(call{sig: sig, code: f.m.fn(fn), args: args, attrs: []string{"noreturn", "nomerge", "cold"}})
	f.b.Unreachable()
}

// panicIf goes on in a new block unless cond holds, in which case it calls the named function of package runtime.
func (f *function) panicIf(cond llvm.Value, name string, args ...llvm.Value) {
	if cond.Text() == "false" {
		return
	}
	fail, next := f.ir.NewBlock(), f.ir.NewBlock()
	f.b.CondBrUnlikely(cond, fail, next)
	f.b = fail
	f.failCheck(name, args...)
	f.b = next
}

// failCheck ends the block where a check of the language failed: a panic, or a trap in the runtime's own code (reach.Trusted).
func (f *function) failCheck(name string, args ...llvm.Value) {
	if reach.Trusted(f.fn) {
		f.b.Intrinsic("llvm.trap", llvm.Void)
		f.b.Unreachable()
		return
	}
	f.emitPanic(name, args...)
}
