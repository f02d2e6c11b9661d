package lower

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
	"mote/compiler/load"
)

const (
	// maxTemp is the size in bytes up to which a temporary of the memory class is in the frame: stacks are small.
	maxTemp = 256
	// maxLocal is the same for variables that do not escape.
	maxLocal = 512
	// maxFrame is what the variables of one function may take together before those larger than smallLocal go to the heap.
	maxFrame, smallLocal = 1024, 32
)

// isBool tells whether t is i1 as a value and i8 in memory.
func isBool(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

// load reads a value of type t at p. One of the memory class is copied to a fresh temporary.
func (f *function) load(t types.Type, p llvm.Value) llvm.Value {
	in := f.l.types.info(t)
	if in.memory {
		tmp := f.temp(t)
		f.copyMemory(tmp, p, t)
		return tmp
	}
	return f.loadScalars(t, in, p)
}

func (f *function) loadScalars(t types.Type, in *typeInfo, p llvm.Value) llvm.Value {
	switch u := t.Underlying().(type) {
	case *types.Struct:
		elems := make([]llvm.Value, len(in.fields))
		for i, ft := range in.fields {
			elems[i] = f.loadScalars(ft, f.l.types.info(ft), f.b.Offset(p, in.offsets[i]))
		}
		return f.b.Aggregate(in.value, elems...)
	case *types.Array:
		if u.Len() == 0 {
			return llvm.Zero(in.value)
		}
		return f.b.Aggregate(in.value, f.loadScalars(u.Elem(), f.l.types.info(u.Elem()), p))
	}
	if isBool(t) {
		return f.b.Cast("trunc", f.b.Load(llvm.I8, p, 1), llvm.I1)
	}
	if !in.value.IsStruct() {
		return f.b.Load(in.value, p, in.align)
	}
	return f.b.Aggregate(in.value, f.loadParts(in, p)...)
}

// loadParts reads the words of a string, slice, interface or complex number.
func (f *function) loadParts(in *typeInfo, p llvm.Value) []llvm.Value {
	elems := in.value.Elems()
	step := in.size / int64(len(elems))
	parts := make([]llvm.Value, len(elems))
	for i, t := range elems {
		parts[i] = f.b.Load(t, f.b.Offset(p, int64(i)*step), in.align)
	}
	return parts
}

// store writes v of type t to p.
func (f *function) store(t types.Type, v, p llvm.Value) {
	in := f.l.types.info(t)
	if in.memory {
		f.copyMemory(p, v, t)
		return
	}
	f.storeScalars(t, in, v, p)
}

func (f *function) storeScalars(t types.Type, in *typeInfo, v, p llvm.Value) {
	switch u := t.Underlying().(type) {
	case *types.Struct:
		for i, ft := range in.fields {
			if fi := f.l.types.info(ft); fi.leaves > 0 {
				f.storeScalars(ft, fi, f.part(v, i), f.b.Offset(p, in.offsets[i]))
			}
		}
		return
	case *types.Array:
		if u.Len() == 1 {
			f.storeScalars(u.Elem(), f.l.types.info(u.Elem()), f.part(v, 0), p)
		}
		return
	}
	if isBool(t) {
		f.b.Store(f.b.Cast("zext", v, llvm.I8), p, 1)
		return
	}
	if !in.value.IsStruct() {
		f.b.Store(v, p, in.align)
		return
	}
	elems := in.value.Elems()
	step := in.size / int64(len(elems))
	for i := range elems {
		f.b.Store(f.part(v, i), f.b.Offset(p, int64(i)*step), in.align)
	}
}

// part takes element i out of an aggregate value.
func (f *function) part(v llvm.Value, i int) llvm.Value { return f.b.ExtractValue(v, i) }

// copyMemory copies a value of type t between places that do not overlap.
func (f *function) copyMemory(dst, src llvm.Value, t types.Type) {
	if n := f.l.types.size(t); n > 0 {
		f.b.Memcpy(dst, src, f.word(n), f.l.types.align(t))
	}
}

// clearMemory zeroes a variable of type t.
func (f *function) clearMemory(p llvm.Value, t types.Type) {
	if n := f.l.types.size(t); n > 0 {
		f.b.Memset(p, f.word(n), f.l.types.align(t))
	}
}

// word returns an int constant.
func (f *function) word(n int64) llvm.Value { return llvm.ConstInt(llvm.I32, n) }

// temp reserves memory for a value of type t: in the frame, where each execution of the same instruction finds the same place
// again, or, when it is large, a new place on the heap.
func (f *function) temp(t types.Type) llvm.Value {
	size := f.l.types.size(t)
	if size <= maxTemp {
		return f.scratch(size, f.l.types.align(t))
	}
	return f.newObject(t)
}

// spill returns the address of a value of type t that callees only read.
func (f *function) spill(t types.Type, v llvm.Value) llvm.Value {
	if f.l.types.isMemory(t) {
		return v
	}
	p := f.temp(t)
	f.store(t, v, p)
	return p
}

// newObject allocates a zeroed variable of type t on the heap.
func (f *function) newObject(t types.Type) llvm.Value {
	switch size := f.l.types.size(t); {
	case size == 0:
		return f.zerobase()
	case f.l.types.hasPointers(t):
		return f.runtimeCall("newobject", f.m.typeDescriptor(t))
	default:
		return f.runtimeCall("mallocgc", f.word(size), llvm.Null(), llvm.ConstBool(true))
	}
}

// zerobase is where every variable of size zero lives that is not in a frame.
func (f *function) zerobase() llvm.Value { return f.m.zerobase() }

func (m *module) zerobase() llvm.Value {
	const name = "runtime.zerobase"
	if g := m.l.Program.Globals[name]; g != nil {
		m.l.lowerGlobal(g)
	}
	return m.ir.Symbol(name)
}

// zero returns the zero value of type t; for the memory class a pointer to constant zeros.
func (f *function) zero(t types.Type) llvm.Value {
	in := f.l.types.info(t)
	if !in.memory {
		return llvm.Zero(in.value)
	}
	return f.m.zeros(in.size)
}

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
		return
	}
	f.store(t, f.value(i.Val), p)
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
