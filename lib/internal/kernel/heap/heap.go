// Package heap is the non-moving heap under the runtime: it hands out blocks of raw memory and collects those that nobody marks.
//
// It knows no Go types. The type word of a block is opaque here; the runtime's [Scanner] reads it to find an object's pointers. Nothing
// in the package locks, blocks or allocates Go memory, so it also runs on the host, where its tests compare it with simple models.
//
// A region of memory is cut into blocks without gaps. A block is a header of two words (size and flags, type) and its payload; sizes
// are multiples of the granule of two words (8 bytes on the device). Free blocks are in lists by size class (segregated fit: four
// classes per power of two, exact below eight granules), a bitmap says which lists are not empty, so allocation takes bounded time.
// Beside the lists there is the victim, the free block from which small objects are cut one after the other.
//
// A conservative word is resolved to its block by a bitmap with one bit per granule, set where an allocated block starts, and a second
// one with a bit per word of the first. Together with the list heads that is 1.6% of the memory plus 36 to 88 words.
//
// Invariants: every block's successor is the header at its end; no two free blocks are neighbours
// (the victim counts as allocated); the prevFree flag of a block says whether its predecessor is free and has its size in its last word; outside a
// collection no block is marked. Start reading at [Heap.Alloc], [Heap.Mark] and [Heap.Sweep].
package heap

import (
	"math/bits"
	"unsafe"
)

const (
	wordBytes    = unsafe.Sizeof(uintptr(0))
	wordBits     = wordBytes * 8
	granule      = 2 * wordBytes
	granuleShift = 3 + wordBytes/8 // 3 for 4-byte words, 4 for 8-byte words
	headerBytes  = granule
	minBlock     = 2 * granule // a free block holds its header, two links (one in the header) and its size at the end
)

// Type words with a meaning of their own; every other one is the runtime's.
const (
	NoPointers uintptr = 0 // never scanned
	Pinned     uintptr = 1 // a goroutine stack: neither scanned nor collected, only freed
)

// Region is a range of memory that the heap may use as it likes.
type Region struct{ Start, End uintptr }

// Scanner calls [Heap.Mark] for every pointer in the size bytes of payload at p, whose type word is typ.
type Scanner func(h *Heap, typ, p, size uintptr)

// Heap is a heap over up to two regions. The zero value has no memory; call [Heap.Init] before use.
type Heap struct {
	regions   [2]region
	lowest    uintptr // every block is between lowest and highest
	highest   uintptr
	heads     uintptr // address of the table of list heads, one word per class
	nonEmpty  [classWords]uint32
	victim    uintptr // a block whose header says allocated but that is free to cut from; 0: none
	victimEnd uintptr
	limit     uintptr // no request above this can ever be met
	marks     markStack
	stats     Stats
}

// region is a Region that is set up: bitmaps, blocks, and an allocated header of size 0 at end that stops every walk.
type region struct {
	lo     uintptr // the granule of bit 0
	first  uintptr // first block
	end    uintptr
	starts uintptr // one bit per granule: an allocated block starts here
	sums   uintptr // one bit per word of starts: it is not zero
}

// Init takes over the regions; b may be empty. Their content is destroyed. It fails when a has no room for a single object.
func (h *Heap) Init(a, b Region) bool {
	*h = Heap{}
	a, b = a.aligned(), b.aligned()
	largest := max(a.End-a.Start, b.End-b.Start)
	table := (classOf(largest>>granuleShift) + 1) * wordBytes
	if a.End-a.Start < table+8*granule {
		return false
	}
	h.heads = a.Start
	clearWords(h.heads, h.heads+table)
	h.limit = largest
	h.lowest, h.highest = a.Start, a.End
	h.addRegion(0, a, table)
	if b.End-b.Start >= 8*granule {
		h.lowest, h.highest = min(a.Start, b.Start), max(a.End, b.End)
		h.addRegion(1, b, 0)
	}
	return true
}

func (r Region) aligned() Region {
	r.Start = alignUp(r.Start)
	r.End &^= granule - 1
	if r.End < r.Start {
		r.End = r.Start
	}
	return r
}

// addRegion lays out the bitmaps behind the first used bytes of the region and frees the rest.
func (h *Heap) addRegion(i int, from Region, used uintptr) {
	r := &h.regions[i]
	words := ((from.End-from.Start)>>granuleShift + wordBits - 1) / wordBits
	r.lo = from.Start
	r.starts = from.Start + used
	r.sums = r.starts + words*wordBytes
	r.first = alignUp(r.sums + (words+wordBits-1)/wordBits*wordBytes)
	r.end = from.End - granule
	clearWords(r.starts, r.first)
	store(r.end, allocated)
	store(r.end+wordBytes, Pinned)
	h.stats.Total += r.end - r.first
	h.release(r.first, r.end-r.first)
}

func alignUp(p uintptr) uintptr { return (p + granule - 1) &^ (granule - 1) }

func clearWords(from, to uintptr) {
	for p := from; p < to; p += wordBytes {
		store(p, 0)
	}
}

// topBit is the index of the highest set bit of w, which is not 0.
func topBit(w uintptr) uintptr { return uintptr(bits.Len(uint(w))) - 1 }
