package initeval

import (
	"go/types"
)

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
