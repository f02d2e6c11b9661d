package initeval

import (
	"go/token"
	"go/types"
	"math"
	"unicode/utf8"

	"golang.org/x/tools/go/ssa"
)

// binary evaluates x op y; l is the layout of x, yl of y (they differ for shifts).
func (m *machine) binary(op token.Token, x, y value, l, yl *layout) value {
	switch op {
	case token.EQL:
		return value{n: bit(m.equal(x, y, l))}
	case token.NEQ:
		return value{n: bit(!m.equal(x, y, l))}
	}
	switch l.kind {
	case kindInt, kindUint:
		if op == token.SHL || op == token.SHR {
			return shift(op, x, y, l, yl)
		}
		if x.ref != nil || y.ref != nil {
			return addressArith(op, x, y)
		}
		return integer(op, x.n, y.n, l)
	case kindFloat:
		return floating(op, x, y, l)
	case kindComplex:
		return m.complexArith(op, x.complex(l), y.complex(l), l)
	case kindString:
		return m.stringArith(op, m.text(x), m.text(y))
	}
	fail("operator %s on %s", op, l.typ)
	return value{}
}

// addressArith supports the two uses of an address as a number that std makes: adding an offset and hiding by x^0.
func addressArith(op token.Token, x, y value) value {
	switch {
	case op == token.ADD && y.ref == nil:
		x.off += uint32(y.n)
		return x
	case op == token.ADD && x.ref == nil:
		y.off += uint32(x.n)
		return y
	case op == token.SUB && y.ref == nil:
		x.off -= uint32(y.n)
		return x
	case op == token.XOR && y.ref == nil && y.n == 0:
		return x
	}
	fail("arithmetic on an address")
	return value{}
}

func integer(op token.Token, x, y uint64, l *layout) value {
	signed := l.kind == kindInt
	switch op {
	case token.ADD:
		x += y
	case token.SUB:
		x -= y
	case token.MUL:
		x *= y
	case token.QUO, token.REM:
		x = divide(op, x, y, signed)
	case token.AND:
		x &= y
	case token.OR:
		x |= y
	case token.XOR:
		x ^= y
	case token.AND_NOT:
		x &^= y
	default:
		if signed {
			return value{n: bit(ordered(op, int64(x), int64(y)))}
		}
		return value{n: bit(ordered(op, x, y))}
	}
	return value{n: wrap(x, l)}
}

func divide(op token.Token, x, y uint64, signed bool) uint64 {
	switch {
	case y == 0:
		fail("division by zero")
	case signed && op == token.QUO:
		return uint64(int64(x) / int64(y))
	case signed:
		return uint64(int64(x) % int64(y))
	case op == token.QUO:
		return x / y
	}
	return x % y
}

func ordered[T int64 | uint64 | float64 | string](op token.Token, x, y T) bool {
	switch op {
	case token.LSS:
		return x < y
	case token.LEQ:
		return x <= y
	case token.GTR:
		return x > y
	case token.GEQ:
		return x >= y
	}
	fail("operator %s", op)
	return false
}

func shift(op token.Token, x, y value, l, yl *layout) value {
	if x.ref != nil || y.ref != nil {
		fail("arithmetic on an address")
	}
	if yl.kind == kindInt && int64(y.n) < 0 {
		fail("negative shift")
	}
	switch {
	case op == token.SHL:
		return value{n: wrap(x.n<<y.n, l)} // a count of 64 or more gives 0
	case l.kind == kindInt:
		return value{n: uint64(int64(x.n) >> y.n)}
	}
	return value{n: x.n >> y.n}
}

func floating(op token.Token, a, b value, l *layout) value {
	x, y := a.float(l), b.float(l)
	if l.size == 4 {
		return floating32(op, float32(x), float32(y), l)
	}
	switch op {
	case token.ADD:
		return floatValue(x+y, l)
	case token.SUB:
		return floatValue(x-y, l)
	case token.MUL:
		return floatValue(x*y, l)
	case token.QUO:
		return floatValue(x/y, l)
	}
	return value{n: bit(ordered(op, x, y))}
}

func floating32(op token.Token, x, y float32, l *layout) value {
	switch op {
	case token.ADD:
		x += y
	case token.SUB:
		x -= y
	case token.MUL:
		x *= y
	case token.QUO:
		x /= y
	default:
		return value{n: bit(ordered(op, float64(x), float64(y)))}
	}
	return value{n: uint64(math.Float32bits(x))}
}

func (m *machine) complexArith(op token.Token, x, y complex128, l *layout) value {
	switch op {
	case token.ADD:
		x += y
	case token.SUB:
		x -= y
	default:
		// Products and quotients round differently by how they are computed; the device decides.
		fail("complex %s", op)
	}
	return m.complexValue(x, l)
}

func (m *machine) stringArith(op token.Token, x, y string) value {
	if op != token.ADD {
		return value{n: bit(ordered(op, x, y))}
	}
	if len(x)+len(y) > maxObject {
		fail("string of %d bytes", len(x)+len(y))
	}
	m.spend(int64(len(x)+len(y)) / wordSize)
	return stringValue(x + y)
}

// equal compares two values of layout l.
func (m *machine) equal(x, y value, l *layout) bool {
	switch l.kind {
	case kindBool, kindInt, kindUint:
		if x.ref != nil || y.ref != nil {
			fail("comparison of an address as a number")
		}
		return x.n == y.n
	case kindFloat:
		return x.float(l) == y.float(l)
	case kindComplex:
		return x.complex(l) == y.complex(l)
	case kindPointer:
		return m.equalPointers(x, y)
	case kindString:
		return x.n == y.n && m.text(x) == m.text(y)
	case kindSlice: // only with nil
		return x.ref == y.ref
	case kindIface:
		return m.equalIfaces(x, y)
	case kindStruct:
		return m.equalStructs(x, y, l)
	case kindArray:
		for i := int64(0); i < l.len; i++ {
			if !m.equal(m.part(x, i*l.elem.size, l.elem), m.part(y, i*l.elem.size, l.elem), l.elem) {
				return false
			}
		}
		return true
	}
	fail("comparison of %s", l.typ)
	return false
}

func (m *machine) equalPointers(x, y value) bool {
	if x.ref != y.ref && x.ref != nil && y.ref != nil {
		if x.ref.size == 0 || y.ref.size == 0 || x.ref.role != roleData || y.ref.role != roleData {
			fail("comparison of addresses that are not known yet")
		}
		if int64(x.off) == x.ref.size || int64(y.off) == y.ref.size { // one past the end may be another object
			fail("comparison of addresses beyond an object")
		}
	}
	return x.ref == y.ref && x.off == y.off
}

func (m *machine) equalIfaces(x, y value) bool {
	if x.ref != y.ref || x.ref == nil {
		return x.ref == y.ref
	}
	if !types.Comparable(x.ref.typ) {
		fail("comparison of uncomparable type %s", x.ref.typ)
	}
	l := m.lay.of(x.ref.typ)
	return m.equal(m.get(x.mem, 0, l), m.get(y.mem, 0, l), l)
}

func (m *machine) equalStructs(x, y value, l *layout) bool {
	st := l.typ.Underlying().(*types.Struct)
	for i, f := range l.fields {
		if st.Field(i).Name() == "_" {
			continue
		}
		if !m.equal(m.part(x, f.off, f.lay), m.part(y, f.off, f.lay), f.lay) {
			return false
		}
	}
	return true
}

// part reads a field or element of an aggregate register.
func (m *machine) part(x value, off int64, l *layout) value {
	if x.mem == nil {
		return value{}
	}
	return m.get(x.mem, off, l)
}

func (m *machine) unary(in *ssa.UnOp, x value, l *layout) value {
	switch in.Op {
	case token.MUL:
		return m.load(x, l)
	case token.NOT:
		return value{n: x.n ^ 1}
	case token.ARROW:
		fail("channel receive")
	}
	if x.ref != nil {
		fail("arithmetic on an address")
	}
	switch l.kind {
	case kindInt, kindUint:
		if in.Op == token.SUB {
			return value{n: wrap(-x.n, l)}
		}
		return value{n: wrap(^x.n, l)}
	case kindFloat:
		return value{n: x.n ^ 1<<(8*l.size-1)}
	case kindComplex:
		return m.complexValue(-x.complex(l), l)
	}
	fail("operator %s", in.Op)
	return value{}
}

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
