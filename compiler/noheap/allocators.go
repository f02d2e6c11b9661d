package noheap

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/callgraph"
)

// entries are the functions through which all memory from the heap comes. Stacks are not counted: without a heap, the RAM that is left is theirs.
func entries() []string { return []string{"runtime.mallocgc"} }

// findAllocators fills next: from the entries of the heap back over the calls in functions that are not the user's, so that each
// has the shortest way. The user's functions end a way: what they allocate is reported there.
func (c *check) findAllocators() {
	callers := map[*ssa.Function][]callgraph.Call{}
	for _, fn := range c.Reach.Funcs {
		if c.Graph.Own(fn) || callgraph.Panics(fn) {
			continue
		}
		for _, call := range c.Graph.Calls(fn) {
			if c.counts(call) {
				callers[call.Callee] = append(callers[call.Callee], call)
			}
		}
	}
	c.next = map[*ssa.Function]callgraph.Call{}
	var queue []*ssa.Function
	for _, name := range entries() {
		if fn := c.Program.Funcs[name]; c.Reach.FuncSet[fn] {
			c.next[fn] = callgraph.Call{}
			queue = append(queue, fn)
		}
	}
	for len(queue) > 0 {
		fn := queue[0]
		queue = queue[1:]
		for _, call := range callers[fn] {
			if _, known := c.next[call.Caller]; !known {
				c.next[call.Caller] = call
				queue = append(queue, call.Caller)
			}
		}
	}
}

// counts tells whether a call is followed. That of a func value counts where code makes the value, so that not every call of some func()
// is one of all of them; only what static data holds counts where it may be called. What the texts of run-time errors allocate belongs to the panic.
func (c *check) counts(call callgraph.Call) bool {
	switch call.Kind {
	case callgraph.Value:
		return c.Graph.Static(call.Callee)
	case callgraph.Interface:
		return !isRuntimeError(call.Callee)
	}
	return true
}

// isRuntimeError recognises the methods of package runtime's errors.
func isRuntimeError(fn *ssa.Function) bool {
	recv := fn.Signature.Recv()
	if recv == nil {
		return false
	}
	set := types.NewMethodSet(recv.Type())
	for m := range set.Methods() {
		if m.Obj().Name() == "RuntimeError" && m.Obj().Pkg().Path() == "runtime" {
			return true
		}
	}
	return false
}

// allocates tells whether a function that is not the user's may allocate.
func (c *check) allocates(fn *ssa.Function) bool {
	_, ok := c.next[fn]
	return ok
}

// way lists the functions from fn to the one that allocates; the runtime's own part of the way is left out, unless it begins there.
func (c *check) way(fn *ssa.Function) []*ssa.Function {
	var way []*ssa.Function
	for fn != nil && (len(way) == 0 || !inRuntime(fn)) {
		way = append(way, fn)
		fn = c.next[fn].Callee
	}
	return way
}

func inRuntime(fn *ssa.Function) bool {
	return fn.Pkg != nil && (fn.Pkg.Pkg.Path() == "runtime" || strings.HasPrefix(fn.Pkg.Pkg.Path(), "internal/kernel/"))
}
