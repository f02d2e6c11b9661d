package heldlock

import (
	"maps"

	"golang.org/x/tools/go/ssa"
)

// solve runs the forward data flow of f: the locks at the start of a block are those held at the end of all blocks before it. A block that
// has not been reached yet holds everything, and so does not count.
func (h *Held) solve(f *ssa.Function) {
	if len(f.Blocks) == 0 {
		return
	}
	after := make([]set, len(f.Blocks))
	work := []*ssa.BasicBlock{f.Blocks[0]}
	if f.Recover != nil {
		work = append(work, f.Recover)
	}
	for len(work) > 0 {
		block := work[len(work)-1]
		work = work[:len(work)-1]
		held := entry(block, after)
		for _, instr := range block.Instrs {
			if len(held) > 0 {
				h.before[instr] = maps.Clone(held)
			} else {
				delete(h.before, instr)
			}
			h.apply(held, instr)
		}
		if old := after[block.Index]; old == nil || !maps.EqualFunc(old, held, samePath) {
			after[block.Index] = held
			work = append(work, block.Succs...)
		}
	}
}

// entry intersects what the blocks before block leave. A lock that is held for reading on one way and for writing on the other counts as either.
func entry(block *ssa.BasicBlock, after []set) set {
	var held set
	for _, before := range block.Preds {
		out := after[before.Index]
		if out == nil {
			continue
		}
		if held == nil {
			held = maps.Clone(out)
			continue
		}
		maps.DeleteFunc(held, func(p Path, _ Lock) bool {
			_, both := out[p]
			return !both
		})
	}
	if held == nil {
		held = set{}
	}
	return held
}

// apply does to held what instr does to the locks.
func (h *Held) apply(held set, instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.Store:
		stored := PathOf(instr.Addr)
		maps.DeleteFunc(held, func(p Path, _ Lock) bool { return p.through(stored) })
	case *ssa.Call:
		path, method := Operation(&instr.Call)
		switch method {
		case "Lock", "RLock":
			if _, again := held[path]; !again {
				held[path] = Lock{Path: path, Read: method == "RLock", At: h.Start(instr.Pos())}
			}
		case "Unlock", "RUnlock":
			if _, known := held[path]; !known {
				clear(held) // one of them under another name
			}
			delete(held, path)
		default:
			if callee := instr.Call.StaticCallee(); callee != nil && h.unlocks[callee] {
				clear(held)
			}
		}
	}
}

func samePath(a, b Lock) bool { return a.Path == b.Path }
