//go:build mote

package runtime

import (
	"internal/abi"
	"unsafe"
)

// reflect_gcbits returns for a pointer x what the collector takes the words of *x for: 1 for a pointer, 0 for anything else. It is
// how reflect's tests see that the types it makes are scanned as they should be.
//
// Safety: they declare reflect.gcbits with this signature.
//
//go:linkname reflect_gcbits reflect.gcbits
func reflect_gcbits(x any) []byte {
	t := (*ptrtype)(unsafe.Pointer(efaceOf(&x).Type)).Elem
	bits := make([]byte, t.Size_/4)
	setPointerBits(bits, t)
	return bits
}

// setPointerBits sets those of one value of type t, as scanValue would mark it.
//
// Safety: a descriptor's mask has a bit for each word up to PtrBytes.
func setPointerBits(bits []byte, t *_type) {
	if t.PtrBytes == 0 {
		return
	}
	if t.TFlag&abi.TFlagGCMaskOnDemand == 0 {
		for i := range t.PtrBytes / 4 {
			bits[i] = *(*byte)(unsafe.Add(unsafe.Pointer(t.GCData), i/8)) >> (i % 8) & 1
		}
		return
	}
	switch t.Kind() {
	case abi.Array:
		a := (*arraytype)(unsafe.Pointer(t))
		for i := range a.Len {
			setPointerBits(bits[i*a.Elem.Size_/4:], a.Elem)
		}
	case abi.Struct:
		for _, f := range (*structtype)(unsafe.Pointer(t)).Fields {
			setPointerBits(bits[f.Offset/4:], f.Typ)
		}
	}
}
