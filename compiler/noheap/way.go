package noheap

import (
	"fmt"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/callgraph"
	"mote/compiler/escape"
)

// maxNames bounds the functions that a message names.
const maxNames = 8

// calls says that a call of a function of std allocates, on which way, and what is allocated at its end.
func (c *check) calls(call callgraph.Call) string {
	way := c.way(call.Callee)
	last := way[len(way)-1]
	text := c.Program.SymbolName(call.Callee) + " allocates"
	switch call.Kind {
	case callgraph.Interface:
		text = fmt.Sprintf("the call of %s may be one of %s", call.Site.(ssa.CallInstruction).Common().Method.Name(), text)
	case callgraph.Value:
		text = fmt.Sprintf("the call of %s may be one of %s", name(call.Site.(ssa.CallInstruction).Common().Value), text)
	case callgraph.Made:
		text = "a func value of " + text
	}
	if at := c.next[last]; at.Site != nil && !inRuntime(last) {
		what, _ := describe(at.Site)
		pos := c.Program.Position(escape.Position(at.Site))
		text += fmt.Sprintf(": %s (%s:%d)", what, filepath.Base(pos.Filename), pos.Line)
	}
	if len(way) > 1 {
		text += " (" + c.names(way) + ")"
	}
	return text
}

// names joins the names of functions, without those in the middle of a long way.
func (c *check) names(way []*ssa.Function) string {
	var names []string
	for i, fn := range way {
		switch {
		case len(way) <= maxNames || i < maxNames/2 || i >= len(way)-maxNames/2:
			names = append(names, c.Program.SymbolName(fn))
		case i == maxNames/2:
			names = append(names, "…")
		}
	}
	return strings.Join(names, " → ")
}

// maxSteps bounds the flow that a message tells.
const maxSteps = 6

// why says on which way the value that an instruction makes escapes; empty when the kind of the instruction says it all.
func (c *check) why(in ssa.Instruction) string {
	if escape.Inherent(in) != "" {
		return ""
	}
	leak, ok := c.Escape.Leaks[in]
	if !ok {
		return c.Escape.Reason[in]
	}
	here := c.Program.Position(escape.Position(in))
	var steps []string
	for range maxSteps {
		step := leak.Text
		if leak.At != nil {
			if pos := c.Program.Position(escape.Position(leak.At)); pos.IsValid() && (pos.Filename != here.Filename || pos.Line != here.Line) {
				step += fmt.Sprintf(" (%s:%d)", filepath.Base(pos.Filename), pos.Line)
			}
		}
		steps = append(steps, step)
		if leak.Into == nil {
			break
		}
		if leak, ok = c.Escape.Leaks[leak.Into]; !ok {
			break
		}
	}
	return strings.Join(steps, ", where it is ")
}
