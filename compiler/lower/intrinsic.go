package lower

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/intrinsic"
	"mote/compiler/llvm"
	"mote/compiler/load"
)

// emitter writes what stands in place of a call of an intrinsic. The names are listed in package compiler/intrinsic.
type emitter func(f *function, sig *types.Signature, args []llvm.Value) []llvm.Value

// intrinsicFor finds the code for the intrinsic with that linker symbol, nil when it is an ordinary function.
func intrinsicFor(symbol string) emitter {
	dot := strings.LastIndexByte(symbol, '.')
	if dot < 0 {
		return nil
	}
	pkg, name := symbol[:dot], symbol[dot+1:]
	switch pkg {
	case "sync/atomic", "internal/runtime/atomic":
		return atomicIntrinsic(name)
	case "math/bits", "internal/runtime/sys":
		if e := bitsIntrinsic(name); e != nil || pkg == "math/bits" {
			return e
		}
		return sysIntrinsic(name)
	case "math":
		return mathIntrinsic(name)
	case "runtime":
		return memoryIntrinsic(name)
	case "runtime/volatile":
		return volatileIntrinsic(name)
	case "internal/abi":
		return funcPCIntrinsic(name)
	}
	return nil
}

func single(v llvm.Value) []llvm.Value { return []llvm.Value{v} }

// sysIntrinsic is a function of internal/runtime/sys that asks for registers.
func sysIntrinsic(name string) emitter {
	switch name {
	case "GetCallerPC":
		return func(f *function, _ *types.Signature, _ []llvm.Value) []llvm.Value {
			return single(f.b.Cast("ptrtoint", f.b.Intrinsic("llvm.returnaddress", llvm.Ptr, f.word(0)), llvm.I32))
		}
	case "GetCallerSP":
		return func(f *function, _ *types.Signature, _ []llvm.Value) []llvm.Value {
			return single(f.b.Cast("ptrtoint", f.b.Intrinsic("llvm.frameaddress.p0", llvm.Ptr, f.word(0)), llvm.I32))
		}
	case "GetClosurePtr":
		return func(f *function, _ *types.Signature, _ []llvm.Value) []llvm.Value {
			internalError("GetClosurePtr has no meaning outside the compiler's own stubs")
			return nil
		}
	case "Prefetch", "PrefetchStreamed":
		return func(*function, *types.Signature, []llvm.Value) []llvm.Value { return nil }
	}
	return nil
}

// memoryIntrinsic is one of the runtime's block operations.
func memoryIntrinsic(name string) emitter {
	switch name {
	case "memmove":
		return func(f *function, _ *types.Signature, args []llvm.Value) []llvm.Value {
			f.b.Memmove(args[0], args[1], args[2], 1)
			return nil
		}
	case "memclrNoHeapPointers":
		return func(f *function, _ *types.Signature, args []llvm.Value) []llvm.Value {
			f.b.Memset(args[0], args[1], 1)
			return nil
		}
	}
	return nil
}

// volatileIntrinsic is a device register access.
func volatileIntrinsic(name string) emitter {
	switch {
	case strings.HasPrefix(name, "LoadUint"):
		return func(f *function, sig *types.Signature, args []llvm.Value) []llvm.Value {
			t := sig.Results().At(0).Type()
			return single(f.b.LoadVolatile(f.l.types.value(t), args[0], f.l.types.align(t)))
		}
	case strings.HasPrefix(name, "StoreUint"):
		return func(f *function, sig *types.Signature, args []llvm.Value) []llvm.Value {
			f.b.StoreVolatile(args[1], args[0], f.l.types.align(sig.Params().At(1).Type()))
			return nil
		}
	}
	return nil
}

// mathIntrinsic is a function of package math that is one instruction, or integer operations, everywhere.
func mathIntrinsic(name string) emitter {
	switch name {
	case "Abs":
		return func(f *function, _ *types.Signature, args []llvm.Value) []llvm.Value {
			return single(f.b.Intrinsic("llvm.fabs.f64", llvm.Double, args[0]))
		}
	case "Copysign":
		return func(f *function, _ *types.Signature, args []llvm.Value) []llvm.Value {
			return single(f.b.Intrinsic("llvm.copysign.f64", llvm.Double, args[0], args[1]))
		}
	}
	return nil
}

// funcPCIntrinsic is the code address of a func value that is passed as an interface.
func funcPCIntrinsic(name string) emitter {
	if !strings.HasPrefix(name, "FuncPC") {
		return nil
	}
	return func(f *function, _ *types.Signature, args []llvm.Value) []llvm.Value {
		code := f.b.Load(llvm.Ptr, f.b.ExtractValue(args[0], 1), 4)
		return single(f.b.Cast("ptrtoint", code, llvm.I32))
	}
}

// intrinsic finds the code for fn when it is an intrinsic.
func (l *lowerer) intrinsic(fn *ssa.Function) emitter {
	if isEscapeMarker(fn) {
		return func(*function, *types.Signature, []llvm.Value) []llvm.Value { return nil }
	}
	if fn.Parent() != nil || fn.Signature.Recv() != nil || fn.Origin() != nil {
		return nil
	}
	name := l.Program.SymbolName(fn)
	if !intrinsic.Has(name) {
		return nil
	}
	return intrinsicFor(name)
}

// isEscapeMarker recognises internal/abi.EscapeNonString[T], whose body only panics: gc replaces calls of it by the knowledge
// that the argument escapes. Stacks do not move here, so nothing follows from that.
func isEscapeMarker(fn *ssa.Function) bool {
	o := fn.Origin()
	return o != nil && o.Pkg != nil && o.Name() == "EscapeNonString" && o.Pkg.Pkg.Path() == "internal/abi"
}

// directive finds the //mote: directive of that name on fn.
func (l *lowerer) directive(fn *ssa.Function, name string) (load.Directive, bool) {
	if fn.Pkg == nil || fn.Object() == nil {
		return load.Directive{}, false
	}
	if p := l.Program.ByPath[fn.Pkg.Pkg.Path()]; p != nil {
		for _, d := range p.Directives[fn.Object()] {
			if d.Name == name {
				return d, true
			}
		}
	}
	return load.Directive{}, false
}
