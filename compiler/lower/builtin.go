package lower

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// lowerBuiltin emits a call of a predeclared or unsafe function and returns its results.
func (f *function) lowerBuiltin(b *ssa.Builtin, args []ssa.Value) []llvm.Value {
	one := func(v llvm.Value) []llvm.Value { return []llvm.Value{v} }
	switch b.Name() {
	case "append":
		return one(f.lowerAppend(args))
	case "copy":
		return one(f.lowerCopy(args))
	case "len":
		return one(f.lowerLen(args[0]))
	case "cap":
		return one(f.lowerCap(args[0]))
	case "delete":
		f.lowerDelete(args[0], args[1])
	case "clear":
		f.lowerClear(args[0])
	case "close":
		f.runtimeCall("closechan", f.value(args[0]))
	case "print", "println":
		f.lowerPrint(args, b.Name() == "println")
	case "panic":
		f.emitPanic("gopanic", f.value(args[0]))
		f.b = f.ir.NewBlock()
	case "recover":
		return one(f.lowerRecover())
	case "complex":
		return one(f.b.Aggregate(f.l.types.value(b.Type().(*types.Signature).Results().At(0).Type()), f.operands(args)...))
	case "real":
		return one(f.b.ExtractValue(f.value(args[0]), 0))
	case "imag":
		return one(f.b.ExtractValue(f.value(args[0]), 1))
	case "min", "max":
		return one(f.lowerMinMax(b.Name(), args))
	case "ssa:wrapnilchk":
		p := f.value(args[0])
		f.panicIf(f.b.ICmp("eq", p, llvm.Null()), "panicwrap", f.value(args[1]), f.value(args[2]))
		return one(p)
	case "ssa:deferstack":
		return one(f.defers.frame)
	default:
		return f.lowerUnsafe(b, args)
	}
	return nil
}

// lowerRecover is recover(). Called by a defer statement itself, it is not called by a deferred function and yields nil.
func (f *function) lowerRecover() llvm.Value {
	if !f.defers.token.IsValid() {
		return llvm.Zero(llvm.Struct(llvm.Ptr, llvm.Ptr))
	}
	return f.runtimeCall("gorecover", f.defers.token)
}

// lowerLen is len of anything.
func (f *function) lowerLen(x ssa.Value) llvm.Value {
	switch t := x.Type().Underlying().(type) {
	case *types.Map:
		return f.mapLen(f.value(x))
	case *types.Chan:
		return f.runtimeCall("chanlen", f.value(x))
	case *types.Array:
		return f.word(t.Len())
	case *types.Pointer:
		return f.word(t.Elem().Underlying().(*types.Array).Len())
	}
	return f.b.ExtractValue(f.value(x), 1)
}

// lowerCap is cap of anything.
func (f *function) lowerCap(x ssa.Value) llvm.Value {
	switch x.Type().Underlying().(type) {
	case *types.Chan:
		return f.runtimeCall("chancap", f.value(x))
	case *types.Array, *types.Pointer:
		return f.lowerLen(x)
	}
	return f.b.ExtractValue(f.value(x), 2)
}

// lowerClear is clear of a map or slice.
func (f *function) lowerClear(x ssa.Value) {
	switch t := x.Type().Underlying().(type) {
	case *types.Map:
		f.runtimeCall("mapclear", f.m.typeDescriptor(x.Type()), f.value(x))
	case *types.Slice:
		v := f.value(x)
		size := f.b.Binary("mul", f.b.ExtractValue(v, 1), f.word(f.l.types.size(t.Elem())))
		f.b.Memset(f.b.ExtractValue(v, 0), size, f.l.types.align(t.Elem()))
	}
}

// lowerAppend is append(s, t...); t may be a string. It grows only when the capacity is exceeded.
func (f *function) lowerAppend(args []ssa.Value) llvm.Value {
	s := f.value(args[0])
	if len(args) == 1 {
		return s
	}
	t := f.value(args[1])
	elem := args[0].Type().Underlying().(*types.Slice).Elem()
	data, length, capacity := f.b.ExtractValue(s, 0), f.b.ExtractValue(s, 1), f.b.ExtractValue(s, 2)
	more := f.b.ExtractValue(t, 1)
	total := f.b.Binary("add", length, more)

	grow, done := f.ir.NewBlock(), f.ir.NewBlock()
	fits := f.b
	f.b.CondBr(f.b.ICmp("ugt", total, capacity), grow, done)
	f.b = grow
	grown := f.runtimeCall("growslice", data, total, capacity, more, f.m.typeDescriptor(elem))
	grownData, grownCap := f.b.ExtractValue(grown, 0), f.b.ExtractValue(grown, 2)
	grow = f.b
	grow.Br(done)

	f.b = done
	p, c := done.Phi(llvm.Ptr), done.Phi(llvm.I32)
	p.Add(data, fits)
	p.Add(grownData, grow)
	c.Add(capacity, fits)
	c.Add(grownCap, grow)
	if size := f.l.types.size(elem); size > 0 {
		dst := f.b.Index(p.Value, length, size)
		if onlyAppended(args[1]) {
			f.b.Memset(dst, f.scaled(more, size), f.l.types.align(elem))
		} else {
			f.appendElems(elem, dst, t, more)
		}
	}
	return f.b.Aggregate(s.Type, p.Value, total, c.Value)
}

// appendElems copies what is appended behind the old elements.
func (f *function) appendElems(elem types.Type, dst, t, count llvm.Value) {
	size := f.l.types.size(elem)
	f.b.Memmove(dst, f.b.ExtractValue(t, 0), f.scaled(count, size), f.l.types.align(elem))
}

// scaled is count times size bytes.
func (f *function) scaled(count llvm.Value, size int64) llvm.Value {
	if size == 1 {
		return count
	}
	return f.b.Binary("mul", count, f.word(size))
}

// lowerCopy is copy(dst, src).
func (f *function) lowerCopy(args []ssa.Value) llvm.Value {
	dst, src := f.value(args[0]), f.value(args[1])
	elem := args[0].Type().Underlying().(*types.Slice).Elem()
	n, m := f.b.ExtractValue(dst, 1), f.b.ExtractValue(src, 1)
	count := f.b.Select(f.b.ICmp("slt", n, m), n, m)
	size := f.l.types.size(elem)
	if size > 0 {
		f.b.Memmove(f.b.ExtractValue(dst, 0), f.b.ExtractValue(src, 0), f.scaled(count, size), f.l.types.align(elem))
	}
	return count
}
