package lower

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/escape"
	"mote/compiler/load"
)

// lowerAlloc makes a zeroed variable: in the frame when it cannot outlive the function.
func (f *function) lowerAlloc(i *ssa.Alloc) {
	t := i.Type().Underlying().(*types.Pointer).Elem()
	size := f.l.types.size(t)
	if !f.fitsFrame(size) || i.Heap && !f.l.Escape.OnStack(i) {
		f.define(i, f.newObject(t))
		return
	}
	f.frame += size
	p := f.ir.Alloca(size, f.l.types.align(t))
	f.clearMemory(p, t)
	f.define(i, p)
}

// fitsFrame tells whether a variable of that size may be in the frame.
func (f *function) fitsFrame(size int64) bool {
	if f.l.NoHeap {
		return size <= escape.MaxObjectNoHeap
	}
	return size <= smallLocal || size <= maxLocal && f.frame+size <= maxFrame
}

// lowerLoad is *p. A value of the memory class whose only user reads it at once is left where it is.
func (f *function) lowerLoad(i *ssa.UnOp) {
	p := f.value(i.X)
	f.nilCheck(i.X, p)
	if f.l.types.isMemory(i.Type()) && readInPlace(i) {
		f.define(i, p)
		return
	}
	f.define(i, f.load(i.Type(), p))
}

// lowerStore is *p = v.
func (f *function) lowerStore(i *ssa.Store) {
	if load.IsBlankField(i.Addr) {
		return // composite literals name blank fields, which stay zero
	}
	p := f.value(i.Addr)
	f.nilCheck(i.Addr, p)
	t := i.Val.Type()
	if read, ok := i.Val.(*ssa.UnOp); ok && f.l.types.isMemory(t) && readInPlace(read) {
		f.b.Memmove(p, f.value(read), f.word(f.l.types.size(t)), f.l.types.align(t))
	} else {
		f.store(t, f.value(i.Val), p)
	}
	f.keepStored(i.Addr, p)
}

// readInPlace tells whether load's only user is in the same block, copies the value at once, and nothing between them can write
// memory, so that a temporary would be for nothing.
func readInPlace(load *ssa.UnOp) bool {
	refs := *load.Referrers()
	if load.Op != token.MUL || len(refs) != 1 || refs[0].Block() != load.Block() || !copiesAtOnce(refs[0]) {
		return false
	}
	after := false
	for _, instr := range load.Block().Instrs {
		switch {
		case instr == refs[0]:
			return after
		case instr == load:
			after = true
		case after && !leavesMemory(instr):
			return false
		}
	}
	return false
}

// copiesAtOnce tells whether instr has no use for its operand's memory once it is done.
func copiesAtOnce(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.Store, *ssa.Return, *ssa.MakeInterface, *ssa.BinOp:
		return true
	case *ssa.Field:
		return isScalarKind(instr.Type())
	case *ssa.Index:
		return isScalarKind(instr.Type())
	}
	return false
}

func isScalarKind(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Struct, *types.Array:
		return false
	}
	return true
}

// leavesMemory tells whether instr certainly writes to no variable.
func leavesMemory(instr ssa.Instruction) bool {
	switch instr.(type) {
	case *ssa.FieldAddr, *ssa.IndexAddr, *ssa.BinOp, *ssa.Convert, *ssa.ChangeType, *ssa.DebugRef, *ssa.UnOp, *ssa.Field, *ssa.Index, *ssa.Extract:
		return true
	}
	return false
}

// lowerFieldAddr is &p.f.
func (f *function) lowerFieldAddr(i *ssa.FieldAddr) {
	p := f.value(i.X)
	f.nilCheck(i.X, p)
	s := i.X.Type().Underlying().(*types.Pointer).Elem()
	f.define(i, f.b.Offset(p, f.l.types.offset(s, i.Field)))
}
