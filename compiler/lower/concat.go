package lower

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// lowerConcat is x + y of strings. A sum that is only a part of a longer one in the same block is left to that one.
func (f *function) lowerConcat(i *ssa.BinOp) {
	if isPartOfSum(i) {
		return
	}
	terms := appendSum(nil, i)
	size := f.l.types.size(i.Type())
	array := f.scratch(int64(len(terms))*size, 4)
	for n, t := range terms {
		f.store(i.Type(), f.value(t), f.b.Offset(array, int64(n)*size))
	}
	n := f.word(int64(len(terms)))
	list := f.b.Aggregate(llvm.Struct(llvm.Ptr, llvm.I32, llvm.I32), array, n, n)
	f.define(i, f.textCall(i, "concatstrings", list))
}

// isPartOfSum tells whether i's only use is another sum in its block.
func isPartOfSum(i *ssa.BinOp) bool {
	refs := *i.Referrers()
	if len(refs) != 1 {
		return false
	}
	user, ok := refs[0].(*ssa.BinOp)
	return ok && user.Op == token.ADD && user.Block() == i.Block() && user.X != user.Y
}

// appendSum appends the terms of both sides of a sum.
func appendSum(terms []ssa.Value, sum *ssa.BinOp) []ssa.Value {
	for _, side := range []ssa.Value{sum.X, sum.Y} {
		if part, ok := side.(*ssa.BinOp); ok && part.Op == token.ADD && isPartOfSum(part) {
			terms = appendSum(terms, part)
		} else {
			terms = append(terms, side)
		}
	}
	return terms
}
