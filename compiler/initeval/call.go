package initeval

import (
	"golang.org/x/tools/go/ssa"
)

// call executes a call instruction.
func (m *machine) call(f *frame, x *inst, c *ssa.CallCommon) value {
	var few [6]value
	args := few[:0]
	for _, a := range x.args {
		args = append(args, f.arg(a))
	}
	return m.invoke(c, args)
}

// invoke performs a call; args are the operands of the instruction: the callee or receiver first.
func (m *machine) invoke(c *ssa.CallCommon, args []value) value {
	if c.IsInvoke() {
		recv := args[0]
		if recv.ref == nil {
			fail("method call on a nil interface")
		}
		fn := m.method(recv.ref, c.Method)
		all := append([]value{m.get(recv.mem, 0, m.lay.of(recv.ref.typ))}, args[1:]...)
		return m.callFunction(fn, nil, all)
	}
	switch callee := c.Value.(type) {
	case *ssa.Builtin:
		return m.builtin(callee.Name(), c, args[1:])
	case *ssa.Function:
		return m.callFunction(callee, nil, args[1:])
	}
	clo := args[0].ref
	if clo == nil {
		fail("call of a nil func")
	}
	if clo.role != roleFunc || args[0].off != 0 {
		fail("call of something that is not a func")
	}
	return m.callFunction(clo.fn, clo, args[1:])
}

// callFunction calls fn, by its body or as an intrinsic.
func (m *machine) callFunction(fn *ssa.Function, clo *object, args []value) value {
	if in := intrinsicOf(fn); in != nil {
		return in(m, fn, args)
	}
	return m.run(m.body(fn), clo, args)
}

// body resolves a declaration without body to the function that a linkname gives it.
func (m *machine) body(fn *ssa.Function) *ssa.Function {
	def := m.prog.Definition(fn)
	if def == nil || def.Blocks == nil {
		fail("calls %s, which has no Go body", fn)
	}
	return def
}

// deferCall saves a deferred call. The function's own frame runs it, as a panic ends the evaluation anyway.
func (m *machine) deferCall(f *frame, x *inst, in *ssa.Defer) {
	if in.DeferStack != nil {
		fail("defers in a range-over-func body")
	}
	d := deferred{call: &in.Call}
	for _, a := range x.args {
		d.args = append(d.args, f.arg(a))
	}
	f.defers = append(f.defers, d)
}

func (m *machine) runDefers(f *frame) {
	for len(f.defers) > 0 {
		d := f.defers[len(f.defers)-1]
		f.defers = f.defers[:len(f.defers)-1]
		m.invoke(d.call, d.args)
	}
}
