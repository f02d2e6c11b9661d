package lower

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// convertText lowers conversions between strings, slices and runes; ok is false for others.
func (f *function) convertText(i *ssa.Convert, x llvm.Value, from, to types.Type) (text llvm.Value, ok bool) {
	src, dst := basicInfo(from), basicInfo(to)
	switch {
	case dst&types.IsString != 0 && src&types.IsInteger != 0:
		return f.textCall(i, "intstring", f.runeOf(x, src)), true
	case dst&types.IsString != 0 && src == 0:
		return f.sliceToString(i, x, from), true
	case src&types.IsString != 0 && dst == 0:
		return f.stringToSlice(i, x, to), true
	}
	return text, false
}

// textCall calls a runtime function that makes text. Its first parameter points to room in the frame for the text that i makes, if it
// may be there; else it is nil.
func (f *function) textCall(i ssa.Instruction, name string, args ...llvm.Value) llvm.Value {
	room := llvm.Null()
	t := f.l.runtimeFunc(name).Signature.Params().At(0).Type().Underlying().(*types.Pointer).Elem()
	if size := f.l.types.size(t); f.l.Escape.OnStack(i) && f.fitsFrame(size) {
		f.frame += size
		room = f.ir.Alloca(size, f.l.types.align(t))
	}
	return f.runtimeCall(name, append([]llvm.Value{room}, args...)...)
}

// runeOf widens an integer for intstring.
func (f *function) runeOf(x llvm.Value, src types.BasicInfo) llvm.Value {
	return f.b.IntCast(x, llvm.I64, src&types.IsUnsigned == 0)
}

// sliceToString is string(x) of a []byte or []rune.
func (f *function) sliceToString(i *ssa.Convert, x llvm.Value, from types.Type) llvm.Value {
	switch {
	case isRunes(from):
		return f.textCall(i, "slicerunetostring", x)
	case onlyLookedAt(i):
		return f.b.Aggregate(f.l.types.value(i.Type()), f.part(x, 0), f.part(x, 1))
	}
	return f.textCall(i, "slicebytetostring", f.part(x, 0), f.part(x, 1))
}

// stringToSlice is []byte(x) or []rune(x).
func (f *function) stringToSlice(i *ssa.Convert, x llvm.Value, to types.Type) llvm.Value {
	if isRunes(to) {
		return f.textCall(i, "stringtoslicerune", x)
	}
	return f.textCall(i, "stringtoslicebyte", x)
}

func isRunes(t types.Type) bool {
	s, ok := t.Underlying().(*types.Slice)
	if !ok {
		internalError("conversion between a string and %v", t)
	}
	return s.Elem().Underlying().(*types.Basic).Kind() == types.Int32
}

// onlyLookedAt reports whether the string that i makes of bytes needs no copy: it is only compared, or looked up in a map, before anything
// can change the bytes.
func onlyLookedAt(i *ssa.Convert) bool {
	left := len(*i.Referrers())
	instrs := i.Block().Instrs
	for n, in := range instrs {
		if in == ssa.Instruction(i) {
			instrs = instrs[n+1:]
			break
		}
	}
	for _, in := range instrs {
		if left == 0 {
			break
		}
		if !keepsMemory(in) {
			return false
		}
		left -= looks(in, i)
	}
	return left == 0
}

// keepsMemory reports whether an instruction leaves all bytes as they are.
func keepsMemory(in ssa.Instruction) bool {
	switch in := in.(type) {
	case *ssa.Convert, *ssa.BinOp, *ssa.Lookup, *ssa.Field, *ssa.FieldAddr, *ssa.IndexAddr, *ssa.Extract, *ssa.ChangeType, *ssa.DebugRef:
		return true
	case *ssa.UnOp:
		return in.Op != token.ARROW
	}
	return false
}

// looks returns how often in compares text or looks it up.
func looks(in ssa.Instruction, text ssa.Value) int {
	switch in := in.(type) {
	case *ssa.BinOp:
		if in.Op == token.ADD {
			return 0
		}
		return count(text, in.X, in.Y)
	case *ssa.Lookup:
		return count(text, in.Index)
	case *ssa.DebugRef:
		return count(text, in.X)
	}
	return 0
}

func count(v ssa.Value, in ...ssa.Value) (n int) {
	for _, x := range in {
		if x == v {
			n++
		}
	}
	return n
}
