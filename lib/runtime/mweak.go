//go:build mote && !gc.none

package runtime

import "unsafe"

// Weak pointers. What a weak.Pointer holds is the record of the address; the same address gives the same record, so that
// weak pointers compare as the pointers they were made from.
//
// Safety: package weak declares the linknamed functions without bodies and with the same signatures.

//go:linkname weak_runtime_registerWeakPointer weak.runtime_registerWeakPointer
func weak_runtime_registerWeakPointer(p unsafe.Pointer) unsafe.Pointer {
	lockSched()
	s := findSpecial(uintptr(p), specialWeak)
	unlockSched()
	if s == nil {
		s = addWeak(uintptr(p))
	}
	KeepAlive(p)
	return unsafe.Pointer(s)
}

// addWeak makes the record of an address, unless another goroutine did so while memory was allocated for it.
func addWeak(at uintptr) *special {
	s := &special{at: at, kind: specialWeak}
	lockSched()
	if other := findSpecial(at, specialWeak); other != nil {
		s = other
	} else {
		addSpecial(s)
	}
	unlockSched()
	return s
}

//go:linkname weak_runtime_makeStrongFromWeak weak.runtime_makeStrongFromWeak
func weak_runtime_makeStrongFromWeak(u unsafe.Pointer) unsafe.Pointer {
	if u == nil {
		return nil
	}
	return unsafe.Pointer((*special)(u).at)
}
