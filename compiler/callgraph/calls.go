package callgraph

import (
	"strings"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/rtype"
)

// lister collects the calls of one function.
type lister struct {
	g     *Graph
	fn    *ssa.Function
	calls []Call
}

// add enters a call of whatever defines callee, if it is part of the program.
func (l *lister) add(kind Kind, callee *ssa.Function, site ssa.Instruction) {
	callee = l.g.definition(callee)
	if l.g.reached.FuncSet[callee] {
		l.calls = append(l.calls, Call{kind, l.fn, callee, site})
	}
}

func (l *lister) instruction(in ssa.Instruction) {
	switch in := in.(type) {
	case *ssa.Go:
		l.call(in, &in.Call, Started)
	case ssa.CallInstruction:
		l.call(in, in.Common(), Direct)
	case *ssa.DebugRef:
		return
	}
	l.made(in)
}

// call enters what a call, go or defer statement can run.
func (l *lister) call(in ssa.Instruction, c *ssa.CallCommon, kind Kind) {
	if fn := c.StaticCallee(); fn != nil {
		l.add(kind, fn, in)
		return
	}
	several, candidates := Value, []*ssa.Function(nil)
	if c.IsInvoke() {
		several, candidates = Interface, l.g.Implementations(c.Value.Type(), c.Method)
	} else if _, builtin := c.Value.(*ssa.Builtin); !builtin {
		candidates = l.g.Values(c.Signature())
	}
	if kind == Started {
		several = Started
	}
	for _, fn := range candidates {
		l.add(several, fn, in)
	}
}

// made enters the functions of which an instruction makes func values.
func (l *lister) made(in ssa.Instruction) {
	if c, ok := in.(*ssa.MakeClosure); ok {
		l.add(Made, c.Fn.(*ssa.Function), in)
		return
	}
	for _, fn := range valueOperands(in) {
		l.add(Made, fn, in)
	}
}

// valueOperands are the functions that an instruction uses other than by calling them.
func valueOperands(in ssa.Instruction) (fns []*ssa.Function) {
	var callee *ssa.Value
	if c, ok := in.(ssa.CallInstruction); ok {
		callee = &c.Common().Value
	}
	if _, ok := in.(*ssa.MakeClosure); ok {
		return nil // names its function by itself
	}
	var buf [8]*ssa.Value
	for _, op := range in.Operands(buf[:0]) {
		if fn, ok := (*op).(*ssa.Function); ok && op != callee {
			fns = append(fns, fn)
		}
	}
	return fns
}

// assembly enters the functions that the body of fn, in assembly, calls by what //mote:calls says.
func (l *lister) assembly() {
	if l.fn.Object() == nil || l.fn.Pkg == nil {
		return
	}
	d := l.g.prog.Directive(l.fn.Object(), "calls")
	if d == nil {
		return
	}
	for _, name := range d.Args {
		if !strings.Contains(name, ".") {
			name = rtype.PkgPath(l.fn.Pkg.Pkg) + "." + name
		}
		if fn := l.g.prog.Funcs[name]; fn != nil {
			l.add(Direct, fn, nil)
		}
	}
}
