// Package tickerleak reports tickers that are never stopped in packages for a Go release before 1.23, where a ticker that nothing refers to goes on for
// ever: each one that a request leaves behind wakes a processor at its rate. The same holds for time.Tick in a function that returns.
package tickerleak

import (
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/mote-go/mote/guard/doctor/analysis/callee"
	"github.com/mote-go/mote/guard/doctor/analysis/release"
	"github.com/mote-go/mote/guard/doctor/analysis/ssaform"
)

// Analyzer reports under the categories ticker and tick.
var Analyzer = &analysis.Analyzer{
	Name:     "tickerleak",
	Doc:      "tickerleak reports tickers that are never stopped, before Go 1.23",
	Requires: []*analysis.Analyzer{ssaform.Analyzer},
	Run:      run,
}

func run(pass *analysis.Pass) (any, error) {
	if !release.Before(pass, "go1.23") {
		return nil, nil
	}
	form := pass.ResultOf[ssaform.Analyzer].(*ssaform.Form)
	for _, f := range form.Functions {
		for _, block := range f.Blocks {
			for _, instr := range block.Instrs {
				if call, ok := instr.(*ssa.Call); ok {
					check(pass, form, f, call)
				}
			}
		}
	}
	return nil, nil
}

func check(pass *analysis.Pass, form *ssaform.Form, f *ssa.Function, call *ssa.Call) {
	switch callee.Name(&call.Call) {
	case "time.NewTicker":
		if returns(f) && !leaves(call) {
			pass.Report(analysis.Diagnostic{Pos: form.Start(call.Pos()), Category: "ticker", Message: "ticker is never stopped: before Go 1.23 it goes on for ever"})
		}
	case "time.Tick":
		if returns(f) && f.Name() != "main" && f.Synthetic == "" {
			pass.Report(analysis.Diagnostic{Pos: form.Start(call.Pos()), Category: "tick", Message: "time.Tick in a function that returns: before Go 1.23 its ticker goes on for ever"})
		}
	}
}

// returns tells whether f can return.
func returns(f *ssa.Function) bool {
	for _, block := range f.Blocks {
		if _, ok := block.Instrs[len(block.Instrs)-1].(*ssa.Return); ok {
			return true
		}
	}
	return false
}

// leaves tells whether the ticker is stopped, or gets to where someone else can stop it: anything but reading its channel.
func leaves(ticker ssa.Value) bool {
	for _, ref := range *ticker.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.FieldAddr:
			if ranged(ref) {
				return true
			}
		case ssa.CallInstruction:
			if name := callee.Name(ref.Common()); name != "(*time.Ticker).Reset" {
				return true // Stop, or a function that is given it
			}
		default:
			return true
		}
	}
	return false
}

// ranged tells whether the ticker's channel is what a range statement goes over: it never ends, although it looks as if it could.
func ranged(channel *ssa.FieldAddr) bool {
	for _, ref := range *channel.Referrers() {
		load, ok := ref.(*ssa.UnOp)
		if !ok {
			continue
		}
		for _, ref := range *load.Referrers() {
			if receive, ok := ref.(*ssa.UnOp); ok && receive.CommaOk {
				return true
			}
		}
	}
	return false
}
