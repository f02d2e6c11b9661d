package handler

import (
	"golang.org/x/tools/go/ssa"

	"mote/compiler/callgraph"
	"mote/compiler/escape"
	"mote/compiler/load"
	"mote/compiler/reach"
	"mote/internal/diag"
)

// The search has two levels. Functions of the user's are looked at instruction by instruction, so that every line that is wrong
// is reported. What such a function calls in std or the port is summed up in a verdict, which is the same for all its callers.

// checker is the state of one Check.
type checker struct {
	prog   *load.Program
	graph  *callgraph.Graph
	escape *escape.Result
	// ceiling is the priority below which the kernel does not delay handlers: a constant of the port.
	ceiling int64
	// reflective tells that reflection makes func values, of which the graph knows nothing.
	reflective bool

	errs     diag.List
	verdicts map[*ssa.Function]*verdict
	reported map[place]bool
}

// place is an instruction, or where its function begins when it is nil.
type place struct {
	fn *ssa.Function
	in ssa.Instruction
}

// verdict is what a call of a function outside of the user's code can lead to.
type verdict struct {
	way   [kinds][]*ssa.Function // the shortest way to an operation of that kind; nil: there is none
	why   [kinds]string
	users []*visit // the user's functions that it calls back
}

// visit is a function on the way from a handler, with how it was reached.
type visit struct {
	fn   *ssa.Function
	from *visit
}

// way lists the functions from the first to this one.
func (v *visit) way() []*ssa.Function {
	if v == nil {
		return nil
	}
	return append(v.from.way(), v.fn)
}

// check reports everything that the handler of r must not do.
func (c *checker) check(r root) {
	seen := map[*ssa.Function]bool{r.fn: true}
	queue := []*visit{{fn: r.fn}}
	for len(queue) > 0 {
		v := queue[0]
		queue = queue[1:]
		c.user(r, v, func(next *visit) {
			if !seen[next.fn] {
				seen[next.fn] = true
				queue = append(queue, next)
			}
		})
	}
}

// user looks at one function of the user's and visits those that it calls.
func (c *checker) user(r root, v *visit, visit func(*visit)) {
	c.eachOwn(v.fn, func(in ssa.Instruction, op *operation) { c.report(r, v, in, *op, nil) })
	for _, call := range c.graph.Calls(v.fn) {
		if !runs(call) {
			continue
		}
		if op := c.made(call); op != nil {
			c.report(r, v, call.Site, *op, nil)
			continue
		}
		for _, next := range c.callee(r, v, call) {
			visit(next)
		}
	}
}

// callee reports the worst that a call leads to, and returns the user's functions that it runs.
func (c *checker) callee(r root, v *visit, call callgraph.Call) []*visit {
	if c.graph.Own(call.Callee) {
		return []*visit{{call.Callee, v}}
	}
	found := c.verdict(call.Callee)
	for k := range kinds {
		if found.way[k] != nil {
			c.report(r, v, call.Site, operation{k, found.why[k]}, found.way[k])
		}
	}
	var next []*visit
	for _, u := range found.users {
		next = append(next, graft(u, v))
	}
	return next
}

// graft is a way that began nowhere as one that goes on from v.
func graft(u, v *visit) *visit {
	if u == nil {
		return v
	}
	return &visit{u.fn, graft(u.from, v)}
}

// runs tells whether the callee runs in the handler when the call does.
func runs(call callgraph.Call) bool {
	return call.Kind != callgraph.Started && call.Kind != callgraph.Made
}

// eachOwn calls do for each instruction of fn that is wrong by itself.
func (c *checker) eachOwn(fn *ssa.Function, do func(ssa.Instruction, *operation)) {
	for _, b := range reach.LiveBlocks(fn) {
		for _, in := range b.Instrs {
			if op := c.own(in); op != nil {
				do(in, op)
			}
		}
	}
}

// verdict looks at everything outside of the user's code that a call of fn can run, nearest first.
func (c *checker) verdict(fn *ssa.Function) *verdict {
	if v := c.verdicts[fn]; v != nil {
		return v
	}
	found := new(verdict)
	c.verdicts[fn] = found
	seen := map[*ssa.Function]bool{fn: true}
	queue := []*visit{{fn: fn}}
	for len(queue) > 0 {
		v := queue[0]
		queue = queue[1:]
		for _, call := range c.look(found, v) {
			next := &visit{call.Callee, v}
			switch {
			case seen[next.fn]:
			case c.graph.Own(next.fn):
				found.users = append(found.users, next)
			default:
				queue = append(queue, next)
			}
			seen[next.fn] = true
		}
	}
	return found
}

// look notes what one function does and returns its other calls.
func (c *checker) look(found *verdict, v *visit) []callgraph.Call {
	if op := c.meaning(v.fn); op != nil {
		found.note(*op, v)
		return nil
	}
	if isEnd(v.fn) {
		return nil
	}
	c.eachOwn(v.fn, func(in ssa.Instruction, op *operation) {
		if !panics(in) {
			found.note(*op, v)
		}
	})
	var calls []callgraph.Call
	for _, call := range c.graph.Calls(v.fn) {
		if !runs(call) || panics(call.Site) {
			continue
		}
		if op := c.made(call); op != nil {
			found.note(*op, v)
		} else {
			calls = append(calls, call)
		}
	}
	return calls
}

// panics tells whether an instruction of std only makes what is panicked with. In the user's code nothing is excused: a message that
// has to be made can be one that is there.
func panics(in ssa.Instruction) bool {
	if in == nil {
		return false
	}
	instrs := in.Block().Instrs
	_, is := instrs[len(instrs)-1].(*ssa.Panic)
	return is
}

// note keeps the first operation of each kind, which is the nearest.
func (f *verdict) note(op operation, v *visit) {
	if f.way[op.kind] == nil {
		f.way[op.kind], f.why[op.kind] = v.way(), op.why
	}
}
