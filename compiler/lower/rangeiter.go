package lower

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// iterator is the state of one Range instruction, in the frame.
type iterator struct {
	state llvm.Value // strings: i32, the byte index; maps: i8, whether the first entry was taken
	iter  llvm.Value // maps: the internal/runtime/maps.Iter
}

// lowerRange starts iterating over a string or map.
func (f *function) lowerRange(i *ssa.Range) {
	if f.iterators == nil {
		f.iterators = map[*ssa.Range]iterator{}
	}
	it := iterator{state: f.ir.Alloca(4, 4)}
	f.b.Store(llvm.ConstInt(llvm.I32, 0), it.state, 4)
	if _, ok := i.X.Type().Underlying().(*types.Map); ok {
		size := f.l.types.size(f.l.mapIterType())
		it.iter = f.ir.Alloca(size, 4)
		f.b.Memset(it.iter, f.word(size), 4)
		f.runtimeCall("mapIterStart", f.m.typeDescriptor(i.X.Type()), f.value(i.X), it.iter)
	}
	f.iterators[i] = it
}

// mapIterType is internal/runtime/maps.Iter of the loaded program.
func (l *lowerer) mapIterType() types.Type {
	p := l.Program.ByPath["internal/runtime/maps"]
	if p == nil || p.Types.Scope().Lookup("Iter") == nil {
		internalError("the program ranges over a map but internal/runtime/maps is not loaded")
	}
	return p.Types.Scope().Lookup("Iter").Type()
}

// lowerNext yields (ok, key, value) and advances.
func (f *function) lowerNext(i *ssa.Next) {
	r := i.Iter.(*ssa.Range)
	if i.IsString {
		f.nextRune(i, f.iterators[r], f.value(r.X))
		return
	}
	f.nextEntry(i, f.iterators[r], r.X.Type().Underlying().(*types.Map))
}

// nextEntry moves on before every entry but the first, so that the body's changes to the map are seen.
func (f *function) nextEntry(i *ssa.Next, it iterator, t *types.Map) {
	step, first, head := f.ir.NewBlock(), f.ir.NewBlock(), f.ir.NewBlock()
	started := f.b.Load(llvm.I32, it.state, 4)
	f.b.CondBr(f.b.ICmp("eq", started, llvm.ConstInt(llvm.I32, 0)), first, step)
	first.Store(llvm.ConstInt(llvm.I32, 1), it.state, 4)
	first.Br(head)
	f.b = step
	f.runtimeCall("mapIterNext", it.iter)
	f.b.Br(head)
	f.b = head

	// Iter begins with the addresses of key and elem; a nil key is the end.
	key := f.b.Load(llvm.Ptr, it.iter, 4)
	elem := f.b.Load(llvm.Ptr, f.b.Offset(it.iter, 4), 4)
	ok := f.b.ICmp("ne", key, llvm.Null())
	f.tuples[i] = []llvm.Value{ok, f.loadIf(ok, usedType(i, 1), t.Key(), key), f.loadIf(ok, usedType(i, 2), t.Elem(), elem)}
}

// usedType is component n of Next's tuple type: invalid when the program does not use it.
func usedType(i *ssa.Next, n int) bool {
	t := i.Type().(*types.Tuple).At(n).Type()
	b, ok := t.(*types.Basic)
	return !ok || b.Kind() != types.Invalid
}

// loadIf loads a value of type t from p if ok holds and it is used, else yields a zero value.
func (f *function) loadIf(ok llvm.Value, used bool, t types.Type, p llvm.Value) llvm.Value {
	if !used {
		return llvm.Value{}
	}
	if f.l.types.isMemory(t) {
		slot := f.temp(t)
		f.when(ok, func() { f.copyMemory(slot, p, t) })
		return slot
	}
	slot := f.ir.Alloca(f.l.types.size(t), f.l.types.align(t))
	zero := llvm.Zero(f.l.types.value(t))
	f.store(t, zero, slot)
	f.when(ok, func() { f.store(t, f.load(t, p), slot) })
	return f.load(t, slot)
}

// when runs emit in a block of its own that is entered if cond holds.
func (f *function) when(cond llvm.Value, emit func()) {
	then, next := f.ir.NewBlock(), f.ir.NewBlock()
	f.b.CondBr(cond, then, next)
	f.b = then
	emit()
	f.b.Br(next)
	f.b = next
}

// nextRune decodes one rune; ASCII is done inline.
func (f *function) nextRune(i *ssa.Next, it iterator, s llvm.Value) {
	data, size := f.b.ExtractValue(s, 0), f.b.ExtractValue(s, 1)
	pos := f.b.Load(llvm.I32, it.state, 4)
	more, ascii, multi, done := f.ir.NewBlock(), f.ir.NewBlock(), f.ir.NewBlock(), f.ir.NewBlock()
	end := f.b
	ok := f.b.ICmp("slt", pos, size)
	f.b.CondBr(ok, more, done)

	f.b = more
	c := more.Cast("zext", more.Load(llvm.I8, more.Index(data, pos, 1), 1), llvm.I32)
	more.CondBr(more.ICmp("ult", c, llvm.ConstInt(llvm.I32, 0x80)), ascii, multi)
	after := ascii.Binary("add", pos, llvm.ConstInt(llvm.I32, 1))
	ascii.Store(after, it.state, 4)
	ascii.Br(done)

	f.b = multi
	r := f.runtimeCalls("decoderune", s, pos)
	f.b.Store(r[1], it.state, 4)
	multi = f.b
	multi.Br(done)

	f.b = done
	phi := done.Phi(llvm.I32)
	phi.Add(llvm.ConstInt(llvm.I32, 0), end)
	phi.Add(c, ascii)
	phi.Add(r[0], multi)
	f.tuples[i] = []llvm.Value{ok, pos, phi.Value}
}
