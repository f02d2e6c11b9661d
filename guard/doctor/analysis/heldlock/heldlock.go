// Package heldlock computes which sync.Mutex and sync.RWMutex are held at each instruction of a package, for analyzers that report what
// should not be done then. A lock counts as held where it is held on every path to the instruction, so that what follows from it
// has few false reports and some omissions: a lock that a caller holds, or that TryLock took, is not seen.
package heldlock

import (
	"go/token"
	"reflect"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/mote-go/mote/guard/doctor/analysis/callee"
	"github.com/mote-go/mote/guard/doctor/analysis/ssaform"
)

// Analyzer's result is a *Held.
var Analyzer = &analysis.Analyzer{
	Name:       "heldlock",
	Doc:        "heldlock computes which mutexes are held at each instruction",
	Requires:   []*analysis.Analyzer{ssaform.Analyzer},
	Run:        run,
	ResultType: reflect.TypeFor[*Held](),
}

// Lock is one that is held.
type Lock struct {
	Path Path
	Read bool      // by RLock
	At   token.Pos // of the call that took it
}

// Held knows the locks that are held before each instruction.
type Held struct {
	*ssaform.Form
	before  map[ssa.Instruction]set
	unlocks map[*ssa.Function]bool
}

// Before returns the locks that are held when instr begins, in no order.
func (h *Held) Before(instr ssa.Instruction) []Lock {
	var locks []Lock
	for _, l := range h.before[instr] {
		locks = append(locks, l)
	}
	return locks
}

// Unlocks tells whether f, or what it calls in the package, releases a lock that it has not taken.
func (h *Held) Unlocks(f *ssa.Function) bool { return h.unlocks[f] }

// Operation tells what a call does with a lock: its path, and the name of the method, or "" when it does nothing with one.
func Operation(call *ssa.CallCommon) (path Path, method string) {
	switch name := callee.Name(call); name {
	case "(*sync.Mutex).Lock", "(*sync.Mutex).Unlock", "(*sync.RWMutex).Lock", "(*sync.RWMutex).Unlock", "(*sync.RWMutex).RLock", "(*sync.RWMutex).RUnlock":
		if !call.IsInvoke() {
			return PathOf(call.Args[0]), call.StaticCallee().Name()
		}
	}
	return Path{}, ""
}

// set holds locks by path.
type set map[Path]Lock

func run(pass *analysis.Pass) (any, error) {
	form := pass.ResultOf[ssaform.Analyzer].(*ssaform.Form)
	h := &Held{Form: form, before: map[ssa.Instruction]set{}, unlocks: map[*ssa.Function]bool{}}
	h.findUnlocks()
	for _, f := range form.Functions {
		h.solve(f)
	}
	return h, nil
}

// findUnlocks marks the functions that release locks of their callers, until no more follow from those marked.
func (h *Held) findUnlocks() {
	for changed := true; changed; {
		changed = false
		for _, f := range h.Functions {
			if !h.unlocks[f] && h.releases(f) {
				h.unlocks[f], changed = true, true
			}
		}
	}
}

// releases tells whether f releases a lock that it has not taken before, in the order of its blocks.
func (h *Held) releases(f *ssa.Function) bool {
	taken := map[Path]bool{}
	for _, block := range f.Blocks {
		for _, instr := range block.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			path, method := Operation(call.Common())
			switch method {
			case "Lock", "RLock":
				taken[path] = true
			case "Unlock", "RUnlock":
				if !taken[path] {
					return true
				}
			default:
				if _, now := instr.(*ssa.Call); now && h.unlocks[call.Common().StaticCallee()] {
					return true
				}
			}
		}
	}
	return false
}
