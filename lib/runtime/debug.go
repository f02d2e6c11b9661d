//go:build mote

package runtime

import "unsafe"

// GOMAXPROCS reports how many goroutines run at once: one a core. It cannot be changed.
func GOMAXPROCS(n int) int { return coreCount }

// SetDefaultGOMAXPROCS does nothing: there is nothing to adapt to.
func SetDefaultGOMAXPROCS() {}

// NumCPU is the number of processors that run goroutines.
func NumCPU() int { return coreCount }

// NumCgoCall is the number of calls from Go to C: none.
func NumCgoCall() int64 { return 0 }

// SetCgoTraceback does nothing: there is no cgo.
func SetCgoTraceback(version int, traceback, context, symbolizer unsafe.Pointer) {}

// Pinner keeps objects where they are. The collector never moves any, so it only keeps them alive.
type Pinner struct {
	pinned []any
}

// Pin keeps the object that the pointer refers to alive until Unpin.
func (p *Pinner) Pin(pointer any) { p.pinned = append(p.pinned, pointer) }

// Unpin releases all objects.
func (p *Pinner) Unpin() { p.pinned = nil }

// What runtime/debug expects from below.
//
// Safety: it declares these functions without bodies and with the same signatures.

//go:linkname debug_modinfo runtime/debug.modinfo
func debug_modinfo() string { return "" }

// debug_SetTraceback chooses whether a panic shows the other goroutines, too; at the start it does not.
//
//go:linkname debug_SetTraceback runtime/debug.SetTraceback
func debug_SetTraceback(level string) {
	switch level {
	case "", "none", "single", "0":
		traceOthers = nil
	default:
		traceOthers = tracebackOthers
	}
}

//go:linkname debug_WriteHeapDump runtime/debug.WriteHeapDump
func debug_WriteHeapDump(fd uintptr) {}

// Stacks are fixed and there is one thread: the setters report limits that have no effect.

//go:linkname debug_setMaxStack runtime/debug.setMaxStack
func debug_setMaxStack(bytes int) int { return maxAlloc }

//go:linkname debug_setMaxThreads runtime/debug.setMaxThreads
func debug_setMaxThreads(n int) int { return 1 }

//go:linkname debug_setPanicOnFault runtime/debug.setPanicOnFault
func debug_setPanicOnFault(on bool) bool { return true }

//go:linkname setCrashFD
func setCrashFD(fd uintptr) uintptr { return ^uintptr(0) }
