// Package busyloop reports loops that wait without blocking. Such a loop keeps its processor for a whole slice (10 ms nominal, about 20 as observed) while what it
// waits for may be a goroutine in the same run queue; one such loop per processor makes every timer and every request late.
//
// A loop is reported when it does nothing that another pass through it would not do again: no call but those that read (atomic
// loads, clocks, a context's Err, functions of the package that only read), no write, no blocking operation, and its exit does not
// depend on a value that a pass changes. A compare-and-swap counts as reading when the value it expects is a constant (a spin
// lock), not when the loop reads it afresh (a lock-free update, which ends as soon as it runs undisturbed).
package busyloop

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/mote-go/mote/guard/doctor/analysis/ssaform"
	"github.com/mote-go/mote/guard/doctor/analysis/ssaloop"
)

// Analyzer reports under the categories spin, yield (the loop calls runtime.Gosched), clock (it waits for a time), lock (it polls under a lock) and empty.
var Analyzer = &analysis.Analyzer{
	Name:     "busyloop",
	Doc:      "busyloop reports loops that wait for a variable, a clock or a channel without blocking",
	Requires: []*analysis.Analyzer{ssaform.Analyzer},
	Run:      run,
}

func run(pass *analysis.Pass) (any, error) {
	form := pass.ResultOf[ssaform.Analyzer].(*ssaform.Form)
	reported := map[token.Pos]bool{}
	for _, f := range form.Functions {
		reportSpins(pass, f, reported)
	}
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			if loop, ok := n.(*ast.ForStmt); ok && loop.Cond == nil && loop.Post == nil && len(loop.Body.List) == 0 {
				pass.Report(analysis.Diagnostic{Pos: loop.Pos(), End: loop.Body.End(), Category: "empty", Message: "empty endless loop holds a processor for ever"})
			}
			return true
		})
	}
	return nil, nil
}

func reportSpins(pass *analysis.Pass, f *ssa.Function, reported map[token.Pos]bool) {
	var inner []ssaloop.Loop
	for _, loop := range ssaloop.Of(f) {
		if holdsAny(loop, inner) {
			continue // the inner loop is what keeps the processor
		}
		w := wait{loop: loop}
		if !w.changesNothing() || (progress{loop}).ends() {
			continue
		}
		stmt := loop.Statement()
		if stmt == nil || reported[stmt.Pos()] {
			continue
		}
		reported[stmt.Pos()] = true
		inner = append(inner, loop)
		category, message := w.describe()
		pass.Report(analysis.Diagnostic{Pos: stmt.Pos(), Category: category, Message: message})
	}
}

func holdsAny(loop ssaloop.Loop, inner []ssaloop.Loop) bool {
	for _, l := range inner {
		if loop.Blocks[l.Header] {
			return true
		}
	}
	return false
}

// describe names the kind of waiting by the most telling thing the loop does.
func (w *wait) describe() (category, message string) {
	switch {
	case w.yields:
		return "yield", "loop waits by runtime.Gosched: it uses a processor up, and goroutines that wait for the network get their turn up to 10 ms late"
	case w.locks:
		return "lock", "loop polls under a lock without blocking: it holds its processor and disturbs those that need the lock"
	case w.clock:
		return "clock", "loop waits for a time by looking at the clock: it holds its processor until then"
	case w.polls:
		return "spin", "loop polls a channel without blocking: with an empty default it holds its processor until something arrives"
	}
	return "spin", "loop waits for a variable without blocking: it holds its processor until another goroutine changes it"
}
