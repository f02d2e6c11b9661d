package lower

import (
	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// lifetimes tells LLVM from where to where each temporary in the frame is in use, so that they can share their places: stacks are
// small, and a function that moves large values about has many temporaries.
type lifetimes struct {
	fresh []temporary                     // made by the instruction that is being lowered
	ends  map[ssa.Instruction][]temporary // in use until after that instruction
}

type temporary struct {
	p    llvm.Value
	size int64
}

// scratch reserves memory in the frame that only the code of the current instruction uses.
func (f *function) scratch(size, align int64) llvm.Value {
	p := f.ir.Alloca(size, align)
	if size > 0 {
		f.b.LifetimeStart(p, size)
		f.life.fresh = append(f.life.fresh, temporary{p, size})
	}
	return p
}

// endLifetimes runs after instr is lowered. A temporary that is not its result is of no more use; one that is its
// result is until the result's last use, if that is certain.
func (f *function) endLifetimes(instr ssa.Instruction) {
	for _, t := range f.life.fresh {
		if !f.isResult(instr, t) {
			f.endLifetime(t)
		} else if last := f.lastUse(instr, t); last != nil {
			if f.life.ends == nil {
				f.life.ends = map[ssa.Instruction][]temporary{}
			}
			f.life.ends[last] = append(f.life.ends[last], t)
		}
	}
	f.life.fresh = f.life.fresh[:0]
	for _, t := range f.life.ends[instr] {
		f.endLifetime(t)
	}
}

func (f *function) endLifetime(t temporary) {
	if !f.b.Terminated() {
		f.b.LifetimeEnd(t.p, t.size)
	}
}

// isResult tells whether t holds (a component of) the value of instr.
func (f *function) isResult(instr ssa.Instruction, t temporary) bool {
	v, ok := instr.(ssa.Value)
	if !ok {
		return false
	}
	if f.values[v] == t.p {
		return true
	}
	for _, x := range f.tuples[v] {
		if x == t.p {
			return true
		}
	}
	return false
}

// lastUse is the last instruction that reads the value of instr, which is in t. It is nil when some use is in another block or may
// give the address on to another value.
func (f *function) lastUse(instr ssa.Instruction, t temporary) ssa.Instruction {
	v := instr.(ssa.Value)
	if f.values[v] != t.p {
		return nil
	}
	uses := *v.Referrers()
	for _, ref := range uses {
		if ref.Block() != instr.Block() || !readsOnly(ref) {
			return nil
		}
	}
	var last ssa.Instruction
	for _, i := range instr.Block().Instrs {
		for _, ref := range uses {
			if ref == i {
				last = i
			}
		}
	}
	return last
}

// readsOnly tells whether an operand's memory is of no more use once instr is done.
func readsOnly(instr ssa.Instruction) bool {
	switch instr.(type) {
	case *ssa.Call, *ssa.MapUpdate, *ssa.Send, *ssa.Lookup, *ssa.Defer, *ssa.Go:
		return true
	}
	return copiesAtOnce(instr)
}
