package rtype

import (
	"go/token"
	"go/types"

	"mote/compiler/initeval"
)

// Flags of abi.MapType.
const (
	mapNeedKeyUpdate = 1 << iota
	mapHashMightPanic
	mapIndirectKey
	mapIndirectElem
)

// mapping fills abi.MapType.
func (d *descriptor) mapping(u *types.Map) {
	b := d.builder
	group, slot := MapGroup(b.sizes, u)
	d.head.set("Key", d.ref(u.Key()))
	d.head.set("Elem", d.ref(u.Elem()))
	d.head.set("Group", &initeval.Ref{Obj: b.Group(u)})
	if hash, _ := b.Symbols.HashFunc(u.Key()); hash != "" {
		d.head.set("Hasher", FuncValue(hash))
	}
	d.head.set("GroupSize", number(b.sizes.Sizeof(group)))
	d.head.set("SlotSize", number(b.sizes.Sizeof(slot)))
	d.head.set("ElemOff", number(b.sizes.Offsetsof(structFields(slot))[1]))
	var flags int64
	if needKeyUpdate(u.Key()) {
		flags |= mapNeedKeyUpdate
	}
	if HashMightPanic(u.Key()) {
		flags |= mapHashMightPanic
	}
	if b.sizes.Sizeof(u.Key()) > maxInline {
		flags |= mapIndirectKey
	}
	if b.sizes.Sizeof(u.Elem()) > maxInline {
		flags |= mapIndirectElem
	}
	d.head.set("Flags", number(flags))
}

// MapGroup is the memory of one group of slots of a map, as internal/runtime/maps lays it out, and of one slot.
func MapGroup(sizes types.Sizes, m *types.Map) (group, slot *types.Struct) {
	inline := func(t types.Type) types.Type {
		if sizes.Sizeof(t) > maxInline {
			return types.NewPointer(t)
		}
		return t
	}
	field := func(name string, t types.Type) *types.Var { return types.NewField(token.NoPos, nil, name, t, false) }
	slot = types.NewStruct([]*types.Var{field("key", inline(m.Key())), field("elem", inline(m.Elem()))}, nil)
	group = types.NewStruct([]*types.Var{
		field("ctrl", types.Typ[types.Uint64]),
		field("slots", types.NewArray(slot, groupSlots)),
	}, nil)
	return group, slot
}

// needKeyUpdate reports whether assigning to an existing key must store the key again: equal keys can differ in memory.
func needKeyUpdate(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&(types.IsFloat|types.IsComplex|types.IsString) != 0
	case *types.Interface:
		return true
	case *types.Array:
		return needKeyUpdate(u.Elem())
	case *types.Struct:
		for f := range u.Fields() {
			if needKeyUpdate(f.Type()) {
				return true
			}
		}
	}
	return false
}

// HashMightPanic reports whether hashing a t can find something that has no hash, because t has interfaces in it.
func HashMightPanic(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Interface:
		return true
	case *types.Array:
		return HashMightPanic(u.Elem())
	case *types.Struct:
		for f := range u.Fields() {
			if HashMightPanic(f.Type()) {
				return true
			}
		}
	}
	return false
}
