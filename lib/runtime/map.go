//go:build mote

package runtime

import (
	"internal/abi"
	"internal/runtime/maps"
	"unsafe"
)

// Maps are std's own internal/runtime/maps. It defines the access and assignment functions under runtime's names; this file
// declares those, defines the rest that compiled code and reflect call, and gives the package what it expects from below.

// zeroVal is what an access to a missing key points at; elements larger than it are copied from a zero of their own.
// It lies in flash (lib/builtins/data).
//
// Safety: reflect and internal/runtime/maps have it by linkname with the same type; nobody writes to it.
//
//mote:symbol mote_zero
//go:linkname zeroVal
var zeroVal [abi.ZeroValSize]byte

//go:linkname maps_errNilAssign internal/runtime/maps.errNilAssign
var maps_errNilAssign error = plainError("assignment to entry in nil map")

// Defined in internal/runtime/maps.
//
// Safety: each is linknamed there to this name with this signature.

func mapaccess1(t *maptype, m *maps.Map, key unsafe.Pointer) unsafe.Pointer
func mapaccess2(t *maptype, m *maps.Map, key unsafe.Pointer) (unsafe.Pointer, bool)
func mapassign(t *maptype, m *maps.Map, key unsafe.Pointer) unsafe.Pointer

func mapaccess1_fast32(t *maptype, m *maps.Map, key uint32) unsafe.Pointer
func mapaccess2_fast32(t *maptype, m *maps.Map, key uint32) (unsafe.Pointer, bool)
func mapassign_fast32(t *maptype, m *maps.Map, key uint32) unsafe.Pointer
func mapassign_fast32ptr(t *maptype, m *maps.Map, key unsafe.Pointer) unsafe.Pointer
func mapdelete_fast32(t *maptype, m *maps.Map, key uint32)

func mapaccess1_fast64(t *maptype, m *maps.Map, key uint64) unsafe.Pointer
func mapaccess2_fast64(t *maptype, m *maps.Map, key uint64) (unsafe.Pointer, bool)
func mapassign_fast64(t *maptype, m *maps.Map, key uint64) unsafe.Pointer
func mapassign_fast64ptr(t *maptype, m *maps.Map, key unsafe.Pointer) unsafe.Pointer
func mapdelete_fast64(t *maptype, m *maps.Map, key uint64)

func mapaccess1_faststr(t *maptype, m *maps.Map, key string) unsafe.Pointer
func mapaccess2_faststr(t *maptype, m *maps.Map, key string) (unsafe.Pointer, bool)
func mapassign_faststr(t *maptype, m *maps.Map, key string) unsafe.Pointer
func mapdelete_faststr(t *maptype, m *maps.Map, key string)

// makemap_small is make(map[K]V) and make with a hint that fits one group.
func makemap_small() *maps.Map { return maps.NewEmptyMap() }

// makemap is make(map[K]V, hint). If m is not nil the map is made in it.
func makemap(t *maptype, hint int, m *maps.Map) *maps.Map {
	return maps.NewMap(t, uintptr(max(hint, 0)), m, maxAlloc)
}

// makemap64 is makemap for a 64-bit hint; one that no int holds is no help.
func makemap64(t *maptype, hint int64, m *maps.Map) *maps.Map {
	if int64(int(hint)) != hint {
		hint = 0
	}
	return makemap(t, int(hint), m)
}

func mapdelete(t *maptype, m *maps.Map, key unsafe.Pointer) { m.Delete(t, key) }

func mapclear(t *maptype, m *maps.Map) { m.Clear(t) }

// mapIterStart begins a range over m with the zeroed iterator it and takes the first step.
func mapIterStart(t *maptype, m *maps.Map, it *maps.Iter) {
	it.Init(t, m)
	it.Next()
}

func mapIterNext(it *maps.Iter) { it.Next() }

// What internal/runtime/maps expects from below.
//
// Safety: it declares these without bodies and with the same signatures.

//go:linkname maps_fatal internal/runtime/maps.fatal
func maps_fatal(s string) { fatal(s) }

//go:linkname maps_rand internal/runtime/maps.rand
func maps_rand() uint64 { return rand() }

//go:linkname maps_newarray internal/runtime/maps.newarray
func maps_newarray(t *_type, n int) unsafe.Pointer { return newarray(t, n) }

//go:linkname maps_newobject internal/runtime/maps.newobject
func maps_newobject(t *_type) unsafe.Pointer { return newobject(t) }

//go:linkname maps_typedmemmove internal/runtime/maps.typedmemmove
func maps_typedmemmove(t *_type, dst, src unsafe.Pointer) { memmove(dst, src, t.Size_) }

//go:linkname maps_typedmemclr internal/runtime/maps.typedmemclr
func maps_typedmemclr(t *_type, p unsafe.Pointer) { memclr(p, t.Size_) }

//go:linkname maps_typeString internal/runtime/maps.typeString
func maps_typeString(t *_type) string { return typeString(t) }

// mapclone is maps.Clone for a map in an interface.
//
//go:linkname mapclone maps.clone
func mapclone(m any) any {
	e := efaceOf(&m)
	e.Data = unsafe.Pointer((*maps.Map)(e.Data).Clone((*maptype)(unsafe.Pointer(e.Type))))
	return m
}
