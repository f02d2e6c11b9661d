package lower

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// lowerMinMax is min or max of two or more operands.
func (f *function) lowerMinMax(name string, args []ssa.Value) llvm.Value {
	t := args[0].Type().Underlying().(*types.Basic)
	v := f.value(args[0])
	for _, a := range args[1:] {
		v = f.pick(name == "min", t, v, f.value(a))
	}
	return v
}

func (f *function) pick(smallest bool, t *types.Basic, x, y llvm.Value) llvm.Value {
	switch {
	case t.Info()&types.IsString != 0:
		c := f.runtimeCall("cmpstring", y, x)
		if smallest {
			return f.b.Select(f.b.ICmp("slt", c, f.word(0)), y, x)
		}
		return f.b.Select(f.b.ICmp("sgt", c, f.word(0)), y, x)
	case t.Info()&types.IsFloat != 0:
		return f.pickFloat(smallest, x, y)
	}
	pred := "gt"
	if smallest {
		pred = "lt"
	}
	if isSigned(t) {
		return f.b.Select(f.b.ICmp("s"+pred, x, y), x, y)
	}
	return f.b.Select(f.b.ICmp("u"+pred, x, y), x, y)
}

// pickFloat follows Go: a NaN wins, and -0 is smaller than +0.
func (f *function) pickFloat(smallest bool, x, y llvm.Value) llvm.Value {
	pred, merge := "ogt", "and"
	if smallest {
		pred, merge = "olt", "or"
	}
	bits := llvm.Int(x.Type.Bits())
	both := f.b.Binary(merge, f.b.Cast("bitcast", x, bits), f.b.Cast("bitcast", y, bits))
	v := f.b.Select(f.b.FCmp(pred, x, y), x, y)
	v = f.b.Select(f.b.FCmp("oeq", x, y), f.b.Cast("bitcast", both, x.Type), v)
	return f.b.Select(f.b.FCmp("uno", x, y), f.b.Binary("fadd", x, y), v)
}
