package llvm

import (
	"math"
	"strconv"
	"strings"
)

// Value is an operand: a constant, a global's address, a parameter or the result of an instruction.
// The zero Value is no value (what a call of a void function yields).
type Value struct {
	Type Type
	text string
}

// Null returns the nil pointer.
func Null() Value { return Value{Ptr, "null"} }

// Text returns the operand without its type.
func (v Value) Text() string { return v.text }

// String returns the operand with its type, as an argument or initialiser.
func (v Value) String() string { return string(v.Type) + " " + v.text }

// IsValid tells whether v is a value at all.
func (v Value) IsValid() bool { return v.text != "" }

// IsConst tells whether v is a constant (the address of a global is one).
func (v Value) IsConst() bool { return v.text != "" && v.text[0] != '%' }

// Nest returns v as an argument for a `ptr nest` parameter: it travels in the static chain register.
func Nest(v Value) Value { return Value{NestParam, v.text} }

// NestParam is the type of a parameter or argument in the static chain register.
const NestParam Type = "ptr nest"

// ConstInt returns the integer constant n of type t. It must fit t read as signed or as unsigned.
func ConstInt(t Type, n int64) Value {
	if t == I1 {
		return ConstBool(n != 0)
	}
	return Value{t, strconv.FormatInt(n, 10)}
}

// ConstUint returns the integer constant n of type t.
func ConstUint(t Type, n uint64) Value {
	if t == I1 {
		return ConstBool(n != 0)
	}
	return Value{t, strconv.FormatUint(n, 10)}
}

// ConstBool returns true or false.
func ConstBool(b bool) Value {
	if b {
		return Value{I1, "true"}
	}
	return Value{I1, "false"}
}

// ConstFloat returns the constant f, rounded to float when t is Float.
func ConstFloat(t Type, f float64) Value {
	if t == Float {
		f = float64(float32(f))
	}
	s := strconv.FormatUint(math.Float64bits(f), 16)
	return Value{t, "0x" + strings.Repeat("0", 16-len(s)) + strings.ToUpper(s)}
}

// Zero returns the zero value of any type.
func Zero(t Type) Value {
	switch {
	case t == Ptr:
		return Null()
	case t == I1:
		return ConstBool(false)
	case t.IsInt():
		return Value{t, "0"}
	}
	return Value{t, "zeroinitializer"}
}

// Poison returns a value of which nothing may be used; insertvalue starts from it.
func Poison(t Type) Value { return Value{t, "poison"} }

// ConstStruct returns a constant struct value; its type is made of the elements' types.
func ConstStruct(elems ...Value) Value {
	types := make([]Type, len(elems))
	for i, e := range elems {
		types[i] = e.Type
	}
	return Value{Struct(types...), joinConst("{", elems, "}")}
}

// ConstPacked is ConstStruct for a packed struct.
func ConstPacked(elems ...Value) Value {
	types := make([]Type, len(elems))
	for i, e := range elems {
		types[i] = e.Type
	}
	return Value{PackedStruct(types...), joinConst("<{", elems, "}>")}
}

// ConstArray returns a constant array of elements of type elem.
func ConstArray(elem Type, elems ...Value) Value {
	return Value{Array(int64(len(elems)), elem), joinConst("[", elems, "]")}
}

// ConstBytes returns a constant [n x i8].
func ConstBytes(data string) Value {
	return Value{Array(int64(len(data)), I8), "c\"" + escape(data, false) + "\""}
}

// ConstOffset returns the address offset bytes behind the constant address base.
func ConstOffset(base Value, offset int64) Value {
	if offset == 0 {
		return base
	}
	return Value{Ptr, "getelementptr (i8, ptr " + base.text + ", i32 " + strconv.FormatInt(offset, 10) + ")"}
}

// ConstIntToPtr returns the integer constant n as an address.
func ConstIntToPtr(n Value) Value {
	return Value{Ptr, "inttoptr (" + n.String() + " to ptr)"}
}

func joinConst(open string, elems []Value, end string) string {
	var b strings.Builder
	b.WriteString(open)
	for i, e := range elems {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(string(e.Type))
		b.WriteByte(' ')
		b.WriteString(e.text)
	}
	b.WriteString(end)
	return b.String()
}

// escape writes s as it may stand between quotes: with utf8, bytes above 0x7f stay as they are.
func escape(s string, utf8 bool) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if needsEscape(s[i], utf8) {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	const hex = "0123456789ABCDEF"
	b := make([]byte, 0, len(s)+len(s)/2)
	for i := 0; i < len(s); i++ {
		if c := s[i]; needsEscape(c, utf8) {
			b = append(b, '\\', hex[c>>4], hex[c&15])
		} else {
			b = append(b, c)
		}
	}
	return string(b)
}

func needsEscape(c byte, utf8 bool) bool {
	return c < ' ' || c == '"' || c == '\\' || c == 0x7f || c > 0x7f && !utf8
}
