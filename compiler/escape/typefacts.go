package escape

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// typeFacts answers questions about types, with memory.
type typeFacts struct {
	sizes types.Sizes
	holds map[types.Type]bool
	limit int64 // of the size of objects
}

func newTypeFacts(sizes types.Sizes, limit int64) *typeFacts {
	return &typeFacts{sizes, make(map[types.Type]bool), limit}
}

// pointers reports whether a value of type t can hold a pointer. Strings do, and uintptr in the computation of an address.
func (f *typeFacts) pointers(t types.Type) bool {
	if b, ok := t.(*types.Basic); ok {
		return basicPointer(b)
	}
	has, ok := f.holds[t]
	if !ok {
		has = f.compute(t)
		f.holds[t] = has
	}
	return has
}

func basicPointer(b *types.Basic) bool {
	switch b.Kind() {
	case types.String, types.UntypedString, types.UnsafePointer, types.Uintptr, types.UntypedNil, types.Invalid:
		return true // Invalid is go/ssa's iterator
	}
	return false
}

func (f *typeFacts) compute(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return basicPointer(u)
	case *types.Array:
		return u.Len() > 0 && f.pointers(u.Elem())
	case *types.Struct:
		for i := range u.NumFields() {
			if f.pointers(u.Field(i).Type()) {
				return true
			}
		}
		return false
	case *types.Tuple:
		for i := range u.Len() {
			if f.pointers(u.At(i).Type()) {
				return true
			}
		}
		return false
	}
	return true
}

// direct reports whether a value of type t is itself the data word of an interface.
func (f *typeFacts) direct(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Pointer, *types.Map, *types.Chan, *types.Signature:
		return true
	case *types.Basic:
		return u.Kind() == types.UnsafePointer
	}
	return false
}

// size is the number of bytes that an allocating instruction needs; ok is false if the compiler does not know it.
func (f *typeFacts) size(in ssa.Instruction) (size int64, ok bool) {
	switch in := in.(type) {
	case *ssa.Alloc:
		return f.sizes.Sizeof(in.Type().Underlying().(*types.Pointer).Elem()), true
	case *ssa.MakeInterface:
		return f.sizes.Sizeof(in.X.Type()), true
	case *ssa.MakeSlice:
		n, ok := in.Cap.(*ssa.Const)
		if _, constLen := in.Len.(*ssa.Const); !ok || !constLen || n.Value == nil {
			return 0, false
		}
		count := n.Int64()
		if count < 0 || count > f.limit {
			return count, true // of one byte or nothing each: too large, or panics
		}
		return count * f.sizes.Sizeof(in.Type().Underlying().(*types.Slice).Elem()), true
	case *ssa.MakeClosure:
		size := f.sizes.Sizeof(types.Typ[types.Uintptr])
		for _, b := range in.Bindings {
			size += f.sizes.Sizeof(b.Type())
		}
		return size, true
	case *ssa.Convert, *ssa.BinOp:
		return 0, true // text: only what is short goes into the frame, in a buffer that the runtime chooses
	}
	return 0, false
}

// copiesText reports whether the conversion makes a copy of a string or slice.
func copiesText(in *ssa.Convert) bool {
	return isString(in.X.Type()) != isString(in.Type())
}

// joinsText reports whether a sum makes a new string.
func joinsText(in *ssa.BinOp) bool { return in.Op == token.ADD && isString(in.Type()) }

func isUintptr(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Kind() == types.Uintptr
}

func isInteger(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0
}

func isString(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}
