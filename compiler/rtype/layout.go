package rtype

import "go/types"

// WordSize is the size of a pointer in bytes on every target.
const WordSize = 4

// PtrBytes is the length of the prefix of t that can hold pointers, in bytes: abi.Type's PtrBytes.
func PtrBytes(sizes types.Sizes, t types.Type) int64 {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch u.Kind() {
		case types.String, types.UnsafePointer, types.UntypedNil, types.UntypedString:
			return WordSize
		}
		return 0
	case *types.Pointer, *types.Map, *types.Chan, *types.Signature, *types.Slice:
		return WordSize
	case *types.Interface:
		return 2 * WordSize
	case *types.Array:
		if u.Len() == 0 {
			return 0
		}
		if p := PtrBytes(sizes, u.Elem()); p > 0 {
			return (u.Len()-1)*sizes.Sizeof(u.Elem()) + p
		}
		return 0
	case *types.Struct:
		for i := u.NumFields() - 1; i >= 0; i-- {
			if p := PtrBytes(sizes, u.Field(i).Type()); p > 0 {
				return sizes.Offsetsof(structFields(u))[i] + p
			}
		}
	}
	return 0
}

// HasPointers reports whether the collector must look into values of type t.
func HasPointers(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch u.Kind() {
		case types.String, types.UnsafePointer, types.UntypedNil, types.UntypedString:
			return true
		}
		return false
	case *types.Array:
		return u.Len() > 0 && HasPointers(u.Elem())
	case *types.Struct:
		for f := range u.Fields() {
			if HasPointers(f.Type()) {
				return true
			}
		}
		return false
	}
	return true
}

// IsDirect reports whether an interface holds the value of t itself in its data word, as abi.TFlagDirectIface says:
// t is one word and that word is a pointer.
func IsDirect(sizes types.Sizes, t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Pointer, *types.Map, *types.Chan, *types.Signature:
		return true
	case *types.Basic:
		return u.Kind() == types.UnsafePointer
	case *types.Struct, *types.Array:
		return sizes.Sizeof(t) == WordSize && HasPointers(t)
	}
	return false
}

// pointerMask sets in mask, whose bit i stands for the word at i*WordSize, the words of a t at off that hold pointers.
func pointerMask(sizes types.Sizes, t types.Type, off int64, mask []byte) {
	set := func(o int64) { mask[o/WordSize/8] |= 1 << (o / WordSize % 8) }
	switch u := t.Underlying().(type) {
	case *types.Basic:
		if HasPointers(u) {
			set(off)
		}
	case *types.Interface:
		set(off)
		set(off + WordSize)
	case *types.Array:
		if !HasPointers(u) {
			return
		}
		size := sizes.Sizeof(u.Elem())
		for i := range u.Len() {
			pointerMask(sizes, u.Elem(), off+i*size, mask)
		}
	case *types.Struct:
		offsets := sizes.Offsetsof(structFields(u))
		for i := range u.NumFields() {
			pointerMask(sizes, u.Field(i).Type(), off+offsets[i], mask)
		}
	default:
		set(off)
	}
}

func structFields(s *types.Struct) []*types.Var {
	fields := make([]*types.Var, s.NumFields())
	for i := range fields {
		fields[i] = s.Field(i)
	}
	return fields
}
