package rtype

import (
	"fmt"
	"go/types"
)

// Alg says how values of a type are compared and hashed.
type Alg int

// The ways, as cmd/compile's AlgType tells them apart.
const (
	AlgNone      Alg = iota // not comparable
	AlgMem                  // equal if and only if the bytes are: abi.TFlagRegularMemory
	AlgString               // length and bytes
	AlgInterface            // dynamic type and value, first word an itab
	AlgEface                // the same, first word a type
	AlgFloat                // Go's ==: NaN differs from itself, the zeros are equal
	AlgComplex
	AlgSpecial // struct or array with parts that are not plain memory, padding or blank fields
)

// AlgOf classifies t.
func AlgOf(sizes types.Sizes, t types.Type) Alg {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch info := u.Info(); {
		case info&types.IsString != 0:
			return AlgString
		case info&types.IsFloat != 0:
			return AlgFloat
		case info&types.IsComplex != 0:
			return AlgComplex
		}
		return AlgMem
	case *types.Pointer, *types.Chan:
		return AlgMem
	case *types.Interface:
		if u.NumMethods() == 0 {
			return AlgEface
		}
		return AlgInterface
	case *types.Array:
		return arrayAlg(sizes, u)
	case *types.Struct:
		return structAlg(sizes, u)
	}
	return AlgNone
}

func arrayAlg(sizes types.Sizes, u *types.Array) Alg {
	elem := AlgOf(sizes, u.Elem())
	switch {
	case elem == AlgNone || elem == AlgMem:
		return elem
	case u.Len() == 0:
		return AlgMem
	case u.Len() == 1:
		return elem
	}
	return AlgSpecial
}

func structAlg(sizes types.Sizes, u *types.Struct) Alg {
	offsets := sizes.Offsetsof(structFields(u))
	if u.NumFields() == 1 && u.Field(0).Name() != "_" {
		return AlgOf(sizes, u.Field(0).Type())
	}
	alg, end := AlgMem, int64(0)
	for i := range u.NumFields() {
		f := u.Field(i)
		a := AlgOf(sizes, f.Type())
		if a == AlgNone {
			return AlgNone
		}
		if a != AlgMem || f.Name() == "_" || offsets[i] != end {
			alg = AlgSpecial
		}
		end = offsets[i] + sizes.Sizeof(f.Type())
	}
	if end != sizes.Sizeof(u) {
		alg = AlgSpecial
	}
	return alg
}

// EqualFunc names the function of shape func(p, q unsafe.Pointer) bool that compares two values of t: "" when t is not
// comparable. When generated is true the compiler writes it, otherwise it is a function of package runtime.
func (s *Symbols) EqualFunc(t types.Type) (name string, generated bool) {
	switch AlgOf(s.sizes, t) {
	case AlgNone:
		return "", false
	case AlgMem:
		if bits := s.memBits(t); bits >= 8 {
			return fmt.Sprintf("runtime.memequal%d", bits), false
		}
		return fmt.Sprintf("type:.eq.mem%d", s.sizes.Sizeof(t)), true
	case AlgString:
		return "runtime.strequal", false
	case AlgInterface:
		return "runtime.interequal", false
	case AlgEface:
		return "runtime.nilinterequal", false
	case AlgFloat:
		return fmt.Sprintf("runtime.f%dequal", s.sizes.Sizeof(t)*8), false
	case AlgComplex:
		return fmt.Sprintf("runtime.c%dequal", s.sizes.Sizeof(t)*8), false
	}
	return "type:.eq." + s.Unique(t), true
}

// HashFunc names the function of shape func(p unsafe.Pointer, seed uintptr) uintptr that hashes a t, as EqualFunc does.
func (s *Symbols) HashFunc(t types.Type) (name string, generated bool) {
	switch AlgOf(s.sizes, t) {
	case AlgNone:
		return "", false
	case AlgMem:
		if bits := s.memBits(t); bits >= 8 && bits <= 64 {
			return fmt.Sprintf("runtime.memhash%d", bits), false
		}
		return fmt.Sprintf("type:.hash.mem%d", s.sizes.Sizeof(t)), true
	case AlgString:
		return "runtime.strhash", false
	case AlgInterface:
		return "runtime.interhash", false
	case AlgEface:
		return "runtime.nilinterhash", false
	case AlgFloat:
		return fmt.Sprintf("runtime.f%dhash", s.sizes.Sizeof(t)*8), false
	case AlgComplex:
		return fmt.Sprintf("runtime.c%dhash", s.sizes.Sizeof(t)*8), false
	}
	return "type:.hash." + s.Unique(t), true
}

// memBits is the width of the machine word operation that covers a plain memory type, 0 when none does. A type that is
// aligned less than such a word (ARMv6-M faults on it) has none.
func (s *Symbols) memBits(t types.Type) int64 {
	size := s.sizes.Sizeof(t)
	switch size {
	case 1, 2, 4, 8, 16:
		if s.sizes.Alignof(t) >= min(size, WordSize) {
			return size * 8
		}
	}
	return 0
}

// FastMap is the suffix of the runtime's map functions ("_fast32", "_faststr", ... or "") that suit m: its key is a
// scalar or a string and its element small enough to stay in the group.
func FastMap(sizes types.Sizes, m *types.Map) string {
	if sizes.Sizeof(m.Elem()) > maxInline {
		return ""
	}
	switch u := m.Key().Underlying().(type) {
	case *types.Basic:
		switch {
		case u.Info()&types.IsString != 0:
			return "_faststr"
		case u.Kind() == types.UnsafePointer:
			return "_fast32ptr"
		case u.Info()&types.IsInteger != 0 && sizes.Sizeof(u) == 4:
			return "_fast32"
		case u.Info()&types.IsInteger != 0 && sizes.Sizeof(u) == 8:
			return "_fast64"
		}
	case *types.Pointer, *types.Chan:
		return "_fast32ptr"
	}
	return ""
}
