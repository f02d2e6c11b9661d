//go:build mote && gc.none

package runtime

import _ "unsafe" // for go:linkname

// Without a collector nothing is ever freed except stacks, and the end of memory is the end of the program.

func paceCollector() { collectAt = ^uintptr(0) }

func collectGarbage() bool { return false }

// GC does nothing: the program was built without a collector.
func GC() {}

func forcedCollections() uint32 { return 0 }

// Safety: the packages declare these functions without bodies and with the same signatures.

//go:linkname sync_runtime_registerPoolCleanup sync.runtime_registerPoolCleanup
func sync_runtime_registerPoolCleanup(f func()) {}

//go:linkname debug_setGCPercent runtime/debug.setGCPercent
func debug_setGCPercent(percent int32) int32 { return -1 }

//go:linkname debug_freeOSMemory runtime/debug.freeOSMemory
func debug_freeOSMemory() {}

//go:linkname debug_setMemoryLimit runtime/debug.setMemoryLimit
func debug_setMemoryLimit(limit int64) int64 { return 1<<63 - 1 }

func readPauses(put func(n uint32, length, end uint64)) (total, last uint64) { return 0, 0 }

// specialCounts counts finalizers and cleanups: there are none.
func specialCounts() (c [specialKinds]specialCount) { return c }

func liveBytes() uint64 { return 0 }

// gcPercent is what debug.SetGCPercent(-1) means: no collections.
func gcPercent() uint64 { return ^uint64(0) }

// globalBytes is the size of the variables that the collector scans: there is none.
func globalBytes() uintptr { return 0 }

func pauseBytes() uintptr { return 0 }
