// Package locksleep reports what waits for time, for another goroutine or for the network while a sync.Mutex or sync.RWMutex is held. Whoever needs the
// lock then waits as long, with every processor free: a convoy, which neither the scheduler's latencies nor a timer probe show. Under RLock it
// is the next writer that waits, and behind it all new readers.
package locksleep

import (
	"fmt"
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/mote-go/mote/guard/doctor/analysis/callee"
	"github.com/mote-go/mote/guard/doctor/analysis/heldlock"
)

// Analyzer reports under the categories sleep, receive, io and wait.
var Analyzer = &analysis.Analyzer{
	Name:     "locksleep",
	Doc:      "locksleep reports sleeps, channel receives and blocking calls while a mutex is held",
	Requires: []*analysis.Analyzer{heldlock.Analyzer},
	Run:      run,
}

// block is an instruction that may wait long.
type block struct {
	category string
	text     string // what it does, as in "time.Sleep"
	pos      token.Pos
}

func run(pass *analysis.Pass) (any, error) {
	held := pass.ResultOf[heldlock.Analyzer].(*heldlock.Held)
	for _, f := range held.Functions {
		for _, b := range f.Blocks {
			for _, instr := range b.Instrs {
				locks := held.Before(instr)
				if len(locks) == 0 {
					continue
				}
				if found, ok := blocksAt(held, instr, maxDepth); ok {
					report(pass, held.Start(instr.Pos()), found, latest(locks))
				}
			}
		}
	}
	return nil, nil
}

// latest returns the lock that was taken last in the source, the one a reader of the report looks for.
func latest(locks []heldlock.Lock) heldlock.Lock {
	last := locks[0]
	for _, l := range locks[1:] {
		if l.At > last.At {
			last = l
		}
	}
	return last
}

func report(pass *analysis.Pass, pos token.Pos, found block, lock heldlock.Lock) {
	if !pos.IsValid() {
		pos = found.pos
	}
	how := "held"
	if lock.Read {
		how = "held for reading, which stops the next writer and all readers behind it"
	}
	d := analysis.Diagnostic{
		Pos: pos, Category: found.category,
		Message: fmt.Sprintf("%s while %s is %s", found.text, lock.Path, how),
		Related: []analysis.RelatedInformation{{Pos: lock.At, Message: fmt.Sprintf("%s is locked here", lock.Path)}},
	}
	if found.pos != pos {
		d.Message = fmt.Sprintf("call leads to %s while %s is %s", found.text, lock.Path, how)
		d.Related = append(d.Related, analysis.RelatedInformation{Pos: found.pos, Message: found.text + " here"})
	}
	pass.Report(d)
}

// maxDepth bounds how deep functions of the package are followed.
const maxDepth = 3

// blocksAt tells whether instr may wait long, itself or in a function of the package that it calls.
func blocksAt(held *heldlock.Held, instr ssa.Instruction, depth int) (block, bool) {
	switch instr := instr.(type) {
	case *ssa.UnOp:
		if instr.Op == token.ARROW {
			return block{"receive", "channel receive", instr.Pos()}, true
		}
	case *ssa.Select:
		if instr.Blocking {
			return block{"receive", "select without default", instr.Pos()}, true
		}
	case *ssa.Call:
		name := callee.Name(&instr.Call)
		if category, ok := blockingCalls[name]; ok {
			return block{category, name, held.Start(instr.Pos())}, true
		}
		if f := callee.Local(&instr.Call); f != nil && depth > 0 && !held.Unlocks(f) {
			return blocksIn(held, f, depth-1)
		}
	}
	return block{}, false
}

func blocksIn(held *heldlock.Held, f *ssa.Function, depth int) (block, bool) {
	for _, b := range f.Blocks {
		for _, instr := range b.Instrs {
			if found, ok := blocksAt(held, instr, depth); ok {
				return found, true
			}
		}
	}
	return block{}, false
}
