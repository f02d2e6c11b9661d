// Package llvm builds LLVM modules and writes them as text. No other package knows the syntax of LLVM IR.
//
// It is a writer, not a model: types and operands are values that carry their own text, instructions are appended as text
// to their block at once, and nothing is ever read back. It checks nothing that clang checks. Local names are given automatically.
// A module's text depends only on the calls made, never on map order or addresses.
// Start reading at Module, then Block.
package llvm

import (
	"strconv"
	"strings"
)

// Type is an LLVM type as it is written; types compare with ==.
type Type string

// The types without parameters that Go programs need.
const (
	Void   Type = "void"
	I1     Type = "i1"
	I8     Type = "i8"
	I16    Type = "i16"
	I32    Type = "i32"
	I64    Type = "i64"
	Float  Type = "float"
	Double Type = "double"
	Ptr    Type = "ptr"
)

// Int returns the integer type of that many bits.
func Int(bits int) Type {
	switch bits {
	case 1:
		return I1
	case 8:
		return I8
	case 16:
		return I16
	case 32:
		return I32
	case 64:
		return I64
	}
	return Type("i" + strconv.Itoa(bits))
}

// Struct returns the type of a struct value with these elements.
func Struct(elems ...Type) Type {
	if len(elems) == 0 {
		return "{}"
	}
	var b strings.Builder
	b.WriteByte('{')
	for i, e := range elems {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(string(e))
	}
	b.WriteByte('}')
	return Type(b.String())
}

// PackedStruct returns the type of a struct without padding: what static data is made of.
func PackedStruct(elems ...Type) Type { return "<" + Struct(elems...) + ">" }

// Array returns the type of n elements.
func Array(n int64, elem Type) Type {
	return Type("[" + strconv.FormatInt(n, 10) + " x " + string(elem) + "]")
}

// IsInt tells whether t is an integer type.
func (t Type) IsInt() bool { return len(t) > 1 && t[0] == 'i' }

// IsFloat tells whether t is float or double.
func (t Type) IsFloat() bool { return t == Float || t == Double }

// IsStruct tells whether t is a struct type.
func (t Type) IsStruct() bool { return t != "" && (t[0] == '{' || t[0] == '<') }

// IsArray tells whether t is an array type.
func (t Type) IsArray() bool { return t != "" && t[0] == '[' }

// Bits returns the width of an integer or floating point type, 0 for others.
func (t Type) Bits() int {
	switch {
	case t == Float:
		return 32
	case t == Double:
		return 64
	case t.IsInt():
		n, _ := strconv.Atoi(string(t[1:]))
		return n
	}
	return 0
}

// Elems returns the element types of a struct type, in order.
func (t Type) Elems() []Type {
	s := strings.TrimSuffix(strings.TrimPrefix(string(t), "<"), ">")
	if len(s) < 3 {
		return nil
	}
	s = s[1 : len(s)-1]
	var out []Type
	depth, start := 0, 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '{', '[', '<':
			depth++
		case '}', ']', '>':
			depth--
		case ',':
			if depth == 0 {
				out = append(out, Type(strings.TrimSpace(s[start:i])))
				start = i + 1
			}
		}
	}
	return append(out, Type(strings.TrimSpace(s[start:])))
}

// Elem returns the type of element i of a struct or array type.
func (t Type) Elem(i int) Type {
	if t.IsArray() {
		_, elem, _ := strings.Cut(string(t[1:len(t)-1]), " x ")
		return Type(elem)
	}
	return t.Elems()[i]
}

// FuncType is the type of a function.
type FuncType struct {
	Result   Type // Void when there is none
	Params   []Type
	Variadic bool
}

// String returns the type as it stands in a call through a pointer.
func (f FuncType) String() string {
	var b strings.Builder
	b.WriteString(string(f.Result))
	b.WriteString(" (")
	for i, p := range f.Params {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(string(p))
	}
	if f.Variadic {
		if len(f.Params) > 0 {
			b.WriteString(", ")
		}
		b.WriteString("...")
	}
	b.WriteByte(')')
	return b.String()
}
