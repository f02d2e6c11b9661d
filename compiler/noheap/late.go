package noheap

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"mote/compiler/callgraph"
	"mote/compiler/initeval"
	"mote/compiler/reach"
)

// One call of fmt brings dozens of types with methods into the program, and every call of some Error() or Write() might then run one
// that allocates. A type that gets into an interface only behind calls that are reported anyway is therefore no candidate: when
// those calls are gone, so is the type.

// findLate fills late.
func (c *check) findLate() {
	early := new(typeutil.Map)
	for _, fn := range c.Graph.Search(c.roots(), callgraph.Search{Leaf: c.ends, Follow: c.counts}).Order {
		if !c.ends(fn) {
			boxedIn(fn, c.Graph.Own(fn), early) // what std panics with ends the program, as run-time errors do
		}
	}
	for _, o := range c.Reach.Objects {
		staticBoxes(o.Value, early)
	}
	c.late = new(typeutil.Map)
	for _, fn := range c.Reach.Funcs {
		boxedIn(fn, true, c.late)
	}
	early.Iterate(func(t types.Type, _ any) { c.late.Delete(t) })
}

// roots are where the program starts, and what handlers and the like run.
func (c *check) roots() []*ssa.Function {
	var roots []*ssa.Function
	for _, fn := range c.Reach.Funcs {
		if c.Reach.Roots[fn] || c.Graph.Own(fn) {
			roots = append(roots, fn)
		}
	}
	for _, init := range c.Reach.Inits {
		roots = append(roots, init.Fn)
	}
	return roots
}

// ends tells whether a function is not looked into: a call of it is reported, or ends the program.
func (c *check) ends(fn *ssa.Function) bool {
	return callgraph.Panics(fn) || !c.Graph.Own(fn) && c.allocates(fn)
}

// boxedIn adds the types that fn converts to interfaces, those with only a panic for the value when panics says so.
func boxedIn(fn *ssa.Function, panics bool, into *typeutil.Map) {
	for _, b := range reach.LiveBlocks(fn) {
		for _, in := range b.Instrs {
			if box, ok := in.(*ssa.MakeInterface); ok && (panics || !onlyPanics(box)) {
				into.Set(box.X.Type(), true)
			}
		}
	}
}

func onlyPanics(box *ssa.MakeInterface) bool {
	for _, r := range *box.Referrers() {
		if _, ok := r.(*ssa.Panic); !ok {
			return false
		}
	}
	return true
}

func staticBoxes(v initeval.Value, into *typeutil.Map) {
	switch v := v.(type) {
	case *initeval.Iface:
		if v.Type != nil {
			into.Set(v.Type, true)
		}
		staticBoxes(v.Val, into)
	case *initeval.Aggregate:
		for _, e := range v.Elems {
			staticBoxes(e, into)
		}
	}
}

// isLate tells whether a method belongs to such a type.
func (c *check) isLate(fn *ssa.Function) bool {
	recv := fn.Signature.Recv()
	return recv != nil && c.late.At(recv.Type()) != nil
}
