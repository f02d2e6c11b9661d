package callgraph

import (
	"math"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Many is a number of runs for which the source shows no bound.
const Many = math.MaxInt32

// symbolTaskGo starts a goroutine with its second argument.
const symbolTaskGo = "mote/rtos.Go"

// Runs counts how often code can run while the program does, at most, where the source shows it: main.main and the initialisers run once, and what these
// call by name, or start as a goroutine, as often as the calls are there. What is in a loop or recursive, or called through a func value or an
// interface, may run many times.
type Runs struct {
	g     *Graph
	calls map[*ssa.Function][]Call // by callee
	once  map[*ssa.Function]bool
	known map[*ssa.Function]int64
	loops map[*ssa.BasicBlock]bool
}

// Runs prepares counting.
func (g *Graph) Runs() *Runs {
	r := &Runs{g: g, calls: map[*ssa.Function][]Call{}, once: map[*ssa.Function]bool{}, known: map[*ssa.Function]int64{}, loops: map[*ssa.BasicBlock]bool{}}
	for _, fn := range g.reached.Funcs {
		for _, c := range g.Calls(fn) {
			if c.Kind != Value { // what makes func values tells, too, and more exactly
				r.calls[c.Callee] = append(r.calls[c.Callee], c)
			}
		}
	}
	for _, init := range g.reached.Inits {
		r.once[init.Fn] = true
	}
	if main := g.prog.Main; main != nil && main.SSA.Func("main") != nil {
		r.once[main.SSA.Func("main")] = true
	}
	return r
}

// Of is how often fn can run.
func (r *Runs) Of(fn *ssa.Function) int64 {
	if n, ok := r.known[fn]; ok {
		return n
	}
	r.known[fn] = Many // for calls that lead back here
	r.known[fn] = r.count(fn)
	return r.known[fn]
}

// At is how often an instruction of fn can run; nil is the entry.
func (r *Runs) At(fn *ssa.Function, in ssa.Instruction) int64 {
	if in != nil && r.inLoop(in.Block()) {
		return Many
	}
	return r.Of(fn)
}

func (r *Runs) count(fn *ssa.Function) int64 {
	calls := r.calls[fn]
	n := int64(0)
	if r.once[fn] {
		n, calls = 1, r.byUser(calls)
	} else if len(calls) == 0 || r.g.reached.Roots[fn] || r.g.Static(fn) || r.g.isBoxed(fn) {
		return Many // called by what is not in the graph
	}
	for _, c := range calls {
		n = min(n+r.runs(c), Many)
	}
	return n
}

// byUser leaves out the calls of package runtime: that of main.main.
func (r *Runs) byUser(calls []Call) (own []Call) {
	for _, c := range calls {
		if c.Caller.Pkg == nil || c.Caller.Pkg.Pkg.Path() != "runtime" {
			own = append(own, c)
		}
	}
	return own
}

// runs is how often a call can run its callee.
func (r *Runs) runs(c Call) int64 {
	switch {
	case c.Kind == Interface:
		return Many
	case c.Kind != Made:
		return r.At(c.Caller, c.Site)
	}
	closure, ok := c.Site.(*ssa.MakeClosure)
	if !ok {
		if r.g.startsTask(c.Site, c.Callee) {
			return r.At(c.Caller, c.Site)
		}
		return Many
	}
	n := int64(0)
	for _, use := range *closure.Referrers() {
		call, isCall := use.(ssa.CallInstruction)
		switch {
		case isCall && call.Common().Value == closure && !slices.Contains(call.Common().Args, ssa.Value(closure)): // a call of its own in the graph
		case r.g.startsTask(use, closure):
			n = min(n+r.At(c.Caller, use), Many)
		default:
			if _, debug := use.(*ssa.DebugRef); !debug {
				return Many
			}
		}
	}
	return n
}

// IsValue tells whether fn is used other than by calling it.
func (g *Graph) IsValue(fn *ssa.Function) bool {
	fns, _ := g.values.At(plain(fn.Signature)).([]*ssa.Function)
	return slices.Contains(fns, fn)
}

// startsTask tells whether an instruction is a call of rtos.Go with fn, which it does not use otherwise.
func (g *Graph) startsTask(in ssa.Instruction, fn ssa.Value) bool {
	call, ok := in.(*ssa.Call)
	if !ok {
		return false
	}
	callee := call.Common().StaticCallee()
	return callee != nil && g.prog.SymbolName(callee) == symbolTaskGo && call.Common().Args[1] == fn
}

// isBoxed tells whether fn is a method that an interface or reflection may reach.
func (g *Graph) isBoxed(fn *ssa.Function) bool {
	if fn.Object() == nil || fn.Signature.Recv() == nil {
		return false
	}
	for _, methods := range g.boxed {
		for _, m := range methods {
			if m.fn == fn {
				return true
			}
		}
	}
	return false
}

// inLoop tells whether control can come from the end of a block to its beginning.
func (r *Runs) inLoop(b *ssa.BasicBlock) bool {
	if is, ok := r.loops[b]; ok {
		return is
	}
	seen := map[*ssa.BasicBlock]bool{}
	queue := append([]*ssa.BasicBlock{}, b.Succs...)
	for len(queue) > 0 && !seen[b] {
		next := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if !seen[next] {
			seen[next] = true
			queue = append(queue, next.Succs...)
		}
	}
	r.loops[b] = seen[b]
	return seen[b]
}
