package lower

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// boundsCode says which bound was violated: abi.BoundsErrorCode of the Go release.
type boundsCode int64

const (
	boundsIndex      boundsCode = iota
	boundsSliceAlen             // s[?:x], x beyond the length
	boundsSliceAcap             // s[?:x], x beyond the capacity
	boundsSliceB                // s[x:y], x beyond y
	boundsSlice3Alen            // s[?:?:x], x beyond the length
	boundsSlice3Acap            // s[?:?:x], x beyond the capacity
	boundsSlice3B               // s[?:x:y], x beyond y
	boundsSlice3C               // s[x:y:?], x beyond y

	boundsUnsigned boundsCode = 0x80
)

// checkIndex panics unless 0 <= index < n and returns index as an int.
func (f *function) checkIndex(index ssa.Value, n llvm.Value) llvm.Value {
	x, signed := f.indexValue(index)
	if constBelow(index, n) || f.checks.off && x.Type.Bits() == 32 {
		return x
	}
	return f.boundsCheck(x, n, signed, "uge", boundsIndex)
}

// checkSlice panics unless 0 <= bound <= limit and returns bound as an int.
func (f *function) checkSlice(bound ssa.Value, limit llvm.Value, code boundsCode) llvm.Value {
	x, signed := f.indexValue(bound)
	if c, ok := bound.(*ssa.Const); ok && constant.Sign(c.Value) == 0 {
		return x
	}
	return f.boundsCheck(x, limit, signed, "ugt", code)
}

// indexValue returns an index as i32 or i64, and whether it is signed.
func (f *function) indexValue(v ssa.Value) (llvm.Value, bool) {
	signed := isSigned(v.Type())
	x := f.value(v)
	if c, ok := v.(*ssa.Const); ok {
		if n, exact := constant.Int64Val(constant.ToInt(c.Value)); exact && n == int64(int32(n)) {
			return f.word(n), true
		}
	}
	if x.Type.Bits() < 32 {
		x = f.b.IntCast(x, llvm.I32, signed)
	}
	return x, signed
}

// constBelow tells whether a constant index is below a constant length.
func constBelow(index ssa.Value, n llvm.Value) bool {
	c, ok := index.(*ssa.Const)
	if !ok || !n.IsConst() {
		return false
	}
	limit := constant.MakeFromLiteral(n.Text(), token.INT, 0)
	return constant.Sign(c.Value) >= 0 && constant.Compare(constant.ToInt(c.Value), token.LSS, limit)
}

// boundsCheck panics when the unsigned comparison pred of x with limit holds: negative values of x are large then.
func (f *function) boundsCheck(x, limit llvm.Value, signed bool, pred string, code boundsCode) llvm.Value {
	wide := x.Type == llvm.I64
	y := limit
	if wide {
		y = f.b.IntCast(limit, llvm.I64, false)
	}
	bad := f.b.ICmp(pred, x, y)
	flag := code
	if !signed {
		flag |= boundsUnsigned
	}
	switch {
	case wide:
		f.panicIf(bad, "panicBounds64", x, limit, llvm.ConstInt(llvm.I8, int64(flag)))
		return f.b.IntCast(x, llvm.I32, false)
	case code == boundsIndex && signed:
		f.panicIf(bad, "panicIndex", x, limit)
	case code == boundsIndex:
		f.panicIf(bad, "panicIndexU", x, limit)
	default:
		f.panicIf(bad, "panicBounds", x, limit, llvm.ConstInt(llvm.I8, int64(flag)))
	}
	return x
}

// isSigned tells whether t is a signed integer type.
func isSigned(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&(types.IsInteger|types.IsUnsigned) == types.IsInteger
}

// rangesOver tells whether i is in the body of a `for range` over the slice or array that it indexes, by the loop's own index,
// which cannot be out of range then. LLVM does not see that the index, which starts at -1, does not wrap.
func rangesOver(i *ssa.IndexAddr) bool {
	next, ok := i.Index.(*ssa.BinOp)
	if !ok || next.Op != token.ADD {
		return false
	}
	if phi, ok := next.X.(*ssa.Phi); !ok || phi.Comment != "rangeindex" {
		return false
	}
	header := next.Block()
	branch, ok := header.Instrs[len(header.Instrs)-1].(*ssa.If)
	if !ok {
		return false
	}
	cond, ok := branch.Cond.(*ssa.BinOp)
	if !ok || cond.Op != token.LSS || cond.X != ssa.Value(next) || !isLengthOf(cond.Y, i.X) {
		return false
	}
	body := header.Succs[0]
	return len(body.Preds) == 1 && body.Dominates(i.Block())
}

// isLengthOf tells whether n is len(x) of a slice, or the length of the array that x points to.
func isLengthOf(n, x ssa.Value) bool {
	if p, ok := x.Type().Underlying().(*types.Pointer); ok {
		length, ok := constInt(n)
		return ok && length == p.Elem().Underlying().(*types.Array).Len()
	}
	c, ok := n.(*ssa.Call)
	if !ok || len(c.Call.Args) != 1 || c.Call.Args[0] != x {
		return false
	}
	b, ok := c.Call.Value.(*ssa.Builtin)
	return ok && b.Name() == "len"
}
