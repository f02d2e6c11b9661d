package escape

import (
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// Position is where the source makes what the instruction allocates. Implicit conversions and closures have no position in go/ssa: they
// are where their operand or their first use is.
func Position(in ssa.Instruction) token.Pos {
	if p := in.Pos(); p.IsValid() {
		return p
	}
	if mc, ok := in.(*ssa.MakeClosure); ok && mc.Fn.Pos().IsValid() && mc.Fn.(*ssa.Function).Parent() != nil {
		return mc.Fn.Pos()
	}
	if v, ok := in.(ssa.Value); ok {
		for _, r := range *v.Referrers() {
			if p := r.Pos(); p.IsValid() {
				return p
			}
		}
	}
	return near(in)
}

// near is the position of the next instruction of the block that has one, else of the function.
func near(in ssa.Instruction) token.Pos {
	after := false
	for _, x := range in.Block().Instrs {
		after = after || x == in
		if after && x.Pos().IsValid() {
			return x.Pos()
		}
	}
	return in.Parent().Pos()
}
