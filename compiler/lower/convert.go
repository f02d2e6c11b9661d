package lower

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
	"mote/compiler/reach"
)

// lowerChangeType changes only the name of a type, which for an interface is part of its itab.
func (f *function) lowerChangeType(i *ssa.ChangeType) {
	x := f.value(i.X)
	if reach.ChangesItab(i.X.Type(), i.Type()) {
		x = f.changeInterface(x, i.X.Type(), i.Type())
	}
	f.define(i, x)
}

// lowerConvert is a conversion that changes the representation.
func (f *function) lowerConvert(i *ssa.Convert) {
	x, from, to := f.value(i.X), i.X.Type(), i.Type()
	if text, ok := f.convertText(i, x, from, to); ok {
		f.define(i, text)
		return
	}
	f.define(i, f.convert(x, from, to))
}

// convert is for what allocates nothing.
func (f *function) convert(x llvm.Value, from, to types.Type) llvm.Value {
	src, dst := basicInfo(from), basicInfo(to)
	switch {
	case dst&types.IsString != 0 && src&types.IsString != 0:
		return x
	case src&types.IsComplex != 0 && dst&types.IsComplex != 0:
		return f.complexCast(x, f.l.types.value(to))
	}
	return f.convertScalar(x, src, dst, f.l.types.value(to))
}

// basicInfo returns the properties of a basic type, 0 for unsafe.Pointer and types that are not basic.
func basicInfo(t types.Type) types.BasicInfo {
	if b, ok := t.Underlying().(*types.Basic); ok {
		return b.Info()
	}
	return 0
}

// convertScalar converts between numbers, and between pointers and uintptr.
func (f *function) convertScalar(x llvm.Value, src, dst types.BasicInfo, to llvm.Type) llvm.Value {
	const number = types.IsInteger | types.IsFloat
	switch {
	case src&types.IsInteger != 0 && dst&types.IsInteger != 0:
		return f.b.IntCast(x, to, src&types.IsUnsigned == 0)
	case src&types.IsFloat != 0 && dst&types.IsFloat != 0:
		return f.floatCast(x, to)
	case src&types.IsInteger != 0 && dst&types.IsFloat != 0:
		if src&types.IsUnsigned != 0 {
			return f.b.Cast("uitofp", x, to)
		}
		return f.b.Cast("sitofp", x, to)
	case src&types.IsFloat != 0 && dst&types.IsInteger != 0:
		return f.floatToInt(x, to, dst&types.IsUnsigned != 0)
	case src&number == 0 && dst&types.IsInteger != 0:
		return f.b.Cast("ptrtoint", x, to)
	case src&types.IsInteger != 0 && dst&number == 0:
		return f.b.Cast("inttoptr", x, to)
	case src&number == 0 && dst&number == 0 && x.Type == to:
		return x
	}
	internalError("conversion of %s to %s", x.Type, to)
	return x
}

func (f *function) floatCast(x llvm.Value, to llvm.Type) llvm.Value {
	if to == llvm.Double {
		return f.b.Cast("fpext", x, to)
	}
	return f.b.Cast("fptrunc", x, to)
}

// floatToInt truncates towards zero. What does not fit gives some number: Go leaves it to the implementation, LLVM would make it
// poison. Small types go through 32 bits.
func (f *function) floatToInt(x llvm.Value, to llvm.Type, unsigned bool) llvm.Value {
	if to.Bits() < 32 {
		return f.b.IntCast(f.b.Freeze(f.b.Cast("fptosi", x, llvm.I32)), to, true)
	}
	if unsigned {
		return f.b.Freeze(f.b.Cast("fptoui", x, to))
	}
	return f.b.Freeze(f.b.Cast("fptosi", x, to))
}

// complexCast changes the precision of a complex number.
func (f *function) complexCast(x llvm.Value, to llvm.Type) llvm.Value {
	if x.Type == to {
		return x
	}
	part := to.Elem(0)
	return f.b.Aggregate(to, f.floatCast(f.part(x, 0), part), f.floatCast(f.part(x, 1), part))
}
