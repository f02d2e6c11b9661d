// Package afterloop reports time.After in a select in a loop where another case goes on with the loop: each pass makes a channel and a timer. Before Go
// 1.23 each timer stays in the heap of its processor until it fires, so that a busy loop with a long timeout fills it with thousands, and everything
// that has to do with timers becomes slow; since then they are garbage. It is not reported where every other case leaves the loop,
// as in a pause between attempts that ends early when a context does: there each timer fires.
package afterloop

import (
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/mote-go/mote/guard/doctor/analysis/callee"
	"github.com/mote-go/mote/guard/doctor/analysis/release"
	"github.com/mote-go/mote/guard/doctor/analysis/ssaform"
)

// Analyzer reports under the categories leak (before Go 1.23) and garbage.
var Analyzer = &analysis.Analyzer{
	Name:     "afterloop",
	Doc:      "afterloop reports time.After in a loop that goes on before the timer fires",
	Requires: []*analysis.Analyzer{ssaform.Analyzer},
	Run:      run,
}

func run(pass *analysis.Pass) (any, error) {
	form := pass.ResultOf[ssaform.Analyzer].(*ssaform.Form)
	for _, f := range form.Functions {
		for _, block := range f.Blocks {
			for _, instr := range block.Instrs {
				if s, ok := instr.(*ssa.Select); ok {
					check(pass, form, s)
				}
			}
		}
	}
	return nil, nil
}

func check(pass *analysis.Pass, form *ssaform.Form, s *ssa.Select) {
	for i, state := range s.States {
		call, ok := state.Chan.(*ssa.Call)
		if !ok || callee.Name(&call.Call) != "time.After" || !otherCaseReturns(s, i, call.Block()) {
			continue
		}
		if release.Before(pass, "go1.23") {
			pass.Report(analysis.Diagnostic{Pos: form.Start(call.Pos()), Category: "leak",
				Message: "time.After in a loop: each pass leaves a timer that lives until it fires"})
		} else {
			pass.Report(analysis.Diagnostic{Pos: form.Start(call.Pos()), Category: "garbage",
				Message: "time.After in a loop: each pass makes a channel and a timer for the collector"})
		}
	}
}

// otherCaseReturns tells whether a case of s other than number timer leads back to the block that makes the timer.
func otherCaseReturns(s *ssa.Select, timer int, maker *ssa.BasicBlock) bool {
	for i, block := range cases(s) {
		if i != timer && block != nil && reaches(block, maker) {
			return true
		}
	}
	return false
}

// cases returns the block in which each case of s begins; the last, without a number, is the default or that of the last case.
func cases(s *ssa.Select) map[int]*ssa.BasicBlock {
	found := map[int]*ssa.BasicBlock{}
	for _, ref := range *s.Referrers() {
		index, ok := ref.(*ssa.Extract)
		if !ok || index.Index != 0 {
			continue
		}
		for _, ref := range *index.Referrers() {
			test, ok := ref.(*ssa.BinOp)
			if !ok {
				continue
			}
			number, ok := test.Y.(*ssa.Const)
			branch, isIf := test.Block().Instrs[len(test.Block().Instrs)-1].(*ssa.If)
			if ok && isIf && branch.Cond == test {
				found[int(number.Int64())] = test.Block().Succs[0]
			}
		}
	}
	return found
}

// reaches tells whether control can go from one block to another, through none or more others.
func reaches(from, to *ssa.BasicBlock) bool {
	seen := map[*ssa.BasicBlock]bool{}
	work := []*ssa.BasicBlock{from}
	for len(work) > 0 {
		block := work[len(work)-1]
		work = work[:len(work)-1]
		if block == to {
			return true
		}
		if !seen[block] {
			seen[block] = true
			work = append(work, block.Succs...)
		}
	}
	return false
}
