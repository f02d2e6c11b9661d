package lower

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
	"mote/compiler/reach"
	"mote/compiler/rtype"
)

// lowerCompare is == != < <= > >=.
func (f *function) lowerCompare(i *ssa.BinOp) {
	t := i.X.Type()
	x, y := f.value(i.X), f.value(i.Y)
	if reach.ChangesItab(i.Y.Type(), t) && !isNilInterface(y) {
		y = f.changeInterface(y, i.Y.Type(), t)
	}
	switch i.Op {
	case token.EQL:
		f.define(i, f.equal(t, x, y))
	case token.NEQ:
		f.define(i, f.not(f.equal(t, x, y)))
	default:
		f.define(i, f.order(i.Op, t, x, y))
	}
}

func (f *function) not(x llvm.Value) llvm.Value {
	return f.b.Binary("xor", x, llvm.ConstBool(true))
}

// order is x op y for an ordered type.
func (f *function) order(op token.Token, t types.Type, x, y llvm.Value) llvm.Value {
	suffix := map[token.Token]string{token.LSS: "lt", token.LEQ: "le", token.GTR: "gt", token.GEQ: "ge"}[op]
	switch info := t.Underlying().(*types.Basic).Info(); {
	case info&types.IsString != 0:
		return f.b.ICmp("s"+suffix, f.runtimeCall("cmpstring", x, y), f.word(0))
	case info&types.IsFloat != 0:
		return f.b.FCmp("o"+suffix, x, y)
	case info&types.IsUnsigned != 0:
		return f.b.ICmp("u"+suffix, x, y)
	}
	return f.b.ICmp("s"+suffix, x, y)
}

// equal compares two values of type t as Go's == does. A slice, map or function can only be compared with nil.
func (f *function) equal(t types.Type, x, y llvm.Value) llvm.Value {
	if f.l.types.isMemory(t) {
		return f.equalMemory(t, x, y)
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return f.equalBasic(u, x, y)
	case *types.Interface:
		return f.equalInterface(u, x, y)
	case *types.Slice:
		return f.b.ICmp("eq", f.part(x, 0), f.part(y, 0))
	case *types.Struct:
		return f.equalFields(u, func(i int) llvm.Value {
			return f.equal(u.Field(i).Type(), f.part(x, i), f.part(y, i))
		})
	case *types.Array:
		if u.Len() == 0 {
			return llvm.ConstBool(true)
		}
		return f.equal(u.Elem(), f.part(x, 0), f.part(y, 0))
	}
	return f.b.ICmp("eq", x, y)
}

func (f *function) equalBasic(b *types.Basic, x, y llvm.Value) llvm.Value {
	switch info := b.Info(); {
	case info&types.IsString != 0:
		return f.equalString(x, y)
	case info&types.IsFloat != 0:
		return f.b.FCmp("oeq", x, y)
	case info&types.IsComplex != 0:
		re := f.b.FCmp("oeq", f.part(x, 0), f.part(y, 0))
		im := f.b.FCmp("oeq", f.part(x, 1), f.part(y, 1))
		return f.b.Binary("and", re, im)
	}
	return f.b.ICmp("eq", x, y)
}

// equalString compares lengths, then bytes.
func (f *function) equalString(x, y llvm.Value) llvm.Value {
	n := f.part(x, 1)
	same := f.b.ICmp("eq", n, f.part(y, 1))
	if isEmptyString(x) || isEmptyString(y) {
		return same
	}
	return f.both(same, func() llvm.Value {
		return f.runtimeCall("memequal", f.part(x, 0), f.part(y, 0), n)
	})
}

func isEmptyString(v llvm.Value) bool { return v.Text() == "zeroinitializer" }

// equalInterface compares the type words, and the values only when these are equal and not nil.
func (f *function) equalInterface(t *types.Interface, x, y llvm.Value) llvm.Value {
	tx, ty := f.part(x, 0), f.part(y, 0)
	same := f.b.ICmp("eq", tx, ty)
	if isNilInterface(x) || isNilInterface(y) {
		return same
	}
	compare := "ifaceeq"
	if t.NumMethods() == 0 {
		compare = "efaceeq"
	}
	return f.both(same, func() llvm.Value {
		isNil := f.b.ICmp("eq", tx, llvm.Null())
		return f.not(f.both(f.not(isNil), func() llvm.Value {
			return f.not(f.runtimeCall(compare, tx, f.part(x, 1), f.part(y, 1)))
		}))
	})
}

func isNilInterface(v llvm.Value) bool { return v.Text() == "zeroinitializer" }

// both is first && second, where second is only evaluated when first holds.
func (f *function) both(first llvm.Value, second func() llvm.Value) llvm.Value {
	more, done := f.ir.NewBlock(), f.ir.NewBlock()
	result := done.Phi(llvm.I1)
	result.Add(llvm.ConstBool(false), f.b)
	f.b.CondBr(first, more, done)
	f.b = more
	x := second()
	result.Add(x, f.b)
	f.b.Br(done)
	f.b = done
	return result.Value
}

// equalFields compares a struct field by field with eq and stops at the first difference, except that scalars are compared together.
func (f *function) equalFields(s *types.Struct, eq func(i int) llvm.Value) llvm.Value {
	done := f.ir.NewBlock()
	result := done.Phi(llvm.I1)
	all, any := llvm.ConstBool(true), false
	for i := range s.NumFields() {
		if s.Field(i).Name() == "_" {
			continue
		}
		if any && !isPlainScalar(s.Field(i).Type()) {
			next := f.ir.NewBlock()
			result.Add(llvm.ConstBool(false), f.b)
			f.b.CondBr(all, next, done)
			f.b = next
			any = false
		}
		if e := eq(i); any {
			all = f.b.Binary("and", all, e)
		} else {
			all, any = e, true
		}
	}
	result.Add(all, f.b)
	f.b.Br(done)
	f.b = done
	return result.Value
}

// isPlainScalar tells whether comparing values of t takes no call that may panic or is costly.
func isPlainScalar(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&types.IsString == 0
	case *types.Pointer, *types.Chan:
		return true
	}
	return false
}

// equalMemory compares two values in memory: bytes where they decide, else by the function generated for the type.
func (f *function) equalMemory(t types.Type, p, q llvm.Value) llvm.Value {
	if rtype.AlgOf(f.l.Program.Sizes, t) == rtype.AlgMem {
		return f.runtimeCall("memequal", p, q, f.word(f.l.types.size(t)))
	}
	return f.b.Call(equalType, f.m.equalFunc(t), []llvm.Value{p, q})
}

// equalType is the code type of func(p, q unsafe.Pointer) bool.
var equalType = llvm.FuncType{Result: llvm.I1, Params: []llvm.Type{llvm.Ptr, llvm.Ptr}}

// equalParts compares two values in memory part by part: the body of a generated comparison function.
func (f *function) equalParts(t types.Type, p, q llvm.Value) llvm.Value {
	switch u := t.Underlying().(type) {
	case *types.Struct:
		return f.equalFields(u, func(i int) llvm.Value {
			off := f.l.types.offset(t, i)
			return f.equalAt(u.Field(i).Type(), f.b.Offset(p, off), f.b.Offset(q, off))
		})
	case *types.Array:
		return f.equalElems(u, p, q)
	}
	return f.equalAt(t, p, q)
}

// equalAt compares two values in memory.
func (f *function) equalAt(t types.Type, p, q llvm.Value) llvm.Value {
	if f.l.types.isMemory(t) {
		return f.equalMemory(t, p, q)
	}
	return f.equal(t, f.load(t, p), f.load(t, q))
}

// equalElems is a loop over the elements of two arrays that ends at the first difference.
func (f *function) equalElems(a *types.Array, p, q llvm.Value) llvm.Value {
	size := f.l.types.size(a.Elem())
	loop, next, done := f.ir.NewBlock(), f.ir.NewBlock(), f.ir.NewBlock()
	i := loop.Phi(llvm.I32)
	result := done.Phi(llvm.I1)
	i.Add(f.word(0), f.b)
	f.b.Br(loop)
	f.b = loop
	same := f.equalAt(a.Elem(), f.b.Index(p, i.Value, size), f.b.Index(q, i.Value, size))
	result.Add(llvm.ConstBool(false), f.b)
	f.b.CondBr(same, next, done)
	f.b = next
	n := f.b.Binary("add", i.Value, f.word(1))
	i.Add(n, f.b)
	result.Add(llvm.ConstBool(true), f.b)
	f.b.CondBr(f.b.ICmp("ult", n, f.word(a.Len())), loop, done)
	f.b = done
	return result.Value
}
