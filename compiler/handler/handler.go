// Package handler finds the functions that a program installs as interrupt handlers and refuses those that must not be.
//
// A handler interrupts anything: the heap in the middle of an allocation, the kernel with its lock held. So nothing that it can
// reach may allocate, wait, or take the kernel lock, and one that the kernel never delays must not call the kernel. What code can
// reach is what package callgraph says. Panics are where the search ends: in a handler they end the program.
//
// An error stands at a line of the user's, with the way from there to what is wrong. Find comes before lowering, which makes the
// entries of the vector table, and Result.Check after it, when the calls of the runtime are known. Start reading at these, then check.go
// for the search and operation.go for what is looked for.
package handler

import (
	"fmt"
	"go/token"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/callgraph"
	"mote/compiler/escape"
	"mote/compiler/load"
	"mote/compiler/reach"
	"mote/internal/diag"
	"mote/target"
)

// Handler is a function that an interrupt runs.
type Handler struct {
	Num  int           // of the interrupt
	Func *ssa.Function // takes an Interrupt
	// Receiver is the variable in which, Offset bytes from its begin, the first argument is when Func is a method; else nil.
	Receiver *ssa.Global
	Offset   int64
	Pos      token.Pos // of the call that installs it

	again bool // several calls do
}

// Result is what Find found.
type Result struct {
	Handlers []Handler       // in the order of their numbers
	Late     []*ssa.Function // those that rtos.SetVector may install

	roots     []root            // to be checked
	errs      diag.List         // about calls that install handlers; Check returns them
	settings  map[int][]setting // priorities by number of the interrupt
	unsettled bool              // others are set, of interrupts that nobody knows or to values that nobody knows

	reflective bool // reflection makes func values
}

// root is a function to check: what an interrupt runs.
type root struct {
	fn       *ssa.Function
	num      int    // -1 when only the running program knows
	name     string // "interrupt 8 (TIMER0)"
	priority int    // the most urgent constant that it is given, -1 for none
}

// Find collects the handlers that the functions in r install.
func Find(p *load.Program, r *reach.Result, t *target.Target) *Result {
	f := &finder{prog: p, reach: r, target: t, Result: &Result{reflective: r.MakeFunc || r.MethodValues}}
	f.find()
	return f.Result
}

// Check refuses handlers that do what they must not, given the calls of the lowered program. Its error is a diag.List.
func (r *Result) Check(p *load.Program, g *callgraph.Graph, e *escape.Result, t *target.Target) error {
	c := &checker{prog: p, graph: g, escape: e, errs: r.errs, verdicts: map[*ssa.Function]*verdict{}, reported: map[place]bool{}}
	c.ceiling, c.reflective = ceiling(p, t), r.reflective
	for _, root := range r.roots {
		c.check(root)
	}
	if len(c.errs) > 0 {
		return c.errs.Sort()
	}
	return nil
}

// interruptName names an interrupt in messages.
func interruptName(t *target.Target, num int) string {
	if num < 0 {
		return "an interrupt"
	}
	if num < len(t.IRQNames) && t.IRQNames[num] != "" {
		return fmt.Sprintf("interrupt %d (%s)", num, t.IRQNames[num])
	}
	return fmt.Sprintf("interrupt %d", num)
}
