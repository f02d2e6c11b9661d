package initeval

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/load"
)

// run executes fn with its arguments; clo is the closure it was called through, or nil.
func (m *machine) run(fn *ssa.Function, clo *object, args []value) value {
	if m.depth++; m.depth > maxDepth {
		fail("more than %d nested calls", maxDepth)
	}
	c := m.prepare(fn)
	f := &frame{code: c, regs: make([]value, c.regs)}
	copy(f.regs, args)
	if clo != nil {
		copy(f.regs[len(fn.Params):], clo.binds)
	}
	prev, cur := -1, 0
	for cur >= 0 {
		var result value
		prev, cur, result = m.block(f, prev, cur)
		if cur < 0 {
			m.depth--
			return result
		}
	}
	return value{}
}

// block executes one basic block and returns itself, its successor (-1 at a return) and the result.
func (m *machine) block(f *frame, prev, cur int) (int, int, value) {
	list := f.code.blocks[cur]
	b := f.code.fn.Blocks[cur]
	m.spend(int64(len(list)))
	start := m.phis(f, list, b, prev)
	for i := start; i < len(list); i++ {
		x := &list[i]
		switch in := x.op.(type) {
		case *ssa.Jump:
			return cur, b.Succs[0].Index, value{}
		case *ssa.If:
			if f.arg(x.args[0]).n != 0 {
				return cur, b.Succs[0].Index, value{}
			}
			return cur, b.Succs[1].Index, value{}
		case *ssa.Return:
			return cur, -1, returned(f, x)
		case *ssa.Panic:
			fail("panics")
		default:
			m.step(f, x, in)
		}
	}
	fail("block without end")
	return 0, 0, value{}
}

func returned(f *frame, x *inst) value {
	switch len(x.args) {
	case 0:
		return value{}
	case 1:
		return f.arg(x.args[0])
	}
	t := &object{binds: make([]value, len(x.args))}
	for i, a := range x.args {
		t.binds[i] = f.arg(a)
	}
	return value{mem: t}
}

// phis assigns all phis of the block at once and returns the index of the first other instruction.
func (m *machine) phis(f *frame, list []inst, b *ssa.BasicBlock, prev int) int {
	n := 0
	for n < len(list) {
		if _, ok := list[n].op.(*ssa.Phi); !ok {
			break
		}
		n++
	}
	if n == 0 {
		return 0
	}
	edge := 0
	for b.Preds[edge].Index != prev {
		edge++
	}
	var few [8]value
	vals := few[:0]
	for _, x := range list[:n] {
		vals = append(vals, f.arg(x.args[edge]))
	}
	for i, x := range list[:n] {
		f.regs[x.dst] = vals[i]
	}
	return n
}

// step executes an instruction that does not end a block.
func (m *machine) step(f *frame, x *inst, in ssa.Instruction) {
	arg := func(i int) value { return f.arg(x.args[i]) }
	var v value
	switch in := in.(type) {
	case *ssa.Store:
		if !load.IsBlankField(in.Addr) {
			m.store(arg(0), arg(1), m.known(x))
		}
	case *ssa.Alloc:
		v = value{ref: m.alloc(m.known(x).typ, m.known(x).size)}
	case *ssa.UnOp:
		v = m.unary(in, arg(0), m.known(x))
	case *ssa.BinOp:
		v = m.binary(in.Op, arg(0), arg(1), m.known(x), m.lay.of(in.Y.Type()))
	case *ssa.FieldAddr:
		v = fieldAddr(arg(0), x.aux)
	case *ssa.IndexAddr:
		v = m.indexAddr(x, in, arg(0), arg(1))
	case *ssa.Field:
		v = m.part(arg(0), x.aux, m.known(x))
	case *ssa.Index:
		v = m.index(m.known(x), arg(0), arg(1), m.lay.of(in.Index.Type()))
	case *ssa.Extract:
		v = arg(0).mem.binds[in.Index]
	case *ssa.ChangeType:
		v = arg(0)
	case *ssa.ChangeInterface:
		v = arg(0)
	case *ssa.Convert:
		v = m.convert(arg(0), m.lay.of(in.X.Type()), m.known(x))
	case *ssa.MakeInterface:
		v = m.box(arg(0), m.known(x))
	case *ssa.MakeClosure:
		v = m.makeClosure(f, x, in)
	case *ssa.MakeSlice:
		v = m.makeSlice(m.known(x), arg(0), arg(1))
	case *ssa.Slice:
		v = m.slice(in, arg(0), arg(1), arg(2), arg(3))
	case *ssa.SliceToArrayPointer:
		v = sliceToArray(in, arg(0))
	case *ssa.TypeAssert:
		v = m.typeAssert(in, arg(0), m.known(x))
	case *ssa.Lookup:
		v = m.lookup(in, arg(0), arg(1))
	case *ssa.Range:
		v = m.rangeOver(in, arg(0))
	case *ssa.Next:
		v = m.next(in, arg(0))
	case *ssa.Call:
		v = m.call(f, x, &in.Call)
	case *ssa.Defer:
		m.deferCall(f, x, in)
	case *ssa.RunDefers:
		m.runDefers(f)
	default:
		fail("%s", describeInstr(in))
	}
	if x.dst >= 0 {
		f.regs[x.dst] = v
	}
}

func (m *machine) known(x *inst) *layout {
	if x.lay == nil {
		fail("%s", describeInstr(x.op))
	}
	return x.lay
}

// describeInstr names a construct that stays for run time, in words of the language.
func describeInstr(in ssa.Instruction) string {
	switch in.(type) {
	case *ssa.MakeMap, *ssa.MapUpdate:
		return "makes or changes a map"
	case *ssa.MakeChan, *ssa.Send, *ssa.Select:
		return "uses a channel"
	case *ssa.Go:
		return "starts a goroutine"
	}
	return "instruction " + in.String()
}

func fieldAddr(p value, off int64) value {
	if p.ref == nil {
		fail("nil dereference")
	}
	return value{ref: p.ref, off: p.off + uint32(off)}
}

// integerIndex gives the number in an index operand; unsigned 64-bit ones beyond int64 come out negative.
func integerIndex(v value) int64 {
	if v.ref != nil {
		fail("address used as an index")
	}
	return int64(v.n)
}

func (m *machine) indexAddr(x *inst, in *ssa.IndexAddr, base, idx value) value {
	elem := m.known(x)
	i, n := integerIndex(idx), x.aux
	if n < 0 {
		n = base.sliceLen()
	} else if base.ref == nil {
		fail("nil dereference")
	}
	if i < 0 || i >= n {
		fail("index out of range")
	}
	return value{ref: base.ref, off: base.off + uint32(i*elem.size)}
}

func (m *machine) index(l *layout, base, idx value, il *layout) value {
	i := integerIndex(idx)
	if l.kind == kindString {
		if i < 0 || i >= int64(base.n) {
			fail("index out of range")
		}
		return value{n: uint64(m.bytes(value{ref: base.ref, off: base.off + uint32(i)}, 1)[0])}
	}
	if i < 0 || i >= l.len {
		fail("index out of range")
	}
	return m.part(base, i*l.elem.size, l.elem)
}

func (m *machine) makeClosure(f *frame, x *inst, in *ssa.MakeClosure) value {
	o := &object{role: roleFunc, fn: in.Fn.(*ssa.Function), size: wordSize, binds: make([]value, len(x.args)-1)}
	for i := range o.binds {
		o.binds[i] = f.arg(x.args[i+1])
	}
	return value{ref: o}
}

func (m *machine) makeSlice(elem *layout, n, c value) value {
	size, cap := integerIndex(n), integerIndex(c)
	if size < 0 || cap < size || cap > maxObject {
		fail("make of %d elements", cap)
	}
	return m.newSlice(elem, size, cap)
}

func (m *machine) newSlice(elem *layout, n, c int64) value {
	return sliceValue(m.alloc(types.NewArray(elem.typ, c), c*elem.size), 0, n, c)
}

func (m *machine) slice(in *ssa.Slice, x, low, high, max value) value {
	var n, c, size int64
	switch t := in.X.Type().Underlying().(type) {
	case *types.Pointer:
		if x.ref == nil {
			fail("nil dereference")
		}
		arr := t.Elem().Underlying().(*types.Array)
		n, c, size = arr.Len(), arr.Len(), m.lay.of(arr.Elem()).size
	case *types.Slice:
		n, c, size = x.sliceLen(), x.sliceCap(), m.lay.of(t.Elem()).size
	default:
		n, c, size = int64(x.n), int64(x.n), 1
	}
	lo, hi, mx := int64(0), n, c
	if in.Low != nil {
		lo = integerIndex(low)
	}
	if in.High != nil {
		hi = integerIndex(high)
	}
	if in.Max != nil {
		mx = integerIndex(max)
	}
	if lo < 0 || hi < lo || mx < hi || c < mx {
		fail("slice bounds out of range")
	}
	if _, isString := in.Type().Underlying().(*types.Basic); isString {
		if hi == lo {
			return value{}
		}
		return value{ref: x.ref, off: x.off + uint32(lo), n: uint64(hi - lo)}
	}
	if mx == lo { // do not point past the end
		return sliceValue(x.ref, x.off, 0, 0)
	}
	return sliceValue(x.ref, x.off+uint32(lo*size), hi-lo, mx-lo)
}

func sliceToArray(in *ssa.SliceToArrayPointer, x value) value {
	if x.sliceLen() < deref(in.Type()).Underlying().(*types.Array).Len() {
		fail("slice too short for the array")
	}
	return value{ref: x.ref, off: x.off}
}

func (m *machine) typeAssert(in *ssa.TypeAssert, x value, l *layout) value {
	var v value
	ok := false
	if iface, isIface := in.AssertedType.Underlying().(*types.Interface); isIface {
		if ok = x.ref != nil && m.implements(x.ref, iface); ok {
			v = x
		}
	} else if ok = x.ref != nil && x.ref == m.typeObject(in.AssertedType); ok {
		v = m.get(x.mem, 0, l)
	}
	if in.CommaOk {
		return tuple(v, value{n: bit(ok)})
	}
	if !ok {
		fail("type assertion fails")
	}
	return v
}

func tuple(vs ...value) value { return value{mem: &object{binds: vs}} }
