package handler

import (
	"go/token"
	"strings"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/escape"
	"mote/internal/diag"
)

// verb says what a handler does wrong.
func (k kind) verb() string {
	switch k {
	case allocates:
		return "allocates"
	case waits:
		return "waits"
	case locks:
		return "changes what only goroutines may change"
	}
	return "calls the kernel, which does not delay it"
}

func (k kind) hint() string {
	switch k {
	case allocates:
		return "use memory that is there before: package-level variables, or a pool of mote/mem"
	case waits:
		return "tell a goroutine, which may wait: rtos.TrySend, Semaphore.Give and Events.Set do not"
	case locks:
		return "a goroutine may be in the middle of the same; tell one with rtos.TrySend, Semaphore.Give or Events.Set"
	}
	return "give the interrupt a priority of interrupt.Ceiling or more"
}

// report enters an error about an instruction of the user's in v's function, unless there is one already, for this handler or another;
// way goes on from there into std.
func (c *checker) report(r root, v *visit, in ssa.Instruction, op operation, way []*ssa.Function) {
	at := place{v.fn, in}
	if c.reported[at] || op.kind == kernel && (r.priority < 0 || int64(r.priority) >= c.ceiling) {
		return
	}
	c.reported[at] = true
	path := append(v.way(), way...)
	text := "the handler of " + r.name + " " + op.kind.verb()
	if op.why != "" {
		text += ": " + op.why
	}
	if len(path) > 1 || op.why == "" {
		text += " (" + c.names(path) + ")"
	}
	c.errs = append(c.errs, diag.Errorf(c.prog.Position(at.pos()), op.kind.hint(), "%s", text)...)
}

// pos is where the source has an instruction, or its function.
func (p place) pos() token.Pos {
	if p.in == nil {
		return p.fn.Pos()
	}
	return escape.Position(p.in)
}

// maxNames bounds the functions that a message names.
const maxNames = 8

// names joins the names of functions, without those in the middle of a long way.
func (c *checker) names(path []*ssa.Function) string {
	var names []string
	for i, fn := range path {
		if len(path) > maxNames && i >= maxNames/2 && i < len(path)-maxNames/2 {
			if i == maxNames/2 {
				names = append(names, "…")
			}
			continue
		}
		names = append(names, c.prog.SymbolName(fn))
	}
	return strings.Join(names, " → ")
}
