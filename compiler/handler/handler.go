// Package handler finds the functions that a program installs as interrupt handlers and refuses those that must not be.
//
// A handler interrupts anything: the heap in the middle of an allocation, the kernel with its lock held. So nothing that it can
// reach may allocate, wait, or take the kernel lock, and one that the kernel never delays must not call the kernel. What a call
// can reach is what package reach found for the whole program; a call through an interface or a func value may run everything
// that fits. Panics are where the search ends: in a handler they end the program.
//
// An error stands at a line of the user's, with the way from there to what is wrong. Start reading at Analyze, then find.go for
// the handlers, check.go for the search and operation.go for what a single instruction does.
package handler

import (
	"fmt"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/escape"
	"mote/compiler/load"
	"mote/compiler/reach"
	"mote/internal/diag"
	"mote/target"
)

// Handler is a function that an interrupt runs.
type Handler struct {
	Num  int           // of the interrupt
	Func *ssa.Function // takes the Interrupt, unless Plain
	// Receiver is the variable whose address is the first argument when Func is a method, else nil.
	Receiver *ssa.Global
	Pos      token.Pos // of the call that installs it
}

// Result lists the handlers in the order of their numbers. At run time others may be installed; they are checked, too.
type Result struct {
	Handlers []Handler
	// Type is runtime/interrupt.Interrupt, the parameter of handlers; nil when there are none.
	Type types.Type
}

// Analyze finds and checks the handlers of the functions in r. Its error is a diag.List.
func Analyze(p *load.Program, r *reach.Result, e *escape.Result, t *target.Target) (*Result, error) {
	a := &analysis{prog: p, reach: r, escape: e, target: t, res: new(Result), verdicts: map[*ssa.Function]*verdict{}, reported: map[ssa.Instruction]bool{}}
	a.find()
	if len(a.roots) > 0 {
		a.dispatch = newDispatch(p, r)
	}
	for _, root := range a.roots {
		a.check(root)
	}
	if len(a.errs) > 0 {
		return nil, a.errs.Sort()
	}
	return a.res, nil
}

// analysis is the state of one Analyze.
type analysis struct {
	prog     *load.Program
	reach    *reach.Result
	escape   *escape.Result
	target   *target.Target
	res      *Result
	errs     diag.List
	roots    []root
	dispatch *dispatch
	verdicts map[*ssa.Function]*verdict
	reported map[ssa.Instruction]bool
}

// root is a function to check: what a handler begins with.
type root struct {
	fn       *ssa.Function
	num      int    // -1 when only the running program knows
	name     string // "interrupt 8 (TIMER0)"
	priority int    // the most urgent constant that it is given, -1 for none
}

func (a *analysis) errorf(pos token.Pos, hint, format string, args ...any) {
	a.errs = append(a.errs, diag.Errorf(a.prog.Position(pos), hint, format, args...)...)
}

// interruptName names an interrupt in messages.
func (a *analysis) interruptName(num int) string {
	if num < 0 {
		return "an interrupt"
	}
	if num < len(a.target.IRQNames) && a.target.IRQNames[num] != "" {
		return fmt.Sprintf("interrupt %d (%s)", num, a.target.IRQNames[num])
	}
	return fmt.Sprintf("interrupt %d", num)
}
