package lower

import (
	"go/types"

	"mote/compiler/escape"
	"mote/compiler/llvm"
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
	if size <= maxTemp || f.l.NoHeap && size <= escape.MaxObjectNoHeap {
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
