package initeval

import (
	"go/types"
)

// kind is how a value of a type is held in registers and memory.
type kind uint8

const (
	kindBool kind = iota
	kindInt
	kindUint
	kindFloat
	kindComplex
	kindPointer // pointers, unsafe.Pointer, maps, channels and func values: one word
	kindString
	kindSlice
	kindIface
	kindStruct
	kindArray
	kindTuple
)

// layout is the memory shape of a type on the target.
type layout struct {
	typ      types.Type
	kind     kind
	size     int64
	fields   []field // of a struct
	elem     *layout // of an array
	len      int64   // of an array
	pointers bool    // holds something through which memory can be written (strings do not)
	uintptr  bool    // an integer that may carry an address for unsafe.Pointer arithmetic
}

type field struct {
	off int64
	lay *layout
}

const wordSize = 4

// layouts computes and caches layouts.
type layouts struct {
	sizes types.Sizes
	cache map[types.Type]*layout
}

func (ls *layouts) of(t types.Type) *layout {
	if l := ls.cache[t]; l != nil {
		return l
	}
	l := ls.compute(t)
	ls.cache[t] = l
	return l
}

func (ls *layouts) compute(t types.Type) *layout {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return ls.basic(t, u)
	case *types.Pointer, *types.Map, *types.Chan, *types.Signature:
		return &layout{typ: t, kind: kindPointer, size: wordSize, pointers: true}
	case *types.Slice:
		return &layout{typ: t, kind: kindSlice, size: 3 * wordSize, pointers: true}
	case *types.Interface:
		if _, param := types.Unalias(t).(*types.TypeParam); param {
			fail("type parameter")
		}
		return &layout{typ: t, kind: kindIface, size: 2 * wordSize, pointers: true}
	case *types.Struct:
		return ls.structure(t, u)
	case *types.Array:
		elem := ls.of(u.Elem())
		return &layout{typ: t, kind: kindArray, size: ls.sizes.Sizeof(t), elem: elem, len: u.Len(), pointers: elem.pointers && u.Len() > 0}
	case *types.Tuple:
		return &layout{typ: t, kind: kindTuple}
	}
	fail("type %s", t)
	return nil
}

func (ls *layouts) basic(t types.Type, b *types.Basic) *layout {
	l := &layout{typ: t}
	info := b.Info()
	switch {
	case b.Kind() == types.Invalid: // the type of go/ssa's map and string iterators
		l.kind = kindTuple
		return l
	case b.Kind() == types.UnsafePointer || b.Kind() == types.UntypedNil:
		l.kind, l.pointers, l.size = kindPointer, true, wordSize
		return l
	case info&types.IsBoolean != 0:
		l.kind = kindBool
	case info&types.IsString != 0:
		l.kind = kindString
	case info&types.IsUnsigned != 0:
		l.kind = kindUint
		l.uintptr = b.Kind() == types.Uintptr
	case info&types.IsInteger != 0:
		l.kind = kindInt
	case info&types.IsFloat != 0:
		l.kind = kindFloat
	case info&types.IsComplex != 0:
		l.kind = kindComplex
	default:
		fail("type %s", t)
	}
	l.size = ls.sizes.Sizeof(types.Default(b))
	return l
}

func (ls *layouts) structure(t types.Type, s *types.Struct) *layout {
	l := &layout{typ: t, kind: kindStruct, size: ls.sizes.Sizeof(t), fields: make([]field, s.NumFields())}
	vars := make([]*types.Var, s.NumFields())
	for i := range vars {
		vars[i] = s.Field(i)
	}
	offs := ls.sizes.Offsetsof(vars)
	for i, v := range vars {
		f := ls.of(v.Type())
		l.fields[i] = field{offs[i], f}
		l.pointers = l.pointers || f.pointers
	}
	return l
}
