//go:build mote && !gc.none

package runtime

import (
	"internal/abi"
	"unsafe"
)

// Cleanup names a cleanup, to stop it.
type Cleanup struct {
	id uint32
	at uintptr
}

// Stop cancels the cleanup if it is not queued yet. The object must still be alive for that to be certain.
func (c Cleanup) Stop() {
	if c.id == 0 {
		return
	}
	lockSched()
	removeSpecials(func(s *special) bool { return s.kind == specialCleanup && s.id == c.id })
	unlockSched()
}

// AddCleanup calls cleanup(arg) on a goroutine some time after the object that ptr points into is no longer reachable. An object can
// have several, and unlike a finalizer they do not bring it back. For an object that is not on the heap it never runs.
func AddCleanup[T, S any](ptr *T, cleanup func(S), arg S) Cleanup {
	ptr = abi.Escape(ptr)
	if ptr == nil {
		panic("runtime.AddCleanup: ptr is nil")
	}
	word := uintptr(0)
	if kind := abi.TypeFor[S]().Kind(); kind == abi.Pointer || kind == abi.UnsafePointer {
		word = *(*uintptr)(unsafe.Pointer(&arg))
	}
	return addCleanup(uintptr(unsafe.Pointer(ptr)), word, func(unsafe.Pointer) { cleanup(arg) })
}

// addCleanup is the part of AddCleanup that does not depend on the types. arg is the argument when it is a pointer.
//
// Safety: the caller holds the pointer, so the address stays valid.
func addCleanup(at, arg uintptr, run func(unsafe.Pointer)) Cleanup {
	if arg == at {
		panic("runtime.AddCleanup: ptr is equal to arg, cleanup will never run")
	}
	base, size, ok := findObject(at)
	if !ok {
		return Cleanup{}
	}
	if arg >= base && arg < base+size {
		panic("runtime.AddCleanup: ptr is within arg, cleanup will never run")
	}
	startSpecialWorker()
	s := &special{at: at, kind: specialCleanup, run: run}
	lockSched()
	specials.lastID++
	s.id = specials.lastID
	unlockSched()
	addSpecial(s)
	return Cleanup{s.id, at}
}
