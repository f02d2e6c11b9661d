//go:build mote && !gc.none

package runtime

import (
	"internal/kernel/heap"
	"unsafe"
)

// How long collections take is measured only in programs that can ask for it: it needs the clock.

// gcPauses is the state of this file, under lockSched. Times are nanoseconds since the first need of time.
var gcPauses struct {
	start int64    // of the collection under way
	total int64    // of all collections
	last  int64    // end of the last one
	live  uintptr  // bytes in objects that it left
	ring  *gcPause // the most recent ones: number n of all collections is entry n modulo size; in a pinned block
	size  uint32
}

// gcPause is one collection.
type gcPause struct {
	end    int64
	length uint32 // in nanoseconds; longer ones than fit have the largest number
}

// maxPauses is how many collections are remembered where memory is plenty. runtime/debug wants no more.
const maxPauses = 256

// pauseBegins takes note that a collection begins.
//
//mote:with ReadMemStats readPauses
func pauseBegins() {
	if gcPauses.ring == nil {
		n := min(max(memory.Total()/2048, 4), maxPauses)
		gcPauses.ring = (*gcPause)(unsafe.Pointer(memory.AllocPinned(n * unsafe.Sizeof(gcPause{}))))
		if gcPauses.ring != nil {
			gcPauses.size = uint32(n)
		}
	}
	gcPauses.start = nanotime()
}

// pauseEnds takes note that it is over.
//
//mote:with ReadMemStats readPauses
func pauseEnds() {
	now := nanotime()
	length := now - gcPauses.start
	gcPauses.total += length
	gcPauses.last = now
	stats := memory.Stats()
	gcPauses.live = stats.InUse - stackBytes() - memProfile.bytes - pauseBytes()
	countPause(length)
	if gcPauses.ring != nil {
		*pauseAt(stats.Collections) = gcPause{now, uint32(min(length, 1<<32-1))}
	}
}

// pauseAt is the place of collection number n, counted from 1.
//
// Safety: the ring has size entries.
func pauseAt(n uint32) *gcPause {
	return (*gcPause)(unsafe.Add(unsafe.Pointer(gcPauses.ring), uintptr((n-1)%gcPauses.size)*unsafe.Sizeof(gcPause{})))
}

// readPauses passes the remembered collections to put, the most recent first: its number, length and end since 1970 in
// nanoseconds. It returns the sum of all lengths and the end of the last. Under lockSched.
func readPauses(put func(n uint32, length, end uint64)) (total, last uint64) {
	count := memory.Stats().Collections
	for i := uint32(0); i < min(count, gcPauses.size); i++ {
		p := pauseAt(count - i)
		put(count-i, uint64(p.length), wallNanoseconds(p.end))
	}
	if count > 0 {
		last = wallNanoseconds(gcPauses.last)
	}
	return uint64(gcPauses.total), last
}

// wallNanoseconds is a point in time since 1970.
func wallNanoseconds(at int64) uint64 {
	sec, nsec := walltime(at)
	return uint64(sec)*1_000_000_000 + uint64(nsec)
}

// pauseBytes is the part of the heap in which the remembered collections are.
func pauseBytes() uintptr {
	if gcPauses.ring == nil {
		return 0
	}
	return heap.Block(uintptr(unsafe.Pointer(gcPauses.ring)))
}

// liveBytes is the memory of the objects that the last collection left. Under lockSched.
func liveBytes() uint64 { return uint64(gcPauses.live) }
