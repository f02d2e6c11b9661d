package lower

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// lowerExtract takes a component of a tuple.
func (f *function) lowerExtract(i *ssa.Extract) {
	f.define(i, f.tuple(i.Tuple)[i.Index])
}

// lowerField is x.f of a struct value.
func (f *function) lowerField(i *ssa.Field) {
	x, t := f.value(i.X), i.X.Type()
	if !f.l.types.isMemory(t) {
		f.define(i, f.part(x, i.Field))
		return
	}
	f.define(i, f.inside(i.Type(), f.b.Offset(x, f.l.types.offset(t, i.Field))))
}

// inside is the value of type t at p, a part of a temporary: as nobody changes it, one of the memory class needs no copy.
func (f *function) inside(t types.Type, p llvm.Value) llvm.Value {
	if f.l.types.isMemory(t) {
		return p
	}
	return f.load(t, p)
}

// lowerIndex is x[i] of an array value or a string.
func (f *function) lowerIndex(i *ssa.Index) {
	x := f.value(i.X)
	switch t := i.X.Type().Underlying().(type) {
	case *types.Basic:
		n := f.checkIndex(i.Index, f.part(x, 1))
		f.define(i, f.b.Load(llvm.I8, f.b.Index(f.part(x, 0), n, 1), 1))
	case *types.Array:
		n := f.checkIndex(i.Index, f.word(t.Len()))
		switch {
		case f.l.types.isMemory(t):
			f.define(i, f.inside(t.Elem(), f.b.Index(x, n, f.l.types.size(t.Elem()))))
		case t.Len() == 0:
			f.define(i, f.zero(t.Elem())) // the check has panicked
		default:
			f.define(i, f.part(x, 0))
		}
	default:
		internalError("index of a %v", i.X.Type())
	}
}

// lowerIndexAddr is &x[i] of a slice or a pointer to an array.
func (f *function) lowerIndexAddr(i *ssa.IndexAddr) {
	x := f.value(i.X)
	switch t := i.X.Type().Underlying().(type) {
	case *types.Slice:
		n := f.indexOf(i, f.part(x, 1))
		f.define(i, f.b.Index(f.part(x, 0), n, f.l.types.size(t.Elem())))
	case *types.Pointer:
		array := t.Elem().Underlying().(*types.Array)
		f.nilCheck(i.X, x)
		n := f.indexOf(i, f.word(array.Len()))
		f.define(i, f.b.Index(x, n, f.l.types.size(array.Elem())))
	default:
		internalError("address of an element of a %v", i.X.Type())
	}
}

// indexOf returns the index of i, checked against n unless it is that of a range loop over what i indexes.
func (f *function) indexOf(i *ssa.IndexAddr, n llvm.Value) llvm.Value {
	if rangesOver(i) {
		return f.value(i.Index)
	}
	return f.checkIndex(i.Index, n)
}
