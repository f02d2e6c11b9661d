package busyloop

import (
	"golang.org/x/tools/go/ssa"

	"github.com/mote-go/mote/guard/doctor/analysis/ssaloop"
)

// progress decides whether a loop brings itself nearer to its end.
type progress struct{ loop ssaloop.Loop }

// ends tells whether an exit of the loop depends on a value that each pass computes from its value in the pass before, such as a counter.
func (p progress) ends() bool {
	for _, exit := range p.loop.Exits() {
		for value := range p.behind(exit.Cond) {
			if phi, ok := value.(*ssa.Phi); ok && phi.Block() == p.loop.Header && p.carried(phi) {
				return true
			}
		}
	}
	return false
}

// carried tells whether phi's value in one pass follows from that in the pass before, other than by staying the same.
func (p progress) carried(phi *ssa.Phi) bool {
	for i, edge := range phi.Edges {
		if p.loop.Blocks[phi.Block().Preds[i]] && edge != phi && p.behind(edge)[phi] {
			return true
		}
	}
	return false
}

// behind returns the values within the loop that v is computed from, v included. A phi's value depends on the branches taken, so all of
// the loop's conditions are behind it.
func (p progress) behind(v ssa.Value) map[ssa.Value]bool {
	seen := map[ssa.Value]bool{}
	var visit func(ssa.Value)
	visit = func(v ssa.Value) {
		instr, ok := v.(ssa.Instruction)
		if !ok || seen[v] || !p.loop.Blocks[instr.Block()] {
			return
		}
		seen[v] = true
		for _, operand := range instr.Operands(nil) {
			if *operand != nil {
				visit(*operand)
			}
		}
		if _, ok := v.(*ssa.Phi); ok {
			p.loop.Instructions(func(instr ssa.Instruction) {
				if branch, ok := instr.(*ssa.If); ok {
					visit(branch.Cond)
				}
			})
		}
	}
	visit(v)
	return seen
}
