//go:build mote

package runtime

import (
	"internal/abi"
	"internal/runtime/maps"
	"unsafe"
)

// Short names, as in Go's own runtime, for the layouts that compiler, runtime and reflect share.
type (
	_type         = abi.Type
	itab          = abi.ITab
	eface         = abi.EmptyInterface
	iface         = abi.NonEmptyInterface
	interfacetype = abi.InterfaceType
	maptype       = abi.MapType
	chantype      = abi.ChanType
	functype      = abi.FuncType
	arraytype     = abi.ArrayType
	slicetype     = abi.SliceType
	structtype    = abi.StructType
	ptrtype       = abi.PtrType
	hmap          = maps.Map
)

// slice is the memory layout of every slice.
type slice struct {
	array unsafe.Pointer
	len   int
	cap   int
}

// efaceOf views an empty interface as its two words.
//
// Safety: every empty interface has the layout of abi.EmptyInterface.
func efaceOf(p *any) *eface { return (*eface)(unsafe.Pointer(p)) }

// add returns p advanced by x bytes.
//
// Safety: callers keep the result inside the object that p points into (or one past the end, unused).
func add(p unsafe.Pointer, x uintptr) unsafe.Pointer { return unsafe.Pointer(uintptr(p) + x) }

// noescape hides p from escape analysis.
//
// Safety: the caller guarantees that the callee does not keep p.
func noescape(p unsafe.Pointer) unsafe.Pointer { return abi.NoEscape(p) }

// Offsets in descriptors are 32 bits wide and so is every address: an offset is the address itself.
//
// Safety: the compiler fills NameOff, TypeOff and TextOff with addresses of names, descriptors and functions;
// addReflectOff does the same for types that reflect makes.

func nameOff(off abi.NameOff) abi.Name { return abi.Name{Bytes: (*byte)(offset(int32(off)))} }

func typeOff(off abi.TypeOff) *_type { return (*_type)(offset(int32(off))) }

func textOff(off abi.TextOff) unsafe.Pointer { return offset(int32(off)) }

func offset(off int32) unsafe.Pointer { return unsafe.Pointer(uintptr(uint32(off))) }

// typeString is the type's name as reflect and messages show it: "*main.T".
func typeString(t *_type) string {
	s := nameOff(t.Str).Name()
	if t.TFlag&abi.TFlagExtraStar != 0 {
		return s[1:]
	}
	return s
}

// typePkgPath is the import path of the package that declares t; empty for unnamed and predeclared types.
func typePkgPath(t *_type) string {
	if u := t.Uncommon(); u != nil {
		return nameOff(u.PkgPath).Name()
	}
	switch t.Kind() {
	case abi.Struct:
		return (*structtype)(unsafe.Pointer(t)).PkgPath.Name()
	case abi.Interface:
		return (*interfacetype)(unsafe.Pointer(t)).PkgPath.Name()
	}
	return ""
}

// namePkgPath is the import path stored with an unexported name; empty when the name carries none.
//
// Safety: bit 2 of a name's flags says that a NameOff of four unaligned bytes follows name and tag (internal/abi.Name).
func namePkgPath(n abi.Name) string {
	if n.Bytes == nil || *n.Data(0)&(1<<2) == 0 {
		return ""
	}
	i, l := n.ReadVarint(1)
	off := 1 + i + l
	if n.HasTag() {
		i, l = n.ReadVarint(off)
		off += i + l
	}
	var path int32
	copy((*[4]byte)(unsafe.Pointer(&path))[:], (*[4]byte)(unsafe.Pointer(n.Data(off)))[:])
	return nameOff(abi.NameOff(path)).Name()
}
