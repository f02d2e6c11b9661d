package initeval

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// code is a function prepared for execution: operands are register or constant numbers instead of ssa.Values.
type code struct {
	fn      *ssa.Function
	regs    int
	consts  []value
	blocks  [][]inst
	numbers map[ssa.Value]int32 // while preparing
}

// inst is a prepared instruction.
type inst struct {
	op   ssa.Instruction
	dst  int32   // register, -1 for none
	args []int32 // >= 0 register, < 0 constant ^i
	lay  *layout // of the operand or result that the operation is about
	aux  int64   // field offset, sizes
}

// frame is an activation.
type frame struct {
	code   *code
	regs   []value
	defers []deferred
}

type deferred struct {
	call *ssa.CallCommon
	args []value
}

func (f *frame) arg(x int32) value {
	if x >= 0 {
		return f.regs[x]
	}
	return f.code.consts[^x]
}

// prepare returns the code of fn, which has a body.
func (m *machine) prepare(fn *ssa.Function) *code {
	if c := m.codes[fn]; c != nil {
		return c
	}
	c := &code{fn: fn, numbers: make(map[ssa.Value]int32)}
	for _, p := range fn.Params {
		c.number(p)
	}
	for _, v := range fn.FreeVars {
		c.number(v)
	}
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			if v, ok := in.(ssa.Value); ok {
				c.number(v)
			}
		}
	}
	c.blocks = make([][]inst, len(fn.Blocks))
	var ops [8]*ssa.Value
	for i, b := range fn.Blocks {
		list := make([]inst, 0, len(b.Instrs))
		for _, in := range b.Instrs {
			if _, debug := in.(*ssa.DebugRef); debug {
				continue
			}
			list = append(list, m.prepareInst(c, in, ops[:0]))
		}
		c.blocks[i] = list
	}
	c.numbers = nil
	m.codes[fn] = c
	return c
}

func (c *code) number(v ssa.Value) {
	c.numbers[v] = int32(c.regs)
	c.regs++
}

func (m *machine) prepareInst(c *code, in ssa.Instruction, ops []*ssa.Value) inst {
	x := inst{op: in, dst: -1}
	if v, ok := in.(ssa.Value); ok {
		x.dst = c.numbers[v]
	}
	ops = in.Operands(ops)
	x.args = make([]int32, len(ops))
	for i, p := range ops {
		x.args[i] = m.operand(c, *p)
	}
	m.describe(&x)
	return x
}

func (m *machine) operand(c *code, v ssa.Value) int32 {
	if v == nil {
		return c.constant(value{})
	}
	if n, ok := c.numbers[v]; ok {
		return n
	}
	switch v := v.(type) {
	case *ssa.Const:
		return c.constant(m.constant(v))
	case *ssa.Global:
		return c.constant(value{ref: m.global(v)})
	case *ssa.Function:
		return c.constant(value{ref: m.funcObject(v)})
	case *ssa.Builtin:
		return c.constant(value{})
	}
	fail("operand %T", v)
	return 0
}

func (c *code) constant(v value) int32 {
	c.consts = append(c.consts, v)
	return ^int32(len(c.consts) - 1)
}

// describe looks up the layouts an instruction needs. A type that has none is reported when the instruction runs.
func (m *machine) describe(x *inst) {
	defer func() {
		if e := recover(); e != nil {
			if _, ok := e.(failure); !ok {
				panic(e)
			}
			x.lay = nil
		}
	}()
	switch in := x.op.(type) {
	case *ssa.Alloc:
		x.lay = m.lay.of(deref(in.Type()))
	case *ssa.Store:
		x.lay = m.lay.of(in.Val.Type())
	case *ssa.UnOp:
		x.lay = m.lay.of(in.Type())
	case *ssa.BinOp:
		x.lay = m.lay.of(in.X.Type())
	case *ssa.FieldAddr:
		st := m.lay.of(deref(in.X.Type()))
		x.aux, x.lay = st.fields[in.Field].off, st
	case *ssa.Field:
		f := m.lay.of(in.X.Type()).fields[in.Field]
		x.aux, x.lay = f.off, f.lay
	case *ssa.IndexAddr:
		x.lay = m.lay.of(deref(in.Type()))
		x.aux = -1
		if arr, ok := in.X.Type().Underlying().(*types.Pointer); ok {
			x.aux = arr.Elem().Underlying().(*types.Array).Len()
		}
	case *ssa.Index:
		x.lay = m.lay.of(in.X.Type())
	case *ssa.MakeSlice:
		x.lay = m.lay.of(in.Type().Underlying().(*types.Slice).Elem())
	case *ssa.MakeInterface:
		x.lay = m.lay.of(in.X.Type())
	case *ssa.TypeAssert:
		x.lay = m.lay.of(in.AssertedType)
	case *ssa.Convert:
		x.lay = m.lay.of(in.Type())
	}
}

func deref(t types.Type) types.Type { return t.Underlying().(*types.Pointer).Elem() }
