package handler

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/escape"
	"mote/compiler/intrinsic"
	"mote/compiler/reach"
)

// kind is what is wrong with an operation in a handler.
type kind uint8

const (
	waits kind = iota // the worst first
	allocates
	locks // enters the part of the kernel that only goroutines may be in
	unknown
	kernel // calls the kernel at all: wrong only for handlers that it does not delay
	kinds
)

// operation is something that an instruction does by itself.
type operation struct {
	kind kind
	why  string
}

// operations are what in does by itself, not counting what it calls.
func (a *analysis) operations(in ssa.Instruction) []operation {
	switch i := in.(type) {
	case *ssa.Send:
		return []operation{{waits, "a send waits for a receiver"}}
	case *ssa.UnOp:
		if i.Op == token.ARROW {
			return []operation{{waits, "a receive waits for a sender"}}
		}
	case *ssa.Select:
		if i.Blocking {
			return []operation{{waits, "a select without default waits"}}
		}
		if len(i.States) != 1 {
			return []operation{{locks, "a select over several channels"}}
		}
	case *ssa.Defer:
		if i.DeferStack != nil || inLoop(i.Block()) {
			return []operation{{allocates, "defer in a loop"}}
		}
	}
	if why := a.allocation(in); why != "" {
		return []operation{{allocates, why}}
	}
	if c, ok := in.(ssa.CallInstruction); ok {
		if _, known := a.dispatch.callees(c.Common()); !known {
			return []operation{{unknown, "a call through a func value that reflection may have made"}}
		}
	}
	return nil
}

// allocators are the functions of package runtime that lowering calls for an allocation.
func isAllocator(name string) bool {
	switch name {
	case "newobject", "newarray", "mallocgc", "makeslice", "makeslice64":
		return true
	}
	return false
}

// allocation says what in allocates on the heap and why there, or "".
func (a *analysis) allocation(in ssa.Instruction) string {
	if why := escape.Inherent(in); why != "" {
		return why
	}
	if _, deferred := in.(*ssa.Defer); deferred {
		return ""
	}
	if a.escape.OnStack(in) || !slices.ContainsFunc(reach.RuntimeCalls(a.prog.Sizes, in), isAllocator) {
		return ""
	}
	what := "the variable is on the heap"
	switch i := in.(type) {
	case *ssa.Alloc:
		if i.Comment != "" && i.Comment != "new" && i.Comment != "complit" && !strings.Contains(i.Comment, " ") {
			what = i.Comment + " is on the heap"
		}
	case *ssa.MakeClosure:
		what = "the closure is on the heap"
	case *ssa.MakeSlice:
		what = "the slice is on the heap"
	case *ssa.MakeInterface:
		what = "the value in the interface is on the heap"
	}
	if why := a.escape.Reason[in]; why != "" {
		what += ": " + why
	}
	return what
}

// runtimeCalls are the functions of package runtime that the code of in calls besides those that operations speaks of.
func (a *analysis) runtimeCalls(in ssa.Instruction) (fns []*ssa.Function) {
	trusted := reach.Trusted(in.Parent())
	for _, name := range reach.RuntimeCalls(a.prog.Sizes, in) {
		if isAllocator(name) || trusted && strings.HasPrefix(name, "panic") {
			continue
		}
		if s, ok := in.(*ssa.Select); ok && len(s.States) == 1 && name != pollName(s) {
			continue
		}
		if fn := a.prog.Funcs["runtime."+name]; fn != nil {
			fns = append(fns, fn)
		}
	}
	return fns
}

// directiveISR marks a function of the port as one that handlers may call whatever it does, as a part of the kernel that masks them.
const directiveISR = "isr"

// pollName is the function for a select with one case and a default.
func pollName(s *ssa.Select) string {
	if s.States[0].Dir == types.SendOnly {
		return "selectnbsend"
	}
	return "selectnbrecv"
}

// inherent are the functions that mean something by themselves: the search does not go into them.
func (a *analysis) inherent(fn *ssa.Function, symbol string) (op operation, ok bool) {
	if obj := fn.Object(); obj != nil && a.prog.Directive(obj, directiveISR) != nil {
		return operation{kernel, ""}, true
	}
	switch symbol {
	case "runtime.mallocgc":
		return operation{allocates, ""}, true
	case "runtime.park", "runtime.Gosched", "runtime.Goexit", "runtime.block":
		return operation{waits, ""}, true
	case "runtime.lockSched":
		return operation{locks, ""}, true
	case "runtime.mask", "runtime.goready":
		return operation{kernel, ""}, true
	}
	return operation{}, false
}

// isEnd tells whether the search ends at a function of package runtime: it reports and ends the program, or is known to be fit for
// handlers whatever it does.
func (a *analysis) isEnd(fn *ssa.Function, symbol string) bool {
	if intrinsic.Has(symbol) || !a.reach.FuncSet[fn] {
		return true
	}
	name, ok := strings.CutPrefix(symbol, "runtime.")
	if !ok {
		return false
	}
	switch name {
	case "gopanic", "throw", "fatal", "printlock", "printunlock", "exit":
		return true
	}
	return strings.HasPrefix(name, "panic")
}

// inLoop tells whether b can be reached from itself.
func inLoop(b *ssa.BasicBlock) bool {
	seen := map[*ssa.BasicBlock]bool{}
	todo := slices.Clone(b.Succs)
	for len(todo) > 0 {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if n == b {
			return true
		}
		if !seen[n] {
			seen[n] = true
			todo = append(todo, n.Succs...)
		}
	}
	return false
}

// position is where the source has an instruction.
func position(in ssa.Instruction) token.Pos { return escape.Position(in) }
