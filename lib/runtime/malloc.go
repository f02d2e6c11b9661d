//go:build mote

package runtime

import (
	"internal/kernel/heap"
	"internal/runtime/math"
	"unsafe"
)

// memory is the heap. It is set up by the first allocation, so a program that allocates nothing links nothing of it.
var memory heap.Heap

// collectAt is the number of bytes in use at which the next allocation collects; 0 until the heap is set up.
var collectAt uintptr

// zerobase is where all values of size zero are.
var zerobase uintptr

// The memory that the linker script leaves over (doc/spec/abi.md, "Linker symbols").

//mote:symbol _heap_start
var heapStart [0]byte

//mote:symbol _heap_end
var heapEnd [0]byte

//mote:symbol _heap2_start
var heap2Start [0]byte

//mote:symbol _heap2_end
var heap2End [0]byte

// mallocgc allocates size bytes for one or several values of typ (nil: no pointers), zeroed when needzero or when they hold pointers.
// It never returns nil; without memory it collects, and then ends the program. Bounded apart from collections and zeroing.
func mallocgc(size uintptr, typ *_type, needzero bool) unsafe.Pointer {
	if size == 0 {
		return unsafe.Pointer(&zerobase)
	}
	word := heap.NoPointers
	if typ != nil && typ.PtrBytes != 0 {
		word = uintptr(unsafe.Pointer(typ))
	}
	lockSched()
	var p uintptr
	if memory.InUse() < collectAt {
		p = memory.Alloc(size, word)
	}
	if p == 0 {
		p = allocSlowly(size, word)
	}
	profileAllocation(p)
	unlockSched()
	if word != heap.NoPointers {
		// What lies behind size in the block is scanned too: stale words there would keep dead objects.
		clearObject(p, heap.Usable(p))
	} else if needzero {
		memclr(unsafe.Pointer(p), size)
	}
	return unsafe.Pointer(p)
}

// clearObject zeroes the size bytes of a new object: most have a few words, for which a call of memset takes longer.
//
// Safety: the heap hands out whole granules of 8 bytes, aligned to 8, so stores of words cover an object exactly.
func clearObject(p, size uintptr) {
	if size > 32 {
		memclr(unsafe.Pointer(p), size)
		return
	}
	for end := p + size; p < end; p += 8 {
		*(*uint32)(unsafe.Pointer(p)) = 0
		*(*uint32)(unsafe.Pointer(p + 4)) = 0
		barrier() // or LLVM makes it the call again
	}
}

// allocSlowly allocates when the heap is not set up yet, a collection is due or no block fits.
//
//go:noinline
func allocSlowly(size, word uintptr) uintptr {
	if !prepareHeap() {
		collectGarbage()
	}
	p := memory.Alloc(size, word)
	if p == 0 && collectGarbage() {
		p = memory.Alloc(size, word)
	}
	if p == 0 {
		outOfMemory(size)
	}
	return p
}

// prepareHeap sets the heap up and reports true when this was the first call.
func prepareHeap() bool {
	if collectAt != 0 {
		return false
	}
	memory.Init(
		heap.Region{Start: addressOf(&heapStart), End: addressOf(&heapEnd)},
		heap.Region{Start: addressOf(&heap2Start), End: addressOf(&heap2End)})
	paceCollector()
	return true
}

// outOfMemory ends the program.
//
//go:noinline
func outOfMemory(size uintptr) {
	print("runtime: out of memory: cannot allocate ", size, "-byte block (", memory.InUse(), " in use)\n")
	print("runtime: largest free block ", memory.LargestFree(), " of ", memory.Total()-memory.InUse(), " free bytes\n")
	fatal("out of memory")
}

// newobject allocates a zeroed value of typ.
func newobject(typ *_type) unsafe.Pointer { return mallocgc(typ.Size_, typ, true) }

// newarray allocates n zeroed values of typ in a row.
func newarray(typ *_type, n int) unsafe.Pointer {
	mem, overflow := math.MulUintptr(typ.Size_, uintptr(n))
	if overflow || mem > maxAlloc || n < 0 {
		panic(plainError("runtime: allocation size out of range"))
	}
	return mallocgc(mem, typ, true)
}

// stackalloc returns size bytes for a goroutine's stack, aligned to 8. The collector neither frees nor scans them as an object: it
// finds the used part through the list of goroutines. Without memory it collects, and then ends the program.
func stackalloc(size uintptr) unsafe.Pointer {
	lockSched()
	prepareHeap()
	p := memory.AllocPinned(size)
	if p == 0 && collectGarbage() {
		p = memory.AllocPinned(size)
	}
	if p == 0 {
		outOfMemory(size)
	}
	unlockSched()
	return unsafe.Pointer(p)
}
