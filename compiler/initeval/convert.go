package initeval

import (
	"go/types"
	"math"
	"unicode/utf8"
)

// convert evaluates the conversion of x from layout f to layout t.
func (m *machine) convert(x value, f, t *layout) value {
	switch {
	case t.uintptr && f.kind == kindPointer:
		return x
	case t.kind == kindPointer && f.uintptr:
		if x.ref == nil && x.n != 0 {
			fail("pointer made from a number")
		}
		return value{ref: x.ref, off: x.off}
	case t.kind == kindPointer && f.kind == kindPointer:
		m.usesUnsafe = true
		return x
	case t.kind == kindString:
		return m.convertToString(x, f)
	case f.kind == kindString && t.kind == kindSlice:
		return m.convertString(x, t)
	case x.ref != nil && !(t.uintptr && f.uintptr):
		fail("address converted to %s", t.typ)
	case t.kind == kindInt || t.kind == kindUint:
		return convertToInteger(x, f, t)
	case t.kind == kindFloat:
		return convertToFloat(x, f, t)
	case t.kind == kindComplex:
		return m.complexValue(x.complex(f), t)
	}
	if x.ref != nil {
		return x
	}
	fail("conversion from %s to %s", f.typ, t.typ)
	return value{}
}

func convertToInteger(x value, f, t *layout) value {
	if f.kind != kindFloat {
		if x.ref != nil {
			return x
		}
		return value{n: wrap(x.n, t)}
	}
	// Outside the range of the integer type the result depends on the machine.
	v := math.Trunc(x.float(f))
	low, high := 0.0, math.Ldexp(1, int(8*t.size))
	if t.kind == kindInt {
		low, high = -math.Ldexp(1, int(8*t.size-1)), math.Ldexp(1, int(8*t.size-1))
	}
	if !(v >= low && v < high) {
		fail("conversion of a floating point number out of range")
	}
	if v >= 1<<63 {
		return value{n: uint64(v)}
	}
	return value{n: wrap(uint64(int64(v)), t)}
}

func convertToFloat(x value, f, t *layout) value {
	switch {
	case f.kind == kindFloat:
		return floatValue(x.float(f), t)
	case f.kind == kindInt && t.size == 4:
		return value{n: uint64(math.Float32bits(float32(int64(x.n))))}
	case f.kind == kindInt:
		return floatValue(float64(int64(x.n)), t)
	case f.kind == kindUint && t.size == 4:
		return value{n: uint64(math.Float32bits(float32(x.n)))}
	}
	return floatValue(float64(x.n), t)
}

func (m *machine) convertToString(x value, f *layout) value {
	switch f.kind {
	case kindString:
		return x
	case kindInt, kindUint:
		r := rune(utf8.RuneError)
		if n := int64(x.n); n >= 0 && n <= utf8.MaxRune {
			r = rune(n)
		}
		return stringValue(string(r))
	}
	n := x.sliceLen()
	if elem := f.typ.Underlying().(*types.Slice).Elem(); m.lay.of(elem).size == 1 {
		return stringValue(string(m.bytes(x, n)))
	}
	raw := m.bytes(x, 4*n)
	runes := make([]rune, n)
	for i := range runes {
		runes[i] = rune(getScalar(raw[4*i:], &layout{kind: kindInt, size: 4}))
	}
	return stringValue(string(runes))
}

func (m *machine) convertString(x value, t *layout) value {
	elem := t.typ.Underlying().(*types.Slice).Elem()
	s := m.text(x)
	if m.lay.of(elem).size == 1 {
		o := m.alloc(types.NewArray(elem, int64(len(s))), int64(len(s)))
		o.data = []byte(s)
		return sliceValue(o, 0, o.size, o.size)
	}
	runes := []rune(s)
	o := m.alloc(types.NewArray(elem, int64(len(runes))), int64(4*len(runes)))
	o.data = make([]byte, o.size)
	for i, r := range runes {
		putScalar(o.data[4*i:], uint64(uint32(r)), 4)
	}
	return sliceValue(o, 0, int64(len(runes)), int64(len(runes)))
}
