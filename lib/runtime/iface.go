//go:build mote

package runtime

import (
	"internal/abi"
	"unsafe"
)

// itablinks lists every itab that the compiler made. The compiler fills it; it is never written.
//
// Assertions must find these before they make an itab: comparing interface values compares itab pointers,
// so there may be only one per pair of types.
var itablinks []*itab

// itabCache is an open-addressing hash table of the itabs that assertions have used, those that say "does not implement"
// (Fun[0] == 0) included. It only grows; what it holds is never freed, and only lockSched guards it.
var itabCache struct {
	count   int
	entries []*itab // the length is a power of two, at least a quarter is nil
}

// assertE2I is the itab of t for inter; it panics when t (which may be nil) does not implement inter.
func assertE2I(inter *interfacetype, t *_type) *itab {
	if t == nil {
		panic(&TypeAssertionError{nil, nil, &inter.Type, ""})
	}
	return getitab(inter, t, false)
}

// assertE2I2 is assertE2I with nil instead of a panic.
func assertE2I2(inter *interfacetype, t *_type) *itab {
	if t == nil {
		return nil
	}
	return getitab(inter, t, true)
}

// getitab finds or makes the itab of typ for inter.
func getitab(inter *interfacetype, typ *_type, canfail bool) *itab {
	if typ.Uncommon() == nil {
		if canfail {
			return nil
		}
		panic(&TypeAssertionError{nil, typ, &inter.Type, nameOff(inter.Methods[0].Name).Name()})
	}
	lockSched()
	tab := findItab(inter, typ)
	unlockSched()
	if tab == nil {
		tab = addItab(lookupOrMakeItab(inter, typ))
	}
	if tab.Fun[0] != 0 {
		return tab
	}
	if canfail {
		return nil
	}
	panic(&TypeAssertionError{concrete: typ, asserted: &inter.Type, missingMethod: fillItab(tab)})
}

// itabSlot is where the search for a pair begins.
func itabSlot(inter *interfacetype, typ *_type, size int) int {
	return int(avalanche(inter.Type.Hash^typ.Hash)) & (size - 1)
}

// findItab looks into the cache. Called with lockSched held.
func findItab(inter *interfacetype, typ *_type) *itab {
	entries := itabCache.entries
	if len(entries) == 0 {
		return nil
	}
	for i := itabSlot(inter, typ, len(entries)); ; i = (i + 1) & (len(entries) - 1) {
		tab := entries[i]
		if tab == nil || tab.Inter == inter && tab.Type == typ {
			return tab
		}
	}
}

// lookupOrMakeItab finds the compiler's itab or makes one.
//
// Safety: an itab has one word per method behind its header. It is allocated without pointers: what it points to is in flash
// or, for types that reflect made, kept by reflect's own tables.
func lookupOrMakeItab(inter *interfacetype, typ *_type) *itab {
	for _, tab := range itablinks {
		if tab.Inter == inter && tab.Type == typ {
			return tab
		}
	}
	size := unsafe.Sizeof(itab{}) + uintptr(len(inter.Methods)-1)*unsafe.Sizeof(uintptr(0))
	tab := (*itab)(mallocgc(size, nil, true))
	tab.Inter = inter
	tab.Type = typ
	tab.Hash = typ.Hash
	fillItab(tab)
	return tab
}

// addItab puts tab into the cache and returns the entry for its pair: tab, unless another goroutine was faster.
func addItab(tab *itab) *itab {
	for {
		lockSched()
		if first := findItab(tab.Inter, tab.Type); first != nil {
			unlockSched()
			return first
		}
		old := len(itabCache.entries)
		if 4*(itabCache.count+1) <= 3*old {
			insertItab(itabCache.entries, tab)
			itabCache.count++
			unlockSched()
			return tab
		}
		unlockSched()
		// Grow. The new table is allocated without the lock, so look again whether it is still wanted.
		grown := make([]*itab, max(8, 2*old))
		lockSched()
		if len(itabCache.entries) == old {
			for _, e := range itabCache.entries {
				if e != nil {
					insertItab(grown, e)
				}
			}
			itabCache.entries = grown
		}
		unlockSched()
	}
}

func insertItab(entries []*itab, tab *itab) {
	i := itabSlot(tab.Inter, tab.Type, len(entries))
	for entries[i] != nil {
		i = (i + 1) & (len(entries) - 1)
	}
	entries[i] = tab
}

// fillItab finds the methods of tab.Type that tab.Inter asks for. If all are there it fills tab.Fun and returns "";
// otherwise it returns the name of the first that is missing and leaves Fun[0] zero. Both method lists are sorted by name.
//
// Safety: Fun is followed by as many words as the interface has methods.
func fillItab(tab *itab) (missing string) {
	u := tab.Type.Uncommon()
	have := u.Methods()
	want := tab.Inter.Methods
	fun := unsafe.Slice(&tab.Fun[0], len(want))
	first := uintptr(0)
	for k := range want {
		m := findMethod(tab.Inter, &want[k], u, &have)
		if m == nil {
			return nameOff(want[k].Name).Name()
		}
		code := methodCode(m)
		if k == 0 {
			first = code
		} else {
			fun[k] = code
		}
	}
	tab.Fun[0] = first
	return ""
}

// methodCode is the code of m for calls through an interface.
//
// Safety: the compiler leaves the offset zero where it has proven that no such call exists; the word must still differ from
// zero, which means "does not implement" in Fun[0]. A func value points to its code's address.
func methodCode(m *abi.Method) uintptr {
	if m.Ifn != 0 && m.Ifn != -1 {
		return uintptr(textOff(m.Ifn))
	}
	f := unreachableMethod
	return **(**uintptr)(unsafe.Pointer(&f))
}

// unreachableMethod stands for methods that the compiler has proven to be never called.
func unreachableMethod() { throw("unreachable method called: compiler bug") }

// findMethod returns the method of a type that implements want and cuts it and those before it off have; nil if there is none.
func findMethod(inter *interfacetype, want *abi.Imethod, u *abi.UncommonType, have *[]abi.Method) *abi.Method {
	wantName := nameOff(want.Name)
	for i := range *have {
		m := &(*have)[i]
		name := nameOff(m.Name)
		if m.Mtyp != want.Typ || name.Name() != wantName.Name() {
			continue
		}
		if !name.IsExported() && methodPkgPath(name, nameOff(u.PkgPath).Name()) != methodPkgPath(wantName, inter.PkgPath.Name()) {
			continue
		}
		*have = (*have)[i+1:]
		return m
	}
	return nil
}

// methodPkgPath is the package of an unexported method's name; names that do not say belong to the type's own package.
func methodPkgPath(n abi.Name, declared string) string {
	if path := namePkgPath(n); path != "" {
		return path
	}
	return declared
}

// panicdottypeE reports a failed assertion of a value of type have (nil for a nil interface) of static type iface.
//
//go:noinline
func panicdottypeE(have, want, iface *_type) {
	panic(&TypeAssertionError{iface, have, want, ""})
}

//go:noinline
func panicdottypeI(have *itab, want, iface *_type) {
	var t *_type
	if have != nil {
		t = have.Type
	}
	panicdottypeE(t, want, iface)
}

//go:noinline
func panicnildottype(want *_type) {
	panic(&TypeAssertionError{nil, nil, want, ""})
}

// reflect_ifaceE2I stores src, which implements inter, as an inter at dst.
//
// Safety: reflect and internal/reflectlite declare these without bodies; dst is an interface with methods.
//
//go:linkname reflect_ifaceE2I reflect.ifaceE2I
func reflect_ifaceE2I(inter *interfacetype, src eface, dst *iface) {
	*dst = iface{ITab: assertE2I(inter, src.Type), Data: src.Data}
}

//go:linkname reflectlite_ifaceE2I internal/reflectlite.ifaceE2I
func reflectlite_ifaceE2I(inter *interfacetype, src eface, dst *iface) {
	*dst = iface{ITab: assertE2I(inter, src.Type), Data: src.Data}
}
