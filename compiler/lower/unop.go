package lower

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// lowerNegate is -x.
func (f *function) lowerNegate(i *ssa.UnOp) {
	x := f.value(i.X)
	switch info := i.Type().Underlying().(*types.Basic).Info(); {
	case info&types.IsFloat != 0:
		f.define(i, f.b.FNeg(x))
	case info&types.IsComplex != 0:
		f.define(i, f.b.Aggregate(x.Type, f.b.FNeg(f.part(x, 0)), f.b.FNeg(f.part(x, 1))))
	default:
		f.define(i, f.b.Binary("sub", llvm.Zero(x.Type), x))
	}
}

// lowerComplement is ^x and !x.
func (f *function) lowerComplement(i *ssa.UnOp) {
	x := f.value(i.X)
	if x.Type == llvm.I1 {
		f.define(i, f.not(x))
		return
	}
	f.define(i, f.b.Binary("xor", x, llvm.ConstInt(x.Type, -1)))
}
