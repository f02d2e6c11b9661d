//go:build mote

package runtime

import "unsafe"

// What reflect and internal/reflectlite expect from below, apart from maps, channels and interfaces.
//
// Safety: they declare these functions without bodies and with the same signatures; descriptors and lengths that they pass
// describe the memory that they pass. There are no write barriers, so typed moves are plain ones.

//go:linkname reflect_unsafe_New reflect.unsafe_New
func reflect_unsafe_New(t *_type) unsafe.Pointer { return newobject(t) }

//go:linkname reflectlite_unsafe_New internal/reflectlite.unsafe_New
func reflectlite_unsafe_New(t *_type) unsafe.Pointer { return newobject(t) }

//go:linkname reflect_unsafe_NewArray reflect.unsafe_NewArray
func reflect_unsafe_NewArray(t *_type, n int) unsafe.Pointer { return newarray(t, n) }

//go:linkname reflect_typedmemmove reflect.typedmemmove
func reflect_typedmemmove(t *_type, dst, src unsafe.Pointer) { memmove(dst, src, t.Size_) }

//go:linkname reflectlite_typedmemmove internal/reflectlite.typedmemmove
func reflectlite_typedmemmove(t *_type, dst, src unsafe.Pointer) { memmove(dst, src, t.Size_) }

//go:linkname reflect_typedmemclr reflect.typedmemclr
func reflect_typedmemclr(t *_type, p unsafe.Pointer) { memclr(p, t.Size_) }

// reflect_typedmemclrpartial clears size bytes at offset off of a t; p points at them already.
//
//go:linkname reflect_typedmemclrpartial reflect.typedmemclrpartial
func reflect_typedmemclrpartial(t *_type, p unsafe.Pointer, off, size uintptr) { memclr(p, size) }

//go:linkname reflect_typedarrayclear reflect.typedarrayclear
func reflect_typedarrayclear(t *_type, p unsafe.Pointer, n int) { memclr(p, t.Size_*uintptr(n)) }

//go:linkname reflect_typedslicecopy reflect.typedslicecopy
func reflect_typedslicecopy(t *_type, dst, src slice) int {
	n := min(dst.len, src.len)
	memmove(dst.array, src.array, uintptr(n)*t.Size_)
	return n
}

//go:linkname reflect_memmove reflect.memmove
func reflect_memmove(dst, src unsafe.Pointer, n uintptr) { memmove(dst, src, n) }

// reflect_unsafeslice checks the operands of unsafe.Slice.
//
//go:linkname reflect_unsafeslice reflect.unsafeslice
func reflect_unsafeslice(t *_type, p unsafe.Pointer, n int) {
	if n < 0 || t.Size_ != 0 && uintptr(n) > -uintptr(p)/t.Size_ && (p != nil || uintptr(n) > maxAlloc/t.Size_) {
		panicunsafeslicelen()
	}
	if p == nil && n > 0 {
		panicunsafeslicenilptr()
	}
}

// reflect_verifyNotInHeapPtr reports whether p may be made a pointer although no Go object is at it.
//
//go:linkname reflect_verifyNotInHeapPtr reflect.verifyNotInHeapPtr
func reflect_verifyNotInHeapPtr(p uintptr) bool { return true }

//go:linkname reflect_resolveNameOff reflect.resolveNameOff
func reflect_resolveNameOff(base unsafe.Pointer, off int32) unsafe.Pointer { return offset(off) }

//go:linkname reflectlite_resolveNameOff internal/reflectlite.resolveNameOff
func reflectlite_resolveNameOff(base unsafe.Pointer, off int32) unsafe.Pointer { return offset(off) }

//go:linkname reflect_resolveTypeOff reflect.resolveTypeOff
func reflect_resolveTypeOff(t unsafe.Pointer, off int32) unsafe.Pointer { return offset(off) }

//go:linkname reflectlite_resolveTypeOff internal/reflectlite.resolveTypeOff
func reflectlite_resolveTypeOff(t unsafe.Pointer, off int32) unsafe.Pointer { return offset(off) }

//go:linkname reflect_resolveTextOff reflect.resolveTextOff
func reflect_resolveTextOff(t unsafe.Pointer, off int32) unsafe.Pointer { return offset(off) }

// typelinks lists the descriptors of unnamed pointer, channel, map, slice, array, func and struct types in the order of their
// strings, so that reflect finds a type of the program before it makes one. The compiler fills it; it is never written.
var typelinks []*_type

// reflect_typelinks gives reflect the list as offsets from address zero.
//
//go:linkname reflect_typelinks reflect.typelinks
func reflect_typelinks() (sections []unsafe.Pointer, offsets [][]int32) {
	if len(typelinks) == 0 {
		return nil, nil
	}
	first := (*int32)(unsafe.Pointer(unsafe.SliceData(typelinks)))
	return []unsafe.Pointer{nil}, [][]int32{unsafe.Slice(first, len(typelinks))}
}

// reflectOff keeps an object alive that a descriptor made by reflect refers to by offset, which is no pointer to the collector.
type reflectOff struct {
	next *reflectOff
	ptr  unsafe.Pointer
}

// reflectOffs is guarded by lockSched.
var reflectOffs *reflectOff

// reflect_addReflectOff returns the offset of p: its address.
//
//go:linkname reflect_addReflectOff reflect.addReflectOff
func reflect_addReflectOff(p unsafe.Pointer) int32 {
	entry := &reflectOff{ptr: p}
	lockSched()
	known := reflectOffs
	for known != nil && known.ptr != p {
		known = known.next
	}
	if known == nil {
		entry.next = reflectOffs
		reflectOffs = entry
	}
	unlockSched()
	return int32(uintptr(p))
}
