//go:build mote

package runtime

import (
	"internal/profilerecord"
	"unsafe"
)

// goroutineDepth bounds the calls of a goroutine in the profile.
const goroutineDepth = 32

// readGoroutines passes the calls of all goroutines of the program to put, the caller's from its caller on, when they are at most
// room, and returns how many goroutines there are. put must not keep pcs.
//
//go:noinline
func readGoroutines(room int, put func(i int, pcs []uintptr)) (n int, ok bool) {
	const skip = 2 // this function and what calls it
	pcs := make([]uintptr, goroutineDepth)
	lockSched()
	if n = NumGoroutine(); n > room {
		unlockSched()
		return n, false
	}
	stopWorld()
	i := 0
	for gp := allgs; gp != nil; gp = gp.allNext {
		if gp.flags&taskSystem != 0 || gp.status == taskDead {
			continue
		}
		depth := 0
		if gp == getg() {
			depth = callers(skip, pcs, running(getpc(), getsp()))
		} else {
			depth = callers(0, pcs, waiting(gp))
		}
		put(i, pcs[:depth])
		i++
	}
	startWorld()
	unlockSched()
	return n, true
}

// GoroutineProfile returns the calls of all goroutines: n is how many there are, and they are copied into p when they fit.
//
//go:noinline
func GoroutineProfile(p []StackRecord) (n int, ok bool) {
	return readGoroutines(len(p), func(i int, pcs []uintptr) {
		p[i] = StackRecord{}
		copy(p[i].Stack0[:], pcs)
	})
}

// What runtime/pprof expects from below. Labels are not kept: they are in the context that pprof.Do passes on.
//
// Safety: it declares these functions without bodies and with the same signatures.

//go:linkname pprof_goroutineProfileWithLabels
//go:noinline
func pprof_goroutineProfileWithLabels(p []profilerecord.StackRecord, labels []unsafe.Pointer) (n int, ok bool) {
	clear(labels)
	stacks := make([]uintptr, len(p)*goroutineDepth)
	return readGoroutines(len(p), func(i int, pcs []uintptr) {
		stack := stacks[i*goroutineDepth:][:len(pcs):len(pcs)]
		copy(stack, pcs)
		p[i].Stack = stack
	})
}
