package initeval

import (
	"go/token"
	"math"

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
