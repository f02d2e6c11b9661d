package lower

import (
	"go/constant"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/escape"
	"mote/compiler/llvm"
)

// sliced is what a slice expression cuts from.
type sliced struct {
	base, len, cap llvm.Value
	elem           int64 // size of an element
	isSlice        bool  // bounds are named after the capacity
}

// lowerSlice is x[low:high:max].
func (f *function) lowerSlice(i *ssa.Slice) {
	if a, ok := i.X.(*ssa.Alloc); ok && a.Comment == "makeslice" {
		f.sliceMade(i, a)
		return
	}
	s := f.sliceOperand(i.X)
	high, limit := s.len, s.cap
	if i.Max != nil {
		limit = f.checkSlice(i.Max, s.cap, s.code(boundsSlice3Alen, boundsSlice3Acap))
	}
	if i.High != nil {
		code := boundsSlice3B
		if i.Max == nil {
			code = s.code(boundsSliceAlen, boundsSliceAcap)
		}
		high = f.checkSlice(i.High, limit, code)
	}
	if i.Low == nil {
		f.defineSlice(i, s.base, high, limit)
		return
	}
	code := boundsSliceB
	if i.Max != nil {
		code = boundsSlice3C
	}
	low := f.checkSlice(i.Low, high, code)
	rest := f.b.Binary("sub", limit, low)
	f.defineSlice(i, f.cutBase(s, low, rest), f.b.Binary("sub", high, low), rest)
}

// cutBase is the base of what is left from index low on. Where that is nothing the base stays as it was: a pointer behind the end
// would keep alive whatever lies there.
func (f *function) cutBase(s *sliced, low, rest llvm.Value) llvm.Value {
	negated := f.b.Binary("sub", f.word(0), rest)
	mask := f.b.Binary("ashr", negated, f.word(31))
	return f.b.Index(s.base, f.b.Binary("and", low, mask), s.elem)
}

// sliceMade is what go/ssa makes of make([]T, n, constant): an array cut to length n. A wrong n is an error of make.
func (f *function) sliceMade(i *ssa.Slice, array *ssa.Alloc) {
	s := f.sliceOperand(array)
	n, signed := f.indexValue(i.High)
	if signed {
		f.panicIf(f.b.ICmp("slt", n, llvm.Zero(n.Type)), "panicmakeslicelen")
	}
	f.panicIf(f.b.ICmp("ugt", n, f.b.IntCast(s.cap, n.Type, false)), "panicmakeslicecap")
	f.defineSlice(i, s.base, f.b.IntCast(n, llvm.I32, signed), s.cap)
}

func (s *sliced) code(length, capacity boundsCode) boundsCode {
	if s.isSlice {
		return capacity
	}
	return length
}

// defineSlice makes a string or slice of its parts.
func (f *function) defineSlice(i ssa.Value, base, n, limit llvm.Value) {
	t := f.l.types.value(i.Type())
	if len(t.Elems()) == 2 {
		f.define(i, f.b.Aggregate(t, base, n))
	} else {
		f.define(i, f.b.Aggregate(t, base, n, limit))
	}
}

func (f *function) sliceOperand(v ssa.Value) *sliced {
	x := f.value(v)
	switch t := v.Type().Underlying().(type) {
	case *types.Basic:
		n := f.part(x, 1)
		return &sliced{base: f.part(x, 0), len: n, cap: n, elem: 1}
	case *types.Slice:
		return &sliced{base: f.part(x, 0), len: f.part(x, 1), cap: f.part(x, 2), elem: f.l.types.size(t.Elem()), isSlice: true}
	case *types.Pointer:
		f.nilCheck(v, x)
		array := t.Elem().Underlying().(*types.Array)
		n := f.word(array.Len())
		return &sliced{base: x, len: n, cap: n, elem: f.l.types.size(array.Elem())}
	}
	internalError("slice of a %v", v.Type())
	return nil
}

// lowerMakeSlice is make([]T, len, cap).
func (f *function) lowerMakeSlice(i *ssa.MakeSlice) {
	elem := i.Type().Underlying().(*types.Slice).Elem()
	if f.stackSlice(i, elem) || f.appendedZeros(i, elem) {
		return
	}
	t := f.m.typeDescriptor(elem)
	n, limit := f.makeSize(i.Len), f.makeSize(i.Cap)
	if n.Type == llvm.I32 && limit.Type == llvm.I32 {
		f.defineSlice(i, f.runtimeCall("makeslice", t, n, limit), n, limit)
		return
	}
	n = f.b.IntCast(n, llvm.I64, true)
	limit = f.b.IntCast(limit, llvm.I64, true)
	base := f.runtimeCall("makeslice64", t, n, limit)
	f.defineSlice(i, base, f.b.IntCast(n, llvm.I32, true), f.b.IntCast(limit, llvm.I32, true))
}

// makeSize returns a size as i32 or i64; a uint32 beyond int is negative and so refused by the runtime.
func (f *function) makeSize(v ssa.Value) llvm.Value {
	x, _ := f.indexValue(v)
	return x
}

// stackSlice puts the array of a small slice of constant size that does not escape into the frame.
func (f *function) stackSlice(i *ssa.MakeSlice, elem types.Type) bool {
	n, ok1 := constInt(i.Len)
	limit, ok2 := constInt(i.Cap)
	if !ok1 || !ok2 || n < 0 || limit < n || !f.l.Escape.OnStack(i) {
		return false
	}
	size := f.l.types.size(elem)
	if size > escape.MaxObjectNoHeap || limit > escape.MaxObjectNoHeap || !f.fitsFrame(size*limit) {
		return false
	}
	f.frame += size * limit
	array := types.NewArray(elem, limit)
	p := f.ir.Alloca(size*limit, f.l.types.align(elem))
	f.clearMemory(p, array)
	f.defineSlice(i, p, f.word(n), f.word(limit))
	return true
}

// appendedZeros is append(s, make([]T, n)...): the zeros are written behind s (lowerAppend), not made first. Only the length is
// checked here.
func (f *function) appendedZeros(i *ssa.MakeSlice, elem types.Type) bool {
	n := f.makeSize(i.Len)
	if !onlyAppended(i) || n.Type != llvm.I32 {
		return false
	}
	bad, good := f.ir.NewBlock(), f.ir.NewBlock()
	f.b.CondBr(f.b.ICmp("slt", n, f.word(0)), bad, good)
	f.b = bad
	f.runtimeCall("makeslice", f.m.typeDescriptor(elem), n, n) // panics
	f.b.Unreachable()
	f.b = good
	f.defineSlice(i, llvm.Null(), n, n)
	return true
}

// onlyAppended reports whether a new slice is only ever appended as a whole, once.
func onlyAppended(v ssa.Value) bool {
	i, ok := v.(*ssa.MakeSlice)
	if !ok || i.Len != i.Cap || len(*i.Referrers()) != 1 {
		return false
	}
	call, ok := (*i.Referrers())[0].(*ssa.Call)
	if !ok {
		return false
	}
	b, ok := call.Call.Value.(*ssa.Builtin)
	return ok && b.Name() == "append" && len(call.Call.Args) == 2 && call.Call.Args[1] == v && call.Call.Args[0] != v
}

// lowerSliceToArrayPointer is (*[n]T)(s).
func (f *function) lowerSliceToArrayPointer(i *ssa.SliceToArrayPointer) {
	x := f.value(i.X)
	n := i.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Array).Len()
	length := f.part(x, 1)
	if n > 0 {
		f.panicIf(f.b.ICmp("ult", length, f.word(n)), "panicSliceConvert", f.word(n), length)
	}
	f.define(i, f.part(x, 0))
}

// constInt returns the value of a constant integer.
func constInt(v ssa.Value) (int64, bool) {
	c, ok := v.(*ssa.Const)
	if !ok || c.Value == nil {
		return 0, false
	}
	return constant.Int64Val(constant.ToInt(c.Value))
}
