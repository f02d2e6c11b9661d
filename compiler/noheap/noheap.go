// Package noheap finds what a program that is built without a heap (-gc=none) would need one for.
//
// Every allocation that remains in a function of the user's is an error at its line, with the way on which the value escapes.
// What std or the port allocates is one error at the user's call that leads there, with the functions on the way. Not counted is
// what a panic allocates: it ends the program, or is for those who recover. Data that is known when the program is built
// (initialisers that initeval ran, constants in interfaces) is no allocation. Start reading at Check.
package noheap

import (
	"go/token"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"mote/compiler/callgraph"
	"mote/compiler/escape"
	"mote/compiler/load"
	"mote/compiler/reach"
	"mote/internal/diag"
)

// Input is what Check reads.
type Input struct {
	Program *load.Program
	Reach   *reach.Result
	Escape  *escape.Result
	Graph   *callgraph.Graph
}

// check is the state of one Check.
type check struct {
	Input
	next map[*ssa.Function]callgraph.Call // for functions that are not the user's: the call towards an allocation
	late *typeutil.Map                    // types that get into interfaces only behind calls that are reported
	errs diag.List
}

// Check reports every allocation that a run of the program may come to as a diag.List.
func Check(in Input) error {
	c := &check{Input: in}
	c.findAllocators()
	c.findLate()
	for _, fn := range in.Reach.Funcs {
		if in.Graph.Own(fn) {
			c.function(fn)
		}
	}
	if len(c.errs) == 0 {
		c.initialisers() // those that remain: a package may be there for a call that is reported
	}
	if len(c.errs) == 0 {
		return nil
	}
	return c.errs.Sort()
}

// function reports the allocations of a function of the user's: first its calls of others that allocate, then its own, without
// those of values that are only made for such a call.
func (c *check) function(fn *ssa.Function) {
	bad := map[ssa.Instruction]bool{}
	for _, call := range c.Graph.Calls(fn) {
		if c.counts(call) && call.Kind != callgraph.Runtime && c.wrong(call) && !bad[call.Site] {
			bad[call.Site] = true
			c.reportCall(call)
		}
	}
	for _, call := range c.Graph.Calls(fn) {
		if call.Kind != callgraph.Runtime || !c.allocates(call.Callee) || bad[call.Site] || call.Site != nil && bad[c.Escape.Leaks[call.Site].At] {
			continue
		}
		if call.Site != nil {
			bad[call.Site] = true
		}
		c.reportOwn(fn, call)
	}
}

// wrong tells whether a call of a user's function leads to an allocation in std.
func (c *check) wrong(call callgraph.Call) bool {
	return !c.Graph.Own(call.Callee) && c.allocates(call.Callee) && !(call.Kind == callgraph.Interface && c.isLate(call.Callee))
}

// reportCall reports a call, or a func value, of a function of std that allocates.
func (c *check) reportCall(call callgraph.Call) {
	hint := "use a function that works in memory that it is given, and no append"
	c.errorf(escape.Position(call.Site), hint, "%s", c.calls(call))
}

// reportOwn reports an allocation.
func (c *check) reportOwn(fn *ssa.Function, call callgraph.Call) {
	if call.Site == nil {
		c.errorf(fn.Pos(), "", "%s allocates when it is called", fn.Name())
		return
	}
	what, hint := describe(call.Site)
	if box, ok := call.Site.(*ssa.MakeInterface); ok && onlyPanics(box) || what == "" {
		return
	}
	if why := c.why(call.Site); why != "" {
		what += ": " + why
	}
	c.errorf(escape.Position(call.Site), hint, "%s", what)
}

func (c *check) errorf(pos token.Pos, hint, format string, args ...any) {
	c.errs = append(c.errs, diag.Errorf(c.Program.Position(pos), hint, format, args...)...)
}
