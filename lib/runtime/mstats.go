//go:build mote

package runtime

import _ "unsafe" // for go:linkname

// MemStats describes the memory of the program, in bytes. Fields that mean nothing here are zero.
type MemStats struct {
	Alloc      uint64 // in allocated objects, those included that the next collection will free
	TotalAlloc uint64 // allocated so far, headers included, freed objects too
	Sys        uint64 // memory that the heap manages
	Lookups    uint64 // 0
	Mallocs    uint64 // objects allocated so far
	Frees      uint64 // objects freed so far

	HeapAlloc    uint64 // same as Alloc
	HeapSys      uint64 // same as Sys
	HeapIdle     uint64 // free
	HeapInuse    uint64 // same as Alloc
	HeapReleased uint64 // 0: there is nobody to return memory to
	HeapObjects  uint64 // Mallocs - Frees

	StackInuse  uint64 // 0: stacks count as objects
	StackSys    uint64
	MSpanInuse  uint64 // 0: this heap has no such parts
	MSpanSys    uint64
	MCacheInuse uint64
	MCacheSys   uint64
	BuckHashSys uint64
	GCSys       uint64
	OtherSys    uint64

	NextGC        uint64 // Alloc at which the next collection starts
	LastGC        uint64 // 0: collections are not timed
	PauseTotalNs  uint64
	PauseNs       [256]uint64
	PauseEnd      [256]uint64
	NumGC         uint32 // collections so far
	NumForcedGC   uint32 // those that the program asked for
	GCCPUFraction float64
	EnableGC      bool
	DebugGC       bool

	// BySize has no entries: blocks are not cut by size classes.
	BySize [61]struct {
		Size    uint32
		Mallocs uint64
		Frees   uint64
	}
}

// ReadMemStats fills m.
func ReadMemStats(m *MemStats) {
	lockSched()
	prepareHeap()
	s := memory.Stats()
	next := collectAt
	unlockSched()
	*m = MemStats{} // and field by field: a literal of 6 KB would be built beside it
	m.Alloc = uint64(s.InUse)
	m.TotalAlloc = s.TotalAlloc
	m.Sys = uint64(s.Total)
	m.Mallocs = s.Mallocs
	m.Frees = s.Frees
	m.HeapAlloc = m.Alloc
	m.HeapSys = m.Sys
	m.HeapIdle = m.Sys - m.Alloc
	m.HeapInuse = m.Alloc
	m.HeapObjects = s.Mallocs - s.Frees
	m.NextGC = uint64(next)
	m.NumGC = s.Collections
	m.NumForcedGC = forcedCollections()
	m.EnableGC = true
}

// What runtime/debug expects from below.
//
// Safety: it declares these functions without bodies and with the same signatures; a Duration is an int64.

// debug_readGCStats passes, behind the pauses of which there are none: time of the last collection, number, total pause.
//
//go:linkname debug_readGCStats runtime/debug.readGCStats
func debug_readGCStats(pauses *[]uint64) {
	p := (*pauses)[:3]
	p[0], p[1], p[2] = 0, uint64(memory.Stats().Collections), 0
	*pauses = p
}

// debug_setMemoryLimit reports the only limit there is: the memory.
//
//go:linkname debug_setMemoryLimit runtime/debug.setMemoryLimit
func debug_setMemoryLimit(limit int64) int64 { return 1<<63 - 1 }
