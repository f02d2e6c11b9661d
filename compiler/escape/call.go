package escape

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// call adds the flows of a call or of a deferred one.
func (g *graph) call(in ssa.CallInstruction, c *ssa.CallCommon) {
	if b, ok := c.Value.(*ssa.Builtin); ok {
		g.builtin(in, b.Name(), c)
		return
	}
	args := c.Args
	var callee *node
	why := causeArgument
	switch {
	case c.IsInvoke():
		args = append([]ssa.Value{c.Value}, args...)
		callee, why = g.a.implementations(c.Method), causeInterface
	case c.StaticCallee() != nil:
		callee = g.a.enter(c.StaticCallee())
	default:
		callee, why = g.a.dynamicCallees(c.Signature()), causeFuncValue
	}
	if callee == nil {
		for _, v := range args {
			g.assign(heap, v, 0, why, in)
		}
		return
	}
	sum := g.a.use(callee, g.node)
	for i, v := range args {
		g.apply(in, v, sum, i, why)
	}
	if mc, ok := c.Value.(*ssa.MakeClosure); ok {
		for i, v := range mc.Bindings { // their way to the heap is counted where the closure is made
			g.toResults(in, v, sum.results[len(args)+i])
		}
	}
}

// apply adds the flows that a summary states for argument i.
func (g *graph) apply(in ssa.CallInstruction, v ssa.Value, sum *summary, i int, why cause) {
	if d := sum.heap[i]; d != none {
		g.assign(heap, v, d, why, in)
	}
	g.toResults(in, v, sum.results[i])
}

func (g *graph) toResults(in ssa.CallInstruction, v ssa.Value, derefs []int8) {
	call, ok := in.(*ssa.Call)
	if !ok {
		return // the results of a deferred call are dropped
	}
	for j, d := range derefs {
		if d != none {
			g.assign(g.result(call, j), v, d, causeNone, in)
		}
	}
}

// leakOperands sends everything that a go or defer statement keeps to the heap.
func (g *graph) leakOperands(c *ssa.CallCommon, why cause, in ssa.Instruction) {
	g.assign(heap, c.Value, 0, why, in)
	for _, v := range c.Args {
		g.assign(heap, v, 0, why, in)
	}
}

func (g *graph) builtin(in ssa.CallInstruction, name string, c *ssa.CallCommon) {
	call, _ := in.(*ssa.Call)
	switch name {
	case "append":
		if len(c.Args) > 1 && g.pointerElems(c.Args[1].Type()) {
			g.assign(heap, c.Args[1], 1, causeAppend, in)
		}
		g.copies(in, 0, c.Args[0])
	case "copy":
		if g.pointerElems(c.Args[1].Type()) {
			g.assign(heap, c.Args[1], 1, causeStore, in)
		}
	case "panic":
		g.assign(heap, c.Args[0], 0, causePanic, in)
	case "min", "max", "ssa:wrapnilchk", "Add", "Slice", "SliceData", "String", "StringData":
		if call != nil {
			g.copies(call, 0, c.Args...)
		}
	}
}

// pointerElems reports whether the elements of a slice hold pointers; the bytes of a string do not.
func (g *graph) pointerElems(t types.Type) bool {
	s, ok := t.Underlying().(*types.Slice)
	return ok && g.a.types.pointers(s.Elem())
}
