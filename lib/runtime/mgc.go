//go:build mote && !gc.none

package runtime

import (
	"internal/abi"
	"internal/kernel/heap"
	"unsafe"
)

// The collector: mark and sweep in one go, in the goroutine that allocates, under lockSched. No interrupt waits for it.

// The parts of .data and .bss that can hold pointers.

//mote:symbol _ptrdata_start
var ptrdataStart [0]byte

//mote:symbol _ptrdata_end
var ptrdataEnd [0]byte

//mote:symbol _ptrbss_start
var ptrbssStart [0]byte

//mote:symbol _ptrbss_end
var ptrbssEnd [0]byte

// collector is what the parts of the collector share. The hooks are nil until something that needs them is reached:
// a program without finalizers links none of their code.
var collector struct {
	percent   int32  // heap growth in percent before the next collection, minus 100 (see debug.SetGCPercent); negative: only when full
	started   bool   // percent is set
	forced    uint32 // collections that the program asked for
	clearPool func() // drops what sync.Pool caches, before marking
	specials  func() // finalizers, cleanups and weak pointers, between marking and sweeping
}

// defaultPercent is the growth that starts a collection: when as much was allocated as survived the last one.
const defaultPercent = 100

// paceCollector sets the next collection by what is in use now. A small live heap is left to grow as one of a quarter of the memory
// would: collections then cost little per byte allocated.
func paceCollector() {
	if !collector.started {
		collector.started = true
		collector.percent = defaultPercent
	}
	inUse := memory.InUse()
	at := ^uintptr(0)
	if collector.percent >= 0 {
		grow := uint64(max(inUse, memory.Total()/4)) * uint64(collector.percent) / 100
		at = inUse + uintptr(min(grow, 1<<30))
	}
	collectAt = max(at, 1) // 0 means that there is no heap yet
	limitCollector()
}

// collectGarbage runs a collection under lockSched. It reports whether it did: trying the allocation again makes sense then.
func collectGarbage() bool {
	if spare.hi != 0 && getg().flags&taskBounded != 0 {
		return onSpare(collectHere)
	}
	dropBound()
	collectHere()
	return true
}

// collectHere runs a collection on the stack that it is called on, which has the default size at least (compiler/stack/known.go).
//
//go:noinline
func collectHere() {
	if collector.clearPool != nil {
		collector.clearPool()
	}
	stopWorld()
	freedead()
	pauseBegins()
	spillAndCall(markAndSweep)
	paceCollector()
	pauseEnds()
	startWorld()
}

// markAndSweep runs with all registers of its callers on the stack.
func markAndSweep() {
	memory.StartMark()
	memory.MarkRange(addressOf(&ptrdataStart), addressOf(&ptrdataEnd))
	memory.MarkRange(addressOf(&ptrbssStart), addressOf(&ptrbssEnd))
	for gp := allgs; gp != nil; gp = gp.allNext {
		if gp.status != taskDead {
			memory.MarkRange(gp.liveStack())
		}
	}
	memory.Drain(scanObject)
	if collector.specials != nil {
		collector.specials()
	}
	profileFrees()
	memory.Sweep()
	freeSamples()
}

// GC runs a collection.
func GC() {
	lockSched()
	if !prepareHeap() {
		collector.forced++
		collectGarbage()
		if kern.started { // as Gosched: finalizers and cleanups get their turn
			endturn(getg())
			switchLater()
		}
	}
	unlockSched()
	getg().checkmark()
	clearStale()
}

// gcPercent is what debug.SetGCPercent has set; the largest number when that is off.
func gcPercent() uint64 {
	lockSched()
	prepareHeap()
	unlockSched()
	return uint64(collector.percent)
}

// globalBytes is the size of the variables that the collector scans.
func globalBytes() uintptr {
	return addressOf(&ptrdataEnd) - addressOf(&ptrdataStart) + addressOf(&ptrbssEnd) - addressOf(&ptrbssStart)
}

// forcedCollections is the number of calls of GC.
func forcedCollections() uint32 { return collector.forced }

// scanObject marks what an object of one or several values of a type points to.
//
// Safety: the heap calls it with the type word that mallocgc gave it, and the payload of that object.
func scanObject(h *heap.Heap, typ, p, size uintptr) {
	h.Mark(typ) // reflect makes types on the heap
	t := (*_type)(unsafe.Pointer(typ))
	for ; size >= t.PtrBytes; p, size = p+t.Size_, size-t.Size_ {
		scanValue(h, t, p)
		if size < t.Size_ {
			return
		}
	}
}

// scanValue marks what one value of type t at p points to.
func scanValue(h *heap.Heap, t *_type, p uintptr) {
	if t.TFlag&abi.TFlagGCMaskOnDemand == 0 {
		scanMask(h, t.GCData, p, t.PtrBytes)
		return
	}
	switch t.Kind() {
	case abi.Array:
		a := (*arraytype)(unsafe.Pointer(t))
		for end := p + t.PtrBytes; p < end; p += a.Elem.Size_ {
			scanValue(h, a.Elem, p)
		}
	case abi.Struct:
		for i := range (*structtype)(unsafe.Pointer(t)).Fields {
			f := &(*structtype)(unsafe.Pointer(t)).Fields[i]
			if f.Typ.PtrBytes != 0 {
				scanValue(h, f.Typ, p+f.Offset)
			}
		}
	default:
		h.MarkRange(p, p+t.PtrBytes)
	}
}

// scanMask marks the words of [p, p+n) whose bit is set.
//
// Safety: a descriptor's mask has a bit for each of the n/4 words.
func scanMask(h *heap.Heap, mask *byte, p, n uintptr) {
	for end := p + n; p < end; p += 32 {
		at := p
		for m := *mask; m != 0; m >>= 1 {
			if m&1 != 0 {
				h.Mark(*(*uintptr)(unsafe.Pointer(at)))
			}
			at += 4
		}
		mask = (*byte)(add(unsafe.Pointer(mask), 1))
	}
}

// What sync and runtime/debug expect from the collector.
//
// Safety: they declare these functions without bodies and with the same signatures.

//go:linkname sync_runtime_registerPoolCleanup sync.runtime_registerPoolCleanup
func sync_runtime_registerPoolCleanup(f func()) { collector.clearPool = f }

//go:linkname debug_setGCPercent runtime/debug.setGCPercent
func debug_setGCPercent(percent int32) int32 {
	lockSched()
	prepareHeap()
	was := collector.percent
	collector.percent = max(percent, -1)
	paceCollector()
	unlockSched()
	return was
}

//go:linkname debug_freeOSMemory runtime/debug.freeOSMemory
func debug_freeOSMemory() { GC() }
