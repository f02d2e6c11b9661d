// Package unboundedgo reports loops that start a goroutine for each connection or message that comes in and have no limit in sight. When more comes in
// than the processors can do, the run queues grow with the load, and every request gets its turn too late; limits that
// the goroutine asks for itself come too late as well, since it must be run to ask.
package unboundedgo

import (
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/mote-go/mote/guard/doctor/analysis/callee"
	"github.com/mote-go/mote/guard/doctor/analysis/ssaform"
	"github.com/mote-go/mote/guard/doctor/analysis/ssaloop"
)

// Analyzer reports under the categories accept and channel.
var Analyzer = &analysis.Analyzer{
	Name:     "unboundedgo",
	Doc:      "unboundedgo reports goroutines started without a limit for each connection or message",
	Requires: []*analysis.Analyzer{ssaform.Analyzer},
	Run:      run,
}

func run(pass *analysis.Pass) (any, error) {
	form := pass.ResultOf[ssaform.Analyzer].(*ssaform.Form)
	reported := map[token.Pos]bool{}
	for _, f := range form.Functions {
		for _, loop := range ssaloop.Of(f) {
			check(pass, loop, reported)
		}
	}
	return nil, nil
}

// intake is what a loop takes in and starts.
type intake struct {
	start            *ssa.Go
	accepts, ranges  bool
	limited, selects bool
}

func check(pass *analysis.Pass, loop ssaloop.Loop, reported map[token.Pos]bool) {
	var in intake
	loop.Instructions(in.look)
	if in.start == nil || in.limited || reported[in.start.Pos()] {
		return
	}
	d := analysis.Diagnostic{Pos: in.start.Pos()}
	switch {
	case in.accepts:
		d.Category, d.Message = "accept", "a goroutine for each connection, without a limit"
	case in.ranges && !in.selects:
		d.Category, d.Message = "channel", "a goroutine for each message of a channel, without a limit"
	default:
		return
	}
	reported[in.start.Pos()] = true
	pass.Report(d)
}

func (in *intake) look(instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.Go:
		in.start = instr // what follows in the blocks comes later, as loops are built in the order of the source
	case *ssa.Send:
		in.limited = true // a token for a semaphore
	case *ssa.Select:
		in.selects = true
		for _, state := range instr.States {
			in.limited = in.limited || state.Send != nil
		}
	case *ssa.UnOp:
		if instr.Op == token.ARROW {
			message := instr.CommaOk || used(instr)
			in.limited = in.limited || in.start != nil       // waits for what it has started
			in.limited = in.limited || !message || in.ranges // a second channel gives tokens
			in.ranges = in.ranges || message
		}
	case *ssa.Call:
		in.call(&instr.Call)
	}
}

// used tells whether anything is done with what is received; a token is thrown away.
func used(receive *ssa.UnOp) bool {
	for _, ref := range *receive.Referrers() {
		if _, debug := ref.(*ssa.DebugRef); !debug {
			return true
		}
	}
	return false
}

func (in *intake) call(call *ssa.CallCommon) {
	name := callee.Name(call)
	method := name[strings.LastIndex(name, ".")+1:]
	switch method {
	case "Accept", "AcceptTCP", "AcceptUnix":
		in.accepts = true
	case "Acquire", "TryAcquire", "Wait", "WaitN", "Allow", "AllowN", "Take", "Reserve", "Get", "Admit", "Limit":
		in.limited = true
	}
}
