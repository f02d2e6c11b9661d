package lower

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// lowerUnsafe is a function of package unsafe.
func (f *function) lowerUnsafe(b *ssa.Builtin, args []ssa.Value) []llvm.Value {
	one := func(v llvm.Value) []llvm.Value { return []llvm.Value{v} }
	switch b.Name() {
	case "Add":
		n := f.value(args[1])
		return one(f.b.Index(f.value(args[0]), f.b.IntCast(n, llvm.I32, isSigned(args[1].Type())), 1))
	case "Slice":
		elem := args[0].Type().Underlying().(*types.Pointer).Elem()
		p, n := f.value(args[0]), f.unsafeLen(args[1], f.l.types.size(elem), "panicunsafeslicelen")
		f.unsafeRange(p, n, f.l.types.size(elem), "panicunsafeslicenilptr", "panicunsafeslicelen")
		return one(f.b.Aggregate(llvm.Struct(llvm.Ptr, llvm.I32, llvm.I32), p, n, n))
	case "String":
		p, n := f.value(args[0]), f.unsafeLen(args[1], 1, "panicunsafestringlen")
		f.unsafeRange(p, n, 1, "panicunsafestringnilptr", "panicunsafestringlen")
		return one(f.b.Aggregate(llvm.Struct(llvm.Ptr, llvm.I32), p, n))
	case "SliceData", "StringData":
		return one(f.b.ExtractValue(f.value(args[0]), 0))
	case "Sizeof":
		return one(f.word(f.l.types.size(args[0].Type())))
	case "Alignof":
		return one(f.word(f.l.types.align(args[0].Type())))
	case "Offsetof":
		return one(f.word(f.fieldOffset(args[0])))
	}
	internalError("builtin %s is unknown", b.Name())
	return nil
}

// fieldOffset is unsafe.Offsetof of a field selection. Here it only gets to lowering from generic code, where the type of the
// struct was not known before; fields of embedded structs count from the outer one.
func (f *function) fieldOffset(v ssa.Value) int64 {
	var x ssa.Value
	var t types.Type
	var n int
	switch i := v.(type) {
	case *ssa.Field:
		x, t, n = i.X, i.X.Type(), i.Field
	case *ssa.FieldAddr:
		x, t, n = i.X, i.X.Type().Underlying().(*types.Pointer).Elem(), i.Field
	case *ssa.UnOp:
		return f.fieldOffset(i.X)
	default:
		internalError("unsafe.Offsetof of %v", v)
	}
	offset := f.l.types.offset(t, n)
	if isEmbedded(x) {
		offset += f.fieldOffset(x)
	}
	return offset
}

// isEmbedded tells whether v selects an embedded struct (not a pointer to one).
func isEmbedded(v ssa.Value) bool {
	var s types.Type
	var n int
	switch i := v.(type) {
	case *ssa.Field:
		s, n = i.X.Type(), i.Field
	case *ssa.FieldAddr:
		s, n = i.X.Type().Underlying().(*types.Pointer).Elem(), i.Field
	default:
		return false
	}
	return s.Underlying().(*types.Struct).Field(n).Embedded()
}

// unsafeLen checks that n elements of size bytes can exist: n is not negative and the product fits the address space.
func (f *function) unsafeLen(n ssa.Value, size int64, panics string) llvm.Value {
	v := f.value(n)
	limit := int64(1<<31 - 1)
	if size > 1 {
		limit /= size
	}
	if v.Type.Bits() < 32 {
		v = f.b.IntCast(v, llvm.I32, isSigned(n.Type()))
	}
	f.panicIf(f.b.ICmp("ugt", v, llvm.ConstInt(v.Type, limit)), panics)
	return f.b.IntCast(v, llvm.I32, false)
}

// unsafeRange panics when a nil pointer is said to have elements, or when n elements behind p do not fit the address space.
func (f *function) unsafeRange(p, n llvm.Value, size int64, nilptr, tooLong string) {
	address := f.b.Cast("ptrtoint", p, llvm.I32)
	some := f.b.ICmp("ne", n, f.word(0))
	f.panicIf(f.b.Binary("and", f.b.ICmp("eq", p, llvm.Null()), some), nilptr)
	room := f.b.Binary("sub", f.word(0), address)
	f.panicIf(f.b.Binary("and", f.b.ICmp("ugt", f.scaled(n, size), room), some), tooLong)
}
