package lower

import (
	"go/constant"
	"go/token"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// lowerShift is x << y and x >> y: a negative count panics, one beyond the width shifts everything out.
func (f *function) lowerShift(i *ssa.BinOp) {
	x, signed := f.value(i.X), isSigned(i.X.Type())
	width := int64(x.Type.Bits())
	op := "shl"
	if i.Op == token.SHR {
		op = "lshr"
		if signed {
			op = "ashr"
		}
	}
	if c, ok := i.Y.(*ssa.Const); ok {
		f.define(i, f.shiftConst(op, x, c, width))
		return
	}
	y := f.value(i.Y)
	if isSigned(i.Y.Type()) {
		f.panicIf(f.b.ICmp("slt", y, llvm.Zero(y.Type)), "panicshift")
	}
	f.define(i, f.shift(op, x, y, width))
}

func (f *function) shiftConst(op string, x llvm.Value, c *ssa.Const, width int64) llvm.Value {
	n, exact := constant.Int64Val(constant.ToInt(c.Value))
	if !exact || n >= width {
		if op != "ashr" {
			return llvm.Zero(x.Type)
		}
		n = width - 1
	}
	return f.b.Binary(op, x, llvm.ConstInt(x.Type, n))
}

// shift shifts by a count that is not negative. LLVM's result for one beyond the width is undefined, so it is chosen away.
func (f *function) shift(op string, x, y llvm.Value, width int64) llvm.Value {
	small := f.b.ICmp("ult", y, llvm.ConstInt(y.Type, width))
	if op == "ashr" {
		y = f.b.Select(small, y, llvm.ConstInt(y.Type, width-1))
		return f.b.Binary(op, x, f.b.IntCast(y, x.Type, false))
	}
	shifted := f.b.Binary(op, x, f.b.IntCast(y, x.Type, false))
	return f.b.Select(small, shifted, llvm.Zero(x.Type))
}
