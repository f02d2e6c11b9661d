package lower

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// lowerBinOp dispatches on the operator and the kind of its operands.
func (f *function) lowerBinOp(i *ssa.BinOp) {
	switch i.Op {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		f.lowerCompare(i)
		return
	case token.SHL, token.SHR:
		f.lowerShift(i)
		return
	}
	b, ok := i.X.Type().Underlying().(*types.Basic)
	if !ok {
		internalError("operator %v on %v", i.Op, i.X.Type())
	}
	switch info := b.Info(); {
	case info&types.IsString != 0:
		f.lowerConcat(i)
	case info&types.IsFloat != 0:
		f.define(i, f.b.Binary(floatOp(i.Op), f.value(i.X), f.value(i.Y)))
	case info&types.IsComplex != 0:
		f.define(i, f.complexOp(i.Op, f.value(i.X), f.value(i.Y)))
	case i.Op == token.QUO || i.Op == token.REM:
		f.lowerDivide(i)
	default:
		f.define(i, f.integerOp(i.Op, f.value(i.X), f.value(i.Y)))
	}
}

func floatOp(op token.Token) string {
	switch op {
	case token.ADD:
		return "fadd"
	case token.SUB:
		return "fsub"
	case token.MUL:
		return "fmul"
	case token.QUO:
		return "fdiv"
	}
	internalError("operator %v on floating point numbers", op)
	return ""
}

func (f *function) integerOp(op token.Token, x, y llvm.Value) llvm.Value {
	switch op {
	case token.ADD:
		return f.b.Binary("add", x, y)
	case token.SUB:
		return f.b.Binary("sub", x, y)
	case token.MUL:
		return f.b.Binary("mul", x, y)
	case token.AND:
		return f.b.Binary("and", x, y)
	case token.OR:
		return f.b.Binary("or", x, y)
	case token.XOR:
		return f.b.Binary("xor", x, y)
	case token.AND_NOT:
		return f.b.Binary("and", x, f.b.Binary("xor", y, llvm.ConstInt(y.Type, -1)))
	}
	internalError("operator %v on integers", op)
	return llvm.Value{}
}

// lowerDivide is x / y and x % y of integers: y == 0 panics, and the smallest number divided by -1 wraps, which LLVM leaves undefined.
func (f *function) lowerDivide(i *ssa.BinOp) {
	x, y := f.value(i.X), f.value(i.Y)
	signed := isSigned(i.X.Type())
	divisor, known := i.Y.(*ssa.Const)
	if !known || divisor.Value == nil || constant.Sign(divisor.Value) == 0 { // go/ssa makes a constant of a variable that is never set
		f.panicIf(f.b.ICmp("eq", y, llvm.Zero(y.Type)), "panicdivide")
	}
	op := "udiv"
	if i.Op == token.REM {
		op = "urem"
	}
	if !signed {
		f.define(i, f.b.Binary(op, x, y))
		return
	}
	op = "s" + op[1:]
	switch {
	case known && !isMinusOne(divisor):
		f.define(i, f.b.Binary(op, x, y))
	case x.Type.Bits() < 32: // cannot overflow when widened
		wide := f.b.Binary(op, f.b.IntCast(x, llvm.I32, true), f.b.IntCast(y, llvm.I32, true))
		f.define(i, f.b.IntCast(wide, x.Type, true))
	default:
		f.define(i, f.divideWrapping(op, x, y))
	}
}

// divideWrapping divides by 1 instead of by -1 and negates the quotient.
func (f *function) divideWrapping(op string, x, y llvm.Value) llvm.Value {
	minus := f.b.ICmp("eq", y, llvm.ConstInt(y.Type, -1))
	r := f.b.Binary(op, x, f.b.Select(minus, llvm.ConstInt(y.Type, 1), y))
	if op == "srem" {
		return r
	}
	return f.b.Select(minus, f.b.Binary("sub", llvm.Zero(x.Type), x), r)
}

func isMinusOne(c *ssa.Const) bool {
	n, exact := constant.Int64Val(constant.ToInt(c.Value))
	return exact && n == -1
}

// complexOp is + - * / of complex numbers.
func (f *function) complexOp(op token.Token, x, y llvm.Value) llvm.Value {
	if op == token.QUO {
		return f.complexDivide(x, y)
	}
	a, b, c, d := f.part(x, 0), f.part(x, 1), f.part(y, 0), f.part(y, 1)
	switch op {
	case token.ADD:
		return f.b.Aggregate(x.Type, f.b.Binary("fadd", a, c), f.b.Binary("fadd", b, d))
	case token.SUB:
		return f.b.Aggregate(x.Type, f.b.Binary("fsub", a, c), f.b.Binary("fsub", b, d))
	case token.MUL:
		re := f.b.Binary("fsub", f.b.Binary("fmul", a, c), f.b.Binary("fmul", b, d))
		im := f.b.Binary("fadd", f.b.Binary("fmul", a, d), f.b.Binary("fmul", b, c))
		return f.b.Aggregate(x.Type, re, im)
	}
	internalError("operator %v on complex numbers", op)
	return llvm.Value{}
}

// complexDivide leaves the special cases to the runtime, in double precision as Go does.
func (f *function) complexDivide(x, y llvm.Value) llvm.Value {
	wide := llvm.Struct(llvm.Double, llvm.Double)
	q := f.runtimeCall("complex128div", f.complexCast(x, wide), f.complexCast(y, wide))
	return f.complexCast(q, x.Type)
}
