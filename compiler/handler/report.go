package handler

import (
	"strings"

	"golang.org/x/tools/go/ssa"
)

// verbs say what a handler does wrong.
func (k kind) verb() string {
	switch k {
	case allocates:
		return "allocates"
	case waits:
		return "waits"
	case locks:
		return "changes what only goroutines may change"
	case kernel:
		return "calls the kernel, which does not delay it"
	}
	return "does something unknown"
}

func (k kind) hint() string {
	switch k {
	case allocates:
		return "use memory that is there before: package-level variables, or a pool of mote/mem"
	case waits:
		return "tell a goroutine, which may wait: rtos.TrySend, Semaphore.Give and Events.Set do not"
	case locks:
		return "a goroutine may be in the middle of the same; tell one with rtos.TrySend, Semaphore.Give or Events.Set"
	case kernel:
		return "give the interrupt a priority of interrupt.Ceiling or more"
	}
	return "call the function directly, or through an interface"
}

// reportOwn reports what an instruction of the user's does by itself.
func (a *analysis) reportOwn(r root, v *visit, in ssa.Instruction) {
	for _, op := range a.operations(in) {
		a.report(r, v, in, op, nil)
	}
}

// report enters an error about an instruction of the user's in v's function, unless it has one already, from this handler or another;
// way goes on from there into std.
func (a *analysis) report(r root, v *visit, in ssa.Instruction, op operation, way []*ssa.Function) {
	if a.reported[in] || op.kind == kernel && !a.aboveCeiling(r) {
		return
	}
	a.reported[in] = true
	path := append(v.way(), way...)
	text := "the handler of " + r.name + " " + op.kind.verb()
	if op.why != "" {
		text += ": " + op.why
	}
	if len(path) > 1 || op.why == "" {
		text += " (" + a.names(path) + ")"
	}
	a.errorf(position(in), op.kind.hint(), "%s", text)
}

// maxNames bounds the functions that a message names.
const maxNames = 8

// names joins the names of functions, without those in the middle of a long way.
func (a *analysis) names(path []*ssa.Function) string {
	var names []string
	for i, fn := range path {
		if len(path) > maxNames && i >= maxNames/2 && i < len(path)-maxNames/2 {
			if i == maxNames/2 {
				names = append(names, "…")
			}
			continue
		}
		names = append(names, a.prog.SymbolName(fn))
	}
	return strings.Join(names, " → ")
}
