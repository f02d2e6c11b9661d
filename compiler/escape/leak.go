package escape

import (
	"golang.org/x/tools/go/ssa"
)

// param is the parameter or captured variable of that number.
func (g *graph) param(i int) ssa.Value {
	if i < len(g.fn.Params) {
		return g.fn.Params[i]
	}
	return g.fn.FreeVars[i-len(g.fn.Params)]
}

// leak describes an edge into the heap.
func (g *graph) leak(e *flow) Leak {
	l := Leak{Text: e.text(), At: e.at}
	if l.Into = g.into(e); l.Into != nil && e.why == causeArgument {
		l.Text = "passed to " + e.at.(ssa.CallInstruction).Common().StaticCallee().Name()
	}
	return l
}

// into is what takes a value on when an edge comes from the summary of a function, nil when that has no body.
func (g *graph) into(e *flow) ssa.Value {
	switch at := e.at.(type) {
	case *ssa.MakeClosure:
		fn := at.Fn.(*ssa.Function)
		for i, b := range at.Bindings {
			if g.regs[b] == e.src && g.a.enter(fn).sum.heap[len(fn.Params)+i] != none {
				return fn.FreeVars[i]
			}
		}
	case ssa.CallInstruction:
		fn := at.Common().StaticCallee()
		if fn == nil || e.why != causeArgument {
			return nil
		}
		if def := g.a.prog.Definition(fn); def != nil {
			fn = def
		}
		for i, v := range at.Common().Args {
			if i < len(fn.Params) && g.regs[v] == e.src && g.a.enter(fn).sum.heap[i] != none {
				return fn.Params[i]
			}
		}
	}
	return nil
}
