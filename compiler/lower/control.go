package lower

import (
	"go/constant"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// phi is a phi node: LLVM's own, or for the memory class a place that each incoming edge copies to.
type phi struct {
	llvm *llvm.Phi  // nil for the memory class
	slot llvm.Value // where the value is while the block runs
	next llvm.Value // where an edge gathers it, so that phis that swap do not overwrite each other
}

// makePhi prepares p before any block is lowered, since edges may come first.
func (f *function) makePhi(p *ssa.Phi) {
	t := p.Type()
	if !f.l.types.isMemory(t) {
		x := f.heads[p.Block().Index].Phi(f.l.types.value(t))
		f.phis[p] = &phi{llvm: x}
		f.define(p, x.Value)
		return
	}
	x := &phi{slot: f.temp(t), next: f.temp(t)}
	f.phis[p] = x
	f.define(p, x.slot)
}

// lowerPhi has nothing to emit: makePhi and edge do it.
func (f *function) lowerPhi(*ssa.Phi) {}

// edge returns the block that the k-th successor edge of from jumps to, with the phis of the successor supplied.
// A successor with phis of the memory class gets a block on the edge that copies them.
func (f *function) edge(from *ssa.BasicBlock, k int) *llvm.Block {
	to := from.Succs[k]
	target := f.heads[to.Index]
	phis := blockPhis(to)
	if len(phis) == 0 {
		return target
	}
	pred := predIndex(from, k)
	source := f.b
	if f.hasMemoryPhi(phis) {
		from := f.b
		source = f.ir.NewBlock()
		f.b = source
		f.copyPhis(phis, pred)
		f.b.Br(target)
		target = source
		f.b = from
	}
	for _, p := range phis {
		if x := f.phis[p]; x.llvm != nil {
			x.llvm.Add(f.value(p.Edges[pred]), source)
		}
	}
	return target
}

// predIndex is the place of from's k-th edge among the predecessors of where it leads.
func predIndex(from *ssa.BasicBlock, k int) int {
	to := from.Succs[k]
	skip := 0
	for _, s := range from.Succs[:k] {
		if s == to {
			skip++
		}
	}
	for i, p := range to.Preds {
		if p == from {
			if skip == 0 {
				return i
			}
			skip--
		}
	}
	internalError("block %d has no edge from block %d", to.Index, from.Index)
	return 0
}

func blockPhis(b *ssa.BasicBlock) []*ssa.Phi {
	var phis []*ssa.Phi
	for _, instr := range b.Instrs {
		p, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		phis = append(phis, p)
	}
	return phis
}

func (f *function) hasMemoryPhi(phis []*ssa.Phi) bool {
	for _, p := range phis {
		if f.phis[p].llvm == nil {
			return true
		}
	}
	return false
}

// copyPhis gathers all incoming values of the memory class, then puts them in place.
func (f *function) copyPhis(phis []*ssa.Phi, pred int) {
	for _, p := range phis {
		if x := f.phis[p]; x.llvm == nil {
			f.copyMemory(x.next, f.value(p.Edges[pred]), p.Type())
		}
	}
	for _, p := range phis {
		if x := f.phis[p]; x.llvm == nil {
			f.copyMemory(x.slot, x.next, p.Type())
		}
	}
}

func (f *function) lowerJump(i *ssa.Jump) {
	target := f.edge(i.Block(), 0)
	f.b.Br(target)
}

func (f *function) lowerIf(i *ssa.If) {
	if c, ok := i.Cond.(*ssa.Const); ok {
		taken := 1
		if constant.BoolVal(c.Value) {
			taken = 0
		}
		f.b.Br(f.edge(i.Block(), taken))
		return
	}
	cond := f.value(i.Cond)
	yes := f.edge(i.Block(), 0)
	no := f.edge(i.Block(), 1)
	f.b.CondBr(cond, yes, no)
}

// lowerReturn returns the scalar results directly and writes the others where the caller wants them.
func (f *function) lowerReturn(i *ssa.Return) {
	f.emitReturn(f.results(i))
}

// emitReturn returns these results.
func (f *function) emitReturn(results []llvm.Value) {
	for n, k := range f.sig.memory {
		f.copyMemory(f.ir.Param(len(f.sig.params)+n), results[k], f.sig.results[k])
	}
	switch len(f.sig.direct) {
	case 0:
		f.b.Ret(llvm.Value{})
	case 1:
		f.b.Ret(results[f.sig.direct[0]])
	default:
		direct := make([]llvm.Value, len(f.sig.direct))
		for n, k := range f.sig.direct {
			direct[n] = results[k]
		}
		f.b.Ret(f.b.Aggregate(f.sig.code.Result, direct...))
	}
}
