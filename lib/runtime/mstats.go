//go:build mote

package runtime

import (
	"internal/kernel/heap"
	_ "unsafe" // for go:linkname
)

// MemStats describes the memory of the program, in bytes. Fields that mean nothing here are zero. Objects count with their headers
// of 8 bytes, because that is what they cost.
type MemStats struct {
	Alloc      uint64 // in allocated objects, those included that the next collection will free
	TotalAlloc uint64 // allocated so far, freed objects too
	Sys        uint64 // memory that the runtime manages: the sum of the Sys fields below
	Lookups    uint64 // 0
	Mallocs    uint64 // objects allocated so far
	Frees      uint64 // objects freed so far

	HeapAlloc    uint64 // same as Alloc
	HeapSys      uint64 // memory for objects
	HeapIdle     uint64 // the largest free block, or the sum of those of both parts of a divided RAM
	HeapInuse    uint64 // HeapSys - HeapIdle; what is beyond HeapAlloc is free in smaller blocks: fragmentation
	HeapReleased uint64 // 0: there is nobody to return memory to
	HeapObjects  uint64 // Mallocs - Frees

	StackInuse  uint64 // stacks of goroutines that the heap holds: all but goroutine 1's
	StackSys    uint64 // same as StackInuse
	MSpanInuse  uint64 // 0: this heap has no such parts
	MSpanSys    uint64
	MCacheInuse uint64
	MCacheSys   uint64
	BuckHashSys uint64 // of the memory profile
	GCSys       uint64 // of the collector: maps and lists of blocks
	OtherSys    uint64 // what is known of past collections

	NextGC        uint64      // Alloc at which the next collection starts
	LastGC        uint64      // when the last collection ended, in nanoseconds since 1970
	PauseTotalNs  uint64      // all collections together
	PauseNs       [256]uint64 // the most recent ones, number n of all at (n+255)%256; a small heap remembers less than 256
	PauseEnd      [256]uint64 // when they ended, in nanoseconds since 1970
	NumGC         uint32      // collections so far
	NumForcedGC   uint32      // those that the program asked for
	GCCPUFraction float64     // part of the time since start that collections took
	EnableGC      bool
	DebugGC       bool

	// BySize has no entries: blocks are not cut by size classes.
	BySize [61]struct {
		Size    uint32
		Mallocs uint64
		Frees   uint64
	}
}

// ReadMemStats fills m. Programs that have it also measure how long collections take.
func ReadMemStats(m *MemStats) {
	*m = MemStats{} // and field by field: a literal of 6 KB would be built beside it
	lockSched()
	prepareHeap()
	s := memory.Stats()
	stacks, profile, other := stackBytes(), memProfile.bytes, pauseBytes()
	besides := stacks + profile + other
	m.HeapIdle = uint64(memory.Unbroken())
	m.NextGC = nextCollection(besides)
	m.PauseTotalNs, m.LastGC = readPauses(func(n uint32, length, end uint64) {
		m.PauseNs[(n+255)%256], m.PauseEnd[(n+255)%256] = length, end
	})
	unlockSched()
	m.Alloc = uint64(s.InUse - besides)
	m.TotalAlloc = s.TotalAlloc
	m.Mallocs = s.Mallocs
	m.Frees = s.Frees
	m.StackInuse = uint64(stacks)
	m.StackSys = m.StackInuse
	m.BuckHashSys = uint64(profile)
	m.GCSys = uint64(heapMemory() - s.Total)
	m.OtherSys = uint64(other)
	m.HeapAlloc = m.Alloc
	m.HeapSys = uint64(s.Total - besides)
	m.HeapInuse = m.HeapSys - m.HeapIdle
	m.HeapObjects = s.Mallocs - s.Frees
	m.Sys = m.HeapSys + m.StackSys + m.BuckHashSys + m.GCSys + m.OtherSys
	m.NumGC = s.Collections
	m.NumForcedGC = forcedCollections()
	m.EnableGC = true
	if s.Collections > 0 {
		m.GCCPUFraction = float64(m.PauseTotalNs) / float64(nanotime())
	}
}

// heapMemory is the size of the memory that the heap was given.
func heapMemory() uintptr {
	return addressOf(&heapEnd) - addressOf(&heapStart) + addressOf(&heap2End) - addressOf(&heap2Start)
}

// nextCollection is the size of all objects at which the next collection starts, when so much besides is in use; the largest
// number when only a full heap starts one.
func nextCollection(besides uintptr) uint64 {
	if collectAt == ^uintptr(0) {
		return ^uint64(0)
	}
	return uint64(collectAt - besides)
}

// stackBytes is the part of the heap in which stacks are. Under lockSched.
func stackBytes() uintptr {
	freedead()
	total := uintptr(0)
	for gp := allgs; gp != nil; gp = gp.allNext {
		if gp != &g1 && gp.flags&(taskStatic|taskInSlot) == 0 {
			total += heap.Block(gp.block())
		}
	}
	return total
}

// What runtime/debug expects from below.
//
// Safety: it declares this function without a body and with the same signature.

// debug_readGCStats passes the pauses, the most recent first, then their ends, then time of the last collection, number and total pause.
//
//go:linkname debug_readGCStats runtime/debug.readGCStats
func debug_readGCStats(pauses *[]uint64) {
	p := (*pauses)[:0]
	var ends [256]uint64
	lockSched()
	total, last := readPauses(func(n uint32, length, end uint64) {
		ends[len(p)] = end
		p = append(p, length)
	})
	p = append(p, ends[:len(p)]...)
	p = append(p, last, uint64(memory.Stats().Collections), total)
	unlockSched()
	*pauses = p
}
