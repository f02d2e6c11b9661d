package lower

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// lowerPrint is print or println.
func (f *function) lowerPrint(args []ssa.Value, line bool) {
	f.runtimeCall("printlock")
	for n, a := range args {
		if line && n > 0 {
			f.runtimeCall("printsp")
		}
		f.printValue(a.Type(), f.value(a))
	}
	if line {
		f.runtimeCall("printnl")
	}
	f.runtimeCall("printunlock")
}

func (f *function) printValue(t types.Type, v llvm.Value) {
	name, v := f.printer(t, v)
	f.runtimeCall(name, v)
}

// printer returns the routine that prints values of type t, and v as it takes it.
func (f *function) printer(t types.Type, v llvm.Value) (string, llvm.Value) {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return f.basicPrinter(u, t, v)
	case *types.Interface:
		if u.NumMethods() > 0 {
			return "printiface", v
		}
		return "printeface", v
	case *types.Slice:
		return "printslice", v
	case *types.Pointer, *types.Map, *types.Chan, *types.Signature:
		return "printpointer", v
	}
	internalError("print of %v", t)
	return "", v
}

func (f *function) basicPrinter(b *types.Basic, t types.Type, v llvm.Value) (string, llvm.Value) {
	switch info := b.Info(); {
	case info&types.IsBoolean != 0:
		return "printbool", v
	case info&types.IsString != 0:
		return "printstring", v
	case info&types.IsFloat != 0 && v.Type == llvm.Float:
		return "printfloat32", v
	case info&types.IsFloat != 0:
		return "printfloat", v
	case info&types.IsComplex != 0 && b.Kind() == types.Complex64:
		return "printcomplex64", v
	case info&types.IsComplex != 0:
		return "printcomplex", v
	case info&types.IsUnsigned != 0:
		if n, ok := t.(*types.Named); ok && n.Obj().Name() == "hex" && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "runtime" {
			return "printhex", f.b.IntCast(v, llvm.I64, false)
		}
		return "printuint", f.b.IntCast(v, llvm.I64, false)
	case info&types.IsInteger != 0:
		return "printint", f.b.IntCast(v, llvm.I64, true)
	}
	return "printpointer", v
}
