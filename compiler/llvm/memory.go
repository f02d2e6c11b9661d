package llvm

import "strconv"

// Memcpy copies n bytes between places that do not overlap.
func (b *Block) Memcpy(dst, src, n Value, align int64) {
	b.move("llvm.memcpy.p0.p0.i32", dst, src, n, align)
}

// Memmove copies n bytes between places that may overlap.
func (b *Block) Memmove(dst, src, n Value, align int64) {
	b.move("llvm.memmove.p0.p0.i32", dst, src, n, align)
}

// Memset sets n bytes to zero.
func (b *Block) Memset(dst, n Value, align int64) {
	t := FuncType{Result: Void, Params: []Type{Ptr, I8, I32, I1}}
	callee := b.fn.mod.Declare("llvm.memset.p0.i32", t)
	b.Call(t, callee, []Value{aligned(dst, align), ConstInt(I8, 0), n, ConstBool(false)})
}

// LifetimeStart says that the contents of an alloca of size bytes begin to matter here; before they are undefined.
func (b *Block) LifetimeStart(p Value, size int64) {
	b.Intrinsic("llvm.lifetime.start.p0", Void, ConstInt(I64, size), p)
}

// LifetimeEnd says that the contents of an alloca do not matter from here on.
func (b *Block) LifetimeEnd(p Value, size int64) {
	b.Intrinsic("llvm.lifetime.end.p0", Void, ConstInt(I64, size), p)
}

func (b *Block) move(name string, dst, src, n Value, align int64) {
	t := FuncType{Result: Void, Params: []Type{Ptr, Ptr, I32, I1}}
	callee := b.fn.mod.Declare(name, t)
	b.Call(t, callee, []Value{aligned(dst, align), aligned(src, align), n, ConstBool(false)})
}

func aligned(p Value, align int64) Value {
	return Value{Ptr + " align " + Type(strconv.FormatInt(max(align, 1), 10)), p.text}
}
