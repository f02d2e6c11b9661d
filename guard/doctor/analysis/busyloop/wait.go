package busyloop

import (
	"go/token"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/mote-go/mote/guard/doctor/analysis/callee"
	"github.com/mote-go/mote/guard/doctor/analysis/ssaloop"
)

// wait is what a loop does besides reading.
type wait struct {
	loop                        ssaloop.Loop
	yields, clock, locks, polls bool
}

// maxDepth bounds how deep functions of the package are followed to see that they only read.
const maxDepth = 3

// changesNothing tells whether all that a pass through the loop does is to read.
func (w *wait) changesNothing() bool {
	ok := true
	w.loop.Instructions(func(instr ssa.Instruction) {
		ok = ok && w.reads(instr, maxDepth)
	})
	return ok
}

func (w *wait) reads(instr ssa.Instruction, depth int) bool {
	switch instr := instr.(type) {
	case *ssa.BinOp, *ssa.FieldAddr, *ssa.Field, *ssa.IndexAddr, *ssa.Index, *ssa.Lookup, *ssa.Extract, *ssa.Convert, *ssa.ChangeType,
		*ssa.ChangeInterface, *ssa.MakeInterface, *ssa.TypeAssert, *ssa.Slice, *ssa.Phi, *ssa.If, *ssa.Jump, *ssa.DebugRef:
		return true
	case *ssa.UnOp:
		return instr.Op != token.ARROW
	case *ssa.Select:
		return w.passesBy(instr)
	case *ssa.Call:
		return w.readingCall(&instr.Call, depth)
	}
	return false
}

// passesBy tells whether a select only looks at channels and goes on with the loop when they are empty. One that leaves the loop then
// drains the channels, and so ends.
func (w *wait) passesBy(s *ssa.Select) bool {
	if s.Blocking {
		return false
	}
	for _, state := range s.States {
		if state.Send != nil {
			return false
		}
	}
	w.polls = true
	block := s.Block()
	for testsIndex(block, s) {
		if block = block.Succs[1]; block == s.Block() {
			break // an empty default: straight back to the select
		}
	}
	return w.loop.Blocks[block]
}

// testsIndex tells whether block ends by asking which case s has chosen.
func testsIndex(block *ssa.BasicBlock, s *ssa.Select) bool {
	branch, ok := block.Instrs[len(block.Instrs)-1].(*ssa.If)
	if !ok {
		return false
	}
	test, ok := branch.Cond.(*ssa.BinOp)
	if !ok || test.Op != token.EQL {
		return false
	}
	index, ok := test.X.(*ssa.Extract)
	return ok && index.Tuple == s && index.Index == 0
}

func (w *wait) readingCall(call *ssa.CallCommon, depth int) bool {
	if builtin, ok := call.Value.(*ssa.Builtin); ok {
		switch builtin.Name() {
		case "len", "cap", "min", "max", "real", "imag", "ssa:wrapnilchk":
			return true
		}
		return false
	}
	name := callee.Name(call)
	switch name {
	case "runtime.Gosched":
		w.yields = true
		return true
	case "time.Now", "time.Since", "time.Until":
		w.clock = true
		return true
	case "(*sync.Mutex).Lock", "(*sync.Mutex).Unlock", "(*sync.RWMutex).Lock", "(*sync.RWMutex).Unlock", "(*sync.RWMutex).RLock", "(*sync.RWMutex).RUnlock":
		w.locks = true
		return true
	case "(context.Context).Err", "runtime.NumGoroutine",
		"(time.Time).Before", "(time.Time).After", "(time.Time).Sub", "(time.Time).Equal", "(time.Time).Compare",
		"(time.Duration).Seconds", "(time.Duration).Milliseconds":
		return true
	}
	if callee.Package(call) == "sync/atomic" {
		return atomicRead(call, name)
	}
	return w.readingFunction(callee.Local(call), depth-1)
}

// atomicRead tells whether an atomic operation reads, or tries to take a spin lock.
func atomicRead(call *ssa.CallCommon, name string) bool {
	operation := name[strings.LastIndex(name, ".")+1:]
	switch {
	case strings.HasPrefix(operation, "Load"):
		return true
	case strings.HasPrefix(operation, "CompareAndSwap"), strings.HasPrefix(operation, "Swap"):
		// What is expected, or stored, follows the address.
		_, constant := call.Args[1].(*ssa.Const)
		return constant
	}
	return false
}

// readingFunction tells whether f is a function of the package that only reads.
func (w *wait) readingFunction(f *ssa.Function, depth int) bool {
	if f == nil || depth == 0 {
		return false
	}
	for _, block := range f.Blocks {
		for _, instr := range block.Instrs {
			switch instr.(type) {
			case *ssa.Return:
			case *ssa.Select:
				return false
			default:
				if !w.reads(instr, depth) {
					return false
				}
			}
		}
	}
	return true
}
