//go:build mote && !gc.none

package runtime

import _ "unsafe" // for go:linkname

// memoryLimit is what debug.SetMemoryLimit has set, plus 1; 0 when there is none.
var memoryLimit int64

// noMemoryLimit is how runtime/debug says that there is no limit.
const noMemoryLimit = 1<<63 - 1

// limitShare bounds the work of a program above its limit: a collection starts when the memory in use has grown by one part in so many
// since the last one.
const limitShare = 16

// limitCollector lets the next collection begin before the memory in use, objects and stacks, exceeds the limit.
//
//mote:with runtime/debug.setMemoryLimit
func limitCollector() {
	if memoryLimit == 0 || uint64(collectAt) < uint64(memoryLimit) {
		return
	}
	inUse := memory.InUse()
	collectAt = max(uintptr(memoryLimit-1), inUse+inUse/limitShare, 1) // never 0, see paceCollector
}

// What runtime/debug expects from below.
//
// Safety: it declares this function without a body and with the same signature.

//go:linkname debug_setMemoryLimit runtime/debug.setMemoryLimit
func debug_setMemoryLimit(limit int64) int64 {
	lockSched()
	prepareHeap()
	was := memoryLimit - 1
	if memoryLimit == 0 {
		was = noMemoryLimit
	}
	if limit >= 0 {
		memoryLimit = limit + 1
		if limit == noMemoryLimit {
			memoryLimit = 0
		}
		paceCollector()
	}
	unlockSched()
	return was
}
