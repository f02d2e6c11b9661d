package reach

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// printCalls are those of print and println with these arguments.
func printCalls(name string, args []ssa.Value) []string {
	out := []string{"printlock", "printunlock"}
	if name == "println" {
		out = append(out, "printnl")
		if len(args) > 1 {
			out = append(out, "printsp")
		}
	}
	for _, arg := range args {
		out = append(out, printCall(arg.Type()))
	}
	return out
}

func printCall(t types.Type) string {
	switch u := t.Underlying().(type) {
	case *types.Interface:
		if u.NumMethods() == 0 {
			return "printeface"
		}
		return "printiface"
	case *types.Slice:
		return "printslice"
	case *types.Basic:
		return printBasic(t, u)
	}
	return "printpointer"
}

func printBasic(t types.Type, u *types.Basic) string {
	switch info := u.Info(); {
	case info&types.IsBoolean != 0:
		return "printbool"
	case info&types.IsString != 0:
		return "printstring"
	case info&types.IsUnsigned != 0:
		if n, ok := types.Unalias(t).(*types.Named); ok && n.Obj().Name() == "hex" && n.Obj().Pkg().Path() == "runtime" {
			return "printhex"
		}
		return "printuint"
	case info&types.IsInteger != 0:
		return "printint"
	case u.Kind() == types.Float32:
		return "printfloat32"
	case info&types.IsFloat != 0:
		return "printfloat"
	case u.Kind() == types.Complex64:
		return "printcomplex64"
	case info&types.IsComplex != 0:
		return "printcomplex"
	}
	return "printpointer"
}
