// Package lockagain reports locks that are taken again while they are held. For a Mutex, and for a RWMutex that is held for writing, that is a deadlock each
// time. A RWMutex that is held for reading lets the same goroutine in again until a writer waits in between: then the reader waits
// for the writer and the writer for the reader, under load and never in a test.
package lockagain

import (
	"fmt"
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/mote-go/mote/guard/doctor/analysis/callee"
	"github.com/mote-go/mote/guard/doctor/analysis/heldlock"
)

// Analyzer reports under the categories read (recursive RLock), upgrade (Lock under RLock) and deadlock.
var Analyzer = &analysis.Analyzer{
	Name:     "lockagain",
	Doc:      "lockagain reports mutexes that are locked again while held, recursive RLock among them",
	Requires: []*analysis.Analyzer{heldlock.Analyzer},
	Run:      run,
}

// taking is a call that takes a lock.
type taking struct {
	path heldlock.Path
	read bool
	pos  token.Pos
}

func run(pass *analysis.Pass) (any, error) {
	held := pass.ResultOf[heldlock.Analyzer].(*heldlock.Held)
	for _, f := range held.Functions {
		for _, b := range f.Blocks {
			for _, instr := range b.Instrs {
				call, ok := instr.(*ssa.Call)
				if !ok {
					continue
				}
				if locks := held.Before(instr); len(locks) > 0 {
					check(pass, held, call, locks)
				}
			}
		}
	}
	return nil, nil
}

func check(pass *analysis.Pass, held *heldlock.Held, call *ssa.Call, locks []heldlock.Lock) {
	for _, again := range takes(held, call, maxDepth) {
		for _, lock := range locks {
			if lock.Path == again.path && !shared(lock.Path.Root) {
				report(pass, held.Start(call.Pos()), call, lock, again)
				return
			}
		}
	}
}

// shared tells whether a local variable is also used by a function literal, which may unlock it from another goroutine: as a signal.
func shared(root ssa.Value) bool {
	local, ok := root.(*ssa.Alloc)
	if !ok {
		_, outer := root.(*ssa.FreeVar)
		return outer
	}
	for _, ref := range *local.Referrers() {
		if _, ok := ref.(*ssa.MakeClosure); ok {
			return true
		}
	}
	return false
}

func report(pass *analysis.Pass, pos token.Pos, call *ssa.Call, lock heldlock.Lock, again taking) {
	category, text := "deadlock", "%s is locked again while it is held: a deadlock"
	switch {
	case lock.Read && again.read:
		category, text = "read", "%s is read-locked again while it is held for reading: a deadlock as soon as a writer waits in between"
	case lock.Read:
		category, text = "upgrade", "%s is locked while it is held for reading: a deadlock"
	}
	message := fmt.Sprintf(text, lock.Path)
	d := analysis.Diagnostic{Pos: pos, Category: category, Message: message}
	d.Related = append(d.Related, analysis.RelatedInformation{Pos: lock.At, Message: fmt.Sprintf("%s is locked first here", lock.Path)})
	if again.pos != pos {
		d.Message = fmt.Sprintf("in the call of %s, %s", call.Call.StaticCallee().Name(), message)
		d.Related = append(d.Related, analysis.RelatedInformation{Pos: again.pos, Message: "and again here"})
	}
	pass.Report(d)
}

// maxDepth bounds how deep methods are followed.
const maxDepth = 3

// takes returns the locks that call takes while those of its caller are still held, by the paths they have there.
func takes(held *heldlock.Held, call *ssa.Call, depth int) []taking {
	path, method := heldlock.Operation(&call.Call)
	switch method {
	case "Lock", "RLock":
		return []taking{{path, method == "RLock", held.Start(call.Pos())}}
	case "Unlock", "RUnlock":
		return nil
	}
	f := callee.Local(&call.Call)
	if f == nil || depth == 0 || held.Unlocks(f) {
		return nil
	}
	var found []taking
	for _, b := range f.Blocks {
		for _, instr := range b.Instrs {
			inner, ok := instr.(*ssa.Call)
			if !ok {
				continue
			}
			for _, t := range takes(held, inner, depth-1) {
				if path, ok := outside(t.path, f, call.Call.Args); ok {
					found = append(found, taking{path, t.read, t.pos})
				}
			}
		}
	}
	return found
}

// outside translates a path in f to one in its caller. Only those that begin at a parameter or a global have one.
func outside(path heldlock.Path, f *ssa.Function, args []ssa.Value) (heldlock.Path, bool) {
	if _, ok := path.Root.(*ssa.Global); ok {
		return path, true
	}
	for i, parameter := range f.Params {
		if path.Root == ssa.Value(parameter) {
			root := heldlock.PathOf(args[i])
			return heldlock.Path{Root: root.Root, Steps: root.Steps + path.Steps}, true
		}
	}
	return heldlock.Path{}, false
}
