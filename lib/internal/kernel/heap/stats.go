package heap

// Stats counts what the heap did since Init. Sizes are bytes, headers included.
type Stats struct {
	Total       uintptr // memory for blocks
	InUse       uintptr // in allocated blocks, dead ones included until the next Sweep
	TotalAlloc  uint64  // in all blocks that Alloc gave since Init
	Mallocs     uint64  // calls of Alloc; those of AllocPinned and Free are not counted
	Frees       uint64  // objects that Sweep freed
	Collections uint32
}

// count adds an allocated block.
func (s *Stats) count(size uintptr) {
	s.InUse += size
	s.TotalAlloc += uint64(size)
	s.Mallocs++
}

// Stats returns the counters. Live objects are Mallocs - Frees.
func (h *Heap) Stats() Stats { return h.stats }

// InUse is Stats().InUse, for callers on a hot path.
func (h *Heap) InUse() uintptr { return h.stats.InUse }

// Total is Stats().Total.
func (h *Heap) Total() uintptr { return h.stats.Total }

// LargestFree is the size of the largest object that Alloc could return now.
func (h *Heap) LargestFree() uintptr {
	_, size := h.largestFree()
	size = max(size, h.victimEnd-h.victim)
	if size == 0 {
		return 0
	}
	return size - headerBytes
}

// largestFree is the largest block in the lists and its size; it reads the whole list of the topmost class that is not empty.
func (h *Heap) largestFree() (block, size uintptr) {
	for i := classWords - 1; i >= 0; i-- {
		if h.nonEmpty[i] == 0 {
			continue
		}
		for b := h.head(uintptr(i)*32 + topBit(uintptr(h.nonEmpty[i]))); b != 0; b = nextOf(b) {
			if s := sizeOf(b); s > size {
				block, size = b, s
			}
		}
		return block, size
	}
	return 0, 0
}

// Unbroken is the sum of the largest free blocks of the regions in bytes, headers included. Free memory beyond it is in fragments.
// Time is proportional to the number of free blocks above them.
func (h *Heap) Unbroken() uintptr {
	var best [len(h.regions)]uintptr
	missing := len(best)
	for i := range h.regions {
		if h.regions[i].end == 0 {
			missing--
		}
	}
	for class := uintptr(classWords * 32); class > 0 && missing > 0; class-- {
		if h.nonEmpty[(class-1)/32]>>((class-1)%32)&1 == 0 {
			continue
		}
		before := best
		for b := h.head(class - 1); b != 0; b = nextOf(b) {
			i := h.regionIndex(b)
			best[i] = max(best[i], sizeOf(b))
		}
		for i := range best {
			if before[i] == 0 && best[i] != 0 {
				missing--
			}
		}
	}
	if h.victim != 0 {
		i := h.regionIndex(h.victim)
		best[i] = max(best[i], h.victimEnd-h.victim)
	}
	return best[0] + best[1]
}

// regionIndex is the number of the region with block b.
func (h *Heap) regionIndex(b uintptr) int {
	if r := &h.regions[0]; b-r.first < r.end-r.first {
		return 0
	}
	return 1
}

// Each calls f with the address, usable size and type word of every allocated object, in address order, until f returns false.
func (h *Heap) Each(f func(p, size, typ uintptr) bool) {
	h.dropVictim()
	for i := range h.regions {
		r := &h.regions[i]
		for b := r.first; b < r.end; b += sizeOf(b) {
			if load(b)&allocated != 0 && !f(b+headerBytes, sizeOf(b)-headerBytes, typeOf(b)) {
				return
			}
		}
	}
}
