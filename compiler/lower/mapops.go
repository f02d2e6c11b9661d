package lower

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// maxFastElem is the largest element, in bytes, that the fast map routines of internal/runtime/maps take (abi.MapMaxElemBytes).
const maxFastElem = 128

// smallMap is the number of entries up to which a map starts as a single group (abi.MapGroupSlots).
const smallMap = 8

// mapVariant is the suffix of the runtime routines for maps of type t: one specialised by key where there is one.
func (l *lowerer) mapVariant(t *types.Map) string {
	if l.types.size(t.Elem()) > maxFastElem {
		return ""
	}
	switch k := t.Key().Underlying().(type) {
	case *types.Basic:
		switch {
		case k.Kind() == types.String:
			return "_faststr"
		case k.Info()&types.IsInteger != 0 && l.types.size(k) == 4:
			return "_fast32"
		case k.Info()&types.IsInteger != 0 && l.types.size(k) == 8:
			return "_fast64"
		case k.Kind() == types.UnsafePointer:
			return "_fast32ptr"
		}
	case *types.Pointer, *types.Chan:
		return "_fast32ptr"
	}
	return ""
}

// mapKey turns a key into what the routine of that variant takes: the value, or its address.
func (f *function) mapKey(t *types.Map, variant string, access bool, key llvm.Value) (string, llvm.Value) {
	switch variant {
	case "":
		return "", f.spill(t.Key(), key)
	case "_fast32ptr":
		if access { // there is only one lookup for 4-byte keys
			return "_fast32", f.b.Cast("ptrtoint", key, llvm.I32)
		}
	}
	return variant, key
}

// lowerMakeMap lowers make(map) and map literals.
func (f *function) lowerMakeMap(i *ssa.MakeMap) {
	hint, isConst := llvm.ConstInt(llvm.I32, 0), true
	if i.Reserve != nil {
		var c *ssa.Const
		c, isConst = i.Reserve.(*ssa.Const)
		isConst = isConst && c.Int64() <= smallMap
		hint = f.mapHint(i.Reserve)
	}
	if isConst {
		f.define(i, f.runtimeCall("makemap_small"))
		return
	}
	f.define(i, f.runtimeCall("makemap", f.m.typeDescriptor(i.Type()), hint, llvm.Null()))
}

// mapHint is the size hint as an int; one that does not fit is as good as none.
func (f *function) mapHint(v ssa.Value) llvm.Value {
	hint := f.value(v)
	if hint.Type.Bits() <= 32 {
		return f.b.IntCast(hint, llvm.I32, isSigned(v.Type()))
	}
	narrow := f.b.Cast("trunc", hint, llvm.I32)
	fits := f.b.ICmp("ult", hint, llvm.ConstInt(hint.Type, 1<<31))
	return f.b.Select(fits, narrow, llvm.ConstInt(llvm.I32, 0))
}

// lowerMapUpdate lowers m[k] = v.
func (f *function) lowerMapUpdate(i *ssa.MapUpdate) {
	t := i.Map.Type().Underlying().(*types.Map)
	variant, key := f.mapKey(t, f.l.mapVariant(t), false, f.value(i.Key))
	slot := f.runtimeCall("mapassign"+variant, f.m.typeDescriptor(i.Map.Type()), f.value(i.Map), key)
	f.store(t.Elem(), f.value(i.Value), slot)
}

// lowerLookup lowers m[k] and v, ok := m[k].
func (f *function) lowerLookup(i *ssa.Lookup) {
	t := i.X.Type().Underlying().(*types.Map)
	variant, key := f.mapKey(t, f.l.mapVariant(t), true, f.value(i.Index))
	args := []llvm.Value{f.m.typeDescriptor(i.X.Type()), f.value(i.X), key}
	if !i.CommaOk {
		f.define(i, f.load(t.Elem(), f.runtimeCall("mapaccess1"+variant, args...)))
		return
	}
	r := f.runtimeCalls("mapaccess2"+variant, args...)
	f.tuples[i] = []llvm.Value{f.load(t.Elem(), r[0]), r[1]}
}

// lowerDelete lowers delete(m, k).
func (f *function) lowerDelete(m, k ssa.Value) {
	t := m.Type().Underlying().(*types.Map)
	f.runtimeCall("mapdelete", f.m.typeDescriptor(m.Type()), f.value(m), f.spill(t.Key(), f.value(k)))
}

// mapLen is the number of entries: the low word of the map's first field (internal/runtime/maps.Map.used), 0 for a nil map.
func (f *function) mapLen(m llvm.Value) llvm.Value {
	some, done := f.ir.NewBlock(), f.ir.NewBlock()
	none := f.b
	f.b.CondBr(f.b.ICmp("eq", m, llvm.Null()), done, some)
	n := some.Load(llvm.I32, m, 4)
	some.Br(done)
	f.b = done
	phi := done.Phi(llvm.I32)
	phi.Add(llvm.ConstInt(llvm.I32, 0), none)
	phi.Add(n, some)
	return phi.Value
}
