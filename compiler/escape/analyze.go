package escape

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/load"
	"mote/compiler/reach"
)

// analysis is the state of one Analyze.
type analysis struct {
	prog      *load.Program
	types     *typeFacts
	funcs     []*ssa.Function // reached
	nodes     map[*ssa.Function]*node
	methods   *candidates // by name and signature: what an interface call may run
	values    *candidates // by signature: what a call through a func value may run
	openFuncs bool        // reflect.MakeFunc makes func values that are not in values
	queue     []*node
	limit     int64 // size of the largest object in a frame
	res       *Result
}

// node is something that can be called: a function, or a group of functions that one call site may run.
type node struct {
	fn      *ssa.Function // nil for a group
	members []*node       // of a group
	bump    []int8        // of a group: dereferences between the interface and each member's receiver
	sum     *summary
	users   map[*node]bool // whose results depend on sum
	queued  bool
}

// Analyze looks at all functions in r; limit is the size in bytes of the largest object that may be in a frame, MaxObject or
// MaxObjectNoHeap. It cannot fail; what it cannot see through escapes.
func Analyze(p *load.Program, r *reach.Result, limit int64) *Result {
	a := &analysis{
		prog:  p,
		types: newTypeFacts(p.Sizes, limit),
		nodes: make(map[*ssa.Function]*node),
		limit: limit,
		res: &Result{
			Stack: make(map[ssa.Instruction]bool), Reason: make(map[ssa.Instruction]string),
			Where: make(map[ssa.Instruction]token.Pos), Leaks: make(map[any]Leak),
		},
	}
	a.openFuncs = r.MakeFunc
	a.funcs = r.Funcs
	for _, in := range r.Inits {
		if !r.FuncSet[in.Fn] {
			a.funcs = append(a.funcs[:len(a.funcs):len(a.funcs)], in.Fn)
		}
	}
	a.collect(r)
	for _, fn := range a.funcs {
		a.enter(fn)
	}
	for len(a.queue) > 0 {
		n := a.queue[0]
		a.queue = a.queue[1:]
		n.queued = false
		a.update(n)
	}
	return a.res
}

// enter returns the node of fn; callees are entered, and so queued, before it.
func (a *analysis) enter(fn *ssa.Function) *node {
	if n := a.nodes[fn]; n != nil {
		return n
	}
	n := &node{fn: fn, users: make(map[*node]bool)}
	a.nodes[fn] = n
	if fn.Blocks == nil {
		n.sum = a.bodyless(fn, n)
		return n
	}
	if forcesHeap(fn) {
		n.sum = leakAll(len(fn.Params), fn.Signature.Results().Len())
		return n
	}
	if hidesPointer(fn) {
		n.sum = newSummary(len(fn.Params), fn.Signature.Results().Len())
		return n
	}
	n.sum = newSummary(len(fn.Params)+len(fn.FreeVars), fn.Signature.Results().Len())
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			if c, ok := in.(ssa.CallInstruction); ok {
				if callee := c.Common().StaticCallee(); callee != nil {
					a.enter(callee)
				}
			}
		}
	}
	a.enqueue(n)
	return n
}

func (a *analysis) enqueue(n *node) {
	if !n.queued {
		n.queued = true
		a.queue = append(a.queue, n)
	}
}

// update computes the summary of n anew and queues those that depend on it if it has grown.
func (a *analysis) update(n *node) {
	var sum *summary
	if n.fn == nil {
		sum = n.join()
	} else {
		sum = a.function(n)
	}
	if sum.equal(n.sum) {
		return
	}
	n.sum = sum
	for u := range n.users {
		a.enqueue(u)
	}
}

// use returns the summary of callee and notes that user depends on it.
func (a *analysis) use(callee, user *node) *summary {
	if user != nil {
		callee.users[user] = true
	}
	return callee.sum
}
