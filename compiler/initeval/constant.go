package initeval

import (
	"go/constant"
	"math"

	"golang.org/x/tools/go/ssa"
)

// constant converts a constant of the program.
func (m *machine) constant(c *ssa.Const) value {
	l := m.lay.of(c.Type())
	if c.Value == nil {
		return value{}
	}
	switch l.kind {
	case kindBool:
		return value{n: bit(constant.BoolVal(c.Value))}
	case kindInt, kindUint:
		return value{n: wrap(constBits(c.Value), l)}
	case kindFloat:
		return floatValue(constFloat(c.Value, l.size), l)
	case kindString:
		if c.Value.Kind() == constant.String {
			return m.literal(constant.StringVal(c.Value))
		}
		return stringValue(string(rune(c.Int64())))
	case kindComplex:
		v := constant.ToComplex(c.Value)
		re, im := constFloat(constant.Real(v), l.size/2), constFloat(constant.Imag(v), l.size/2)
		return m.complexValue(complex(re, im), l)
	}
	fail("constant of type %s", c.Type())
	return value{}
}

// literal gives equal string constants the same object.
func (m *machine) literal(s string) value {
	if v, ok := m.literals[s]; ok {
		return v
	}
	v := stringValue(s)
	m.literals[s] = v
	return v
}

func constBits(v constant.Value) uint64 {
	v = constant.ToInt(v)
	if constant.Sign(v) < 0 {
		n, _ := constant.Int64Val(v)
		return uint64(n)
	}
	n, _ := constant.Uint64Val(v)
	return n
}

func constFloat(v constant.Value, size int64) float64 {
	if size == 4 {
		f, _ := constant.Float32Val(v)
		return float64(f)
	}
	f, _ := constant.Float64Val(v)
	return f
}

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// wrap truncates n to the width of l and extends it as registers want it.
func wrap(n uint64, l *layout) uint64 {
	shift := uint(64 - 8*l.size)
	if l.kind == kindInt {
		return uint64(int64(n<<shift) >> shift)
	}
	return n << shift >> shift
}

func floatValue(f float64, l *layout) value {
	if l.size == 4 {
		return value{n: uint64(math.Float32bits(float32(f)))}
	}
	return value{n: math.Float64bits(f)}
}

func (v value) float(l *layout) float64 {
	if l.size == 4 {
		return float64(math.Float32frombits(uint32(v.n)))
	}
	return math.Float64frombits(v.n)
}

func (m *machine) complexValue(c complex128, l *layout) value {
	o := &object{role: roleBox, size: l.size, typ: l.typ, data: make([]byte, l.size)}
	half := &layout{kind: kindFloat, size: l.size / 2}
	putScalar(o.data, floatValue(real(c), half).n, half.size)
	putScalar(o.data[half.size:], floatValue(imag(c), half).n, half.size)
	return value{mem: o}
}

func (v value) complex(l *layout) complex128 {
	if v.mem == nil || v.mem.data == nil {
		return 0
	}
	half := &layout{kind: kindFloat, size: l.size / 2}
	re := value{n: getScalar(v.mem.data, half)}
	im := value{n: getScalar(v.mem.data[half.size:], half)}
	return complex(re.float(half), im.float(half))
}
