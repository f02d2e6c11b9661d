package callgraph

import (
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Panics tells whether fn is a function of the runtime that begins a panic or ends the program: a leaf for checks of what code
// does as long as all is well.
func Panics(fn *ssa.Function) bool {
	if fn.Pkg == nil || fn.Pkg.Pkg.Path() != "runtime" || fn.Signature.Recv() != nil {
		return false
	}
	switch fn.Name() {
	case "gopanic", "throw", "fatal", "exit", "outOfMemory":
		return true
	}
	return strings.HasPrefix(fn.Name(), "panic")
}

// Search is a walk over the graph from some functions.
type Search struct {
	// Leaf ends the walk at a function: what it calls does not count. Nil: at none.
	Leaf func(*ssa.Function) bool
	// Follow says which calls count. Nil: all but Started and Made.
	Follow func(Call) bool
}

// Tree is what a search found: each function with the call by which it was found first, on a way of the fewest calls.
type Tree struct {
	Order []*ssa.Function // in the order in which they were found; the roots first
	by    map[*ssa.Function]Call
}

// Search walks from roots.
func (g *Graph) Search(roots []*ssa.Function, s Search) *Tree {
	t := &Tree{by: map[*ssa.Function]Call{}}
	for _, fn := range roots {
		t.enter(Call{Callee: fn})
	}
	for i := 0; i < len(t.Order); i++ {
		fn := t.Order[i]
		if s.Leaf != nil && s.Leaf(fn) {
			continue
		}
		for _, c := range g.Calls(fn) {
			if s.follows(c) {
				t.enter(c)
			}
		}
	}
	return t
}

func (s Search) follows(c Call) bool {
	if s.Follow == nil {
		return c.Kind != Started && c.Kind != Made
	}
	return s.Follow(c)
}

func (t *Tree) enter(c Call) {
	if _, known := t.by[c.Callee]; !known {
		t.by[c.Callee] = c
		t.Order = append(t.Order, c.Callee)
	}
}

// Has tells whether the search got to fn.
func (t *Tree) Has(fn *ssa.Function) bool {
	_, ok := t.by[fn]
	return ok
}

// Chain is the way to fn: the calls from a root on, none for a root itself.
func (t *Tree) Chain(fn *ssa.Function) []Call {
	var chain []Call
	for {
		c, ok := t.by[fn]
		if !ok || c.Caller == nil {
			break
		}
		chain = append([]Call{c}, chain...)
		fn = c.Caller
	}
	return chain
}
