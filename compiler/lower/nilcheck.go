package lower

import (
	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// nilChecks remembers which pointers are known not to be nil at the current position.
type nilChecks struct {
	off   bool                          // the function has //mote:unchecked: indices are not checked either
	known map[ssa.Value]*ssa.BasicBlock // where it was checked
	block *ssa.BasicBlock
}

func (c *nilChecks) enter(b *ssa.BasicBlock) {
	if c.known == nil {
		c.known = map[ssa.Value]*ssa.BasicBlock{}
	}
	c.block = b
}

// nilCheck panics as Go does when v, whose LLVM value is p, is nil, unless it cannot be.
func (f *function) nilCheck(v ssa.Value, p llvm.Value) {
	if f.checks.off || neverNil(v) {
		return
	}
	if at := f.checks.known[v]; at != nil && at.Dominates(f.checks.block) {
		return
	}
	f.panicIf(f.b.ICmp("eq", p, llvm.Null()), "panicmem")
	if f.checks.block != nil {
		f.checks.known[v] = f.checks.block
	}
}

// neverNil tells whether v is an address that cannot be nil by the way it is made.
func neverNil(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Alloc, *ssa.Global, *ssa.FieldAddr, *ssa.IndexAddr, *ssa.Function, *ssa.MakeClosure:
		return true
	case *ssa.FreeVar:
		// A captured variable is captured by its address; only bound methods capture a value.
		return v.Parent().Parent() != nil
	case *ssa.ChangeType:
		return neverNil(v.X)
	}
	return false
}
