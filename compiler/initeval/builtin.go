package initeval

import (
	"go/types"
	"math"

	"golang.org/x/tools/go/ssa"
)

// builtin calls a predeclared function.
func (m *machine) builtin(name string, c *ssa.CallCommon, args []value) value {
	switch name {
	case "len", "cap":
		return m.length(name, c.Args[0].Type(), args[0])
	case "append":
		return m.appendTo(c, args)
	case "copy":
		return m.copyTo(c, args)
	case "clear":
		return m.clear(c.Args[0].Type(), args[0])
	case "min", "max":
		return m.extreme(name, m.lay.of(c.Args[0].Type()), args)
	case "real", "imag":
		z := args[0].complex(m.lay.of(c.Args[0].Type()))
		part := real(z)
		if name == "imag" {
			part = imag(z)
		}
		return floatValue(part, m.lay.of(c.Signature().Results().At(0).Type()))
	case "complex":
		half := m.lay.of(c.Args[0].Type())
		return m.complexValue(complex(args[0].float(half), args[1].float(half)), m.lay.of(c.Signature().Results().At(0).Type()))
	case "recover": // nothing panics at build time
		return value{}
	case "delete":
		if args[0].ref == nil {
			return value{}
		}
	case "ssa:wrapnilchk":
		if args[0].ref == nil {
			fail("nil dereference")
		}
		return args[0]
	case "Add":
		if args[0].ref == nil {
			fail("arithmetic on an address")
		}
		return value{ref: args[0].ref, off: args[0].off + uint32(args[1].n)}
	case "Slice", "String", "SliceData", "StringData":
		return m.unsafeBuiltin(name, c, args)
	}
	fail("calls builtin %s", name)
	return value{}
}

func (m *machine) length(name string, t types.Type, x value) value {
	switch u := t.Underlying().(type) {
	case *types.Slice:
		if name == "cap" {
			return value{n: uint64(x.sliceCap())}
		}
		return value{n: uint64(x.sliceLen())}
	case *types.Map, *types.Chan:
		if x.ref != nil {
			fail("length of a map or channel")
		}
		return value{}
	case *types.Array:
		return value{n: uint64(u.Len())}
	case *types.Pointer:
		return value{n: uint64(u.Elem().Underlying().(*types.Array).Len())}
	}
	return value{n: x.n}
}

// appendTo grows as the runtime does, without rounding up to size classes.
func (m *machine) appendTo(c *ssa.CallCommon, args []value) value {
	elem := m.lay.of(c.Args[0].Type().Underlying().(*types.Slice).Elem())
	dst := args[0]
	if len(args) < 2 {
		return dst
	}
	src := args[1]
	add := src.sliceLen()
	if _, isString := c.Args[1].Type().Underlying().(*types.Basic); isString {
		add = int64(src.n)
	}
	if add == 0 {
		return dst
	}
	n, cap := dst.sliceLen(), dst.sliceCap()
	if n+add > cap {
		grown := m.newSlice(elem, n, grownCap(n+add, cap))
		m.move(grown, dst, n*elem.size)
		dst, cap = grown, grown.sliceCap()
	}
	m.move(value{ref: dst.ref, off: dst.off + uint32(n*elem.size)}, src, add*elem.size)
	return sliceValue(dst.ref, dst.off, n+add, cap)
}

func grownCap(need, old int64) int64 {
	const threshold = 256
	switch {
	case need > 2*old:
		return need
	case old < threshold:
		return 2 * old
	}
	for c := old; ; {
		if c += (c + 3*threshold) / 4; c >= need {
			return c
		}
	}
}

func (m *machine) copyTo(c *ssa.CallCommon, args []value) value {
	elem := m.lay.of(c.Args[0].Type().Underlying().(*types.Slice).Elem())
	n := args[1].sliceLen()
	if _, isString := c.Args[1].Type().Underlying().(*types.Basic); isString {
		n = int64(args[1].n)
	}
	n = min(n, args[0].sliceLen())
	m.move(args[0], args[1], n*elem.size)
	return value{n: uint64(n)}
}

func (m *machine) clear(t types.Type, x value) value {
	if _, isMap := t.Underlying().(*types.Map); isMap {
		if x.ref != nil {
			fail("changes a map")
		}
		return value{}
	}
	size := x.sliceLen() * m.lay.of(t.Underlying().(*types.Slice).Elem()).size
	if size > 0 {
		o := m.writable(x, size)
		clear(o.data[x.off : int64(x.off)+size])
		copyRefs(o, int64(x.off), &object{}, 0, size)
	}
	return value{}
}

func (m *machine) extreme(name string, l *layout, args []value) value {
	best := args[0]
	for _, v := range args[1:] {
		if m.better(name, l, v, best) {
			best = v
		}
	}
	return best
}

func (m *machine) better(name string, l *layout, v, best value) bool {
	less := name == "min"
	switch l.kind {
	case kindInt:
		return (int64(v.n) < int64(best.n)) == less && v.n != best.n
	case kindUint:
		return (v.n < best.n) == less && v.n != best.n
	case kindString:
		a, b := m.text(v), m.text(best)
		return (a < b) == less && a != b
	}
	a, b := v.float(l), best.float(l)
	if less {
		return math.Float64bits(math.Min(a, b)) == math.Float64bits(a)
	}
	return math.Float64bits(math.Max(a, b)) == math.Float64bits(a)
}

func (m *machine) unsafeBuiltin(name string, c *ssa.CallCommon, args []value) value {
	p := value{ref: args[0].ref, off: args[0].off}
	if name == "SliceData" || name == "StringData" {
		return p
	}
	n := integerIndex(args[1])
	if p.ref == nil && n != 0 || n < 0 {
		fail("unsafe.%s out of range", name)
	}
	if p.ref == nil || name == "String" && n == 0 {
		return value{}
	}
	elem := m.lay.of(c.Args[0].Type().Underlying().(*types.Pointer).Elem())
	if int64(p.off)+n*elem.size > p.ref.size {
		fail("unsafe.%s beyond an object", name)
	}
	m.usesUnsafe = true
	if name == "String" {
		return value{ref: p.ref, off: p.off, n: uint64(n)}
	}
	return sliceValue(p.ref, p.off, n, n)
}
