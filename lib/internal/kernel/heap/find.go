package heap

// regionOf is the region of address p, or nil.
func (h *Heap) regionOf(p uintptr) *region {
	if r := &h.regions[0]; p-r.first < r.end-r.first {
		return r
	}
	if r := &h.regions[1]; p-r.first < r.end-r.first {
		return r
	}
	return nil
}

func (h *Heap) setStart(b uintptr) {
	r := h.regionOf(b)
	i := (b - r.lo) >> granuleShift
	at := r.starts + i/wordBits*wordBytes
	w := load(at)
	store(at, w|1<<(i%wordBits))
	if w == 0 {
		i /= wordBits
		setFlag(r.sums+i/wordBits*wordBytes, 1<<(i%wordBits))
	}
}

func (h *Heap) clearStart(b uintptr) { h.regionOf(b).clearStart(b) }

func (r *region) clearStart(b uintptr) {
	i := (b - r.lo) >> granuleShift
	at := r.starts + i/wordBits*wordBytes
	w := load(at) &^ (1 << (i % wordBits))
	store(at, w)
	if w == 0 {
		i /= wordBits
		clearFlag(r.sums+i/wordBits*wordBytes, 1<<(i%wordBits))
	}
}

// lastUpTo is the highest set bit of the map at or below index i, or false.
func lastUpTo(bitmap, i uintptr) (uintptr, bool) {
	for at, mask := i/wordBits, uintptr(2)<<(i%wordBits)-1; ; mask = ^uintptr(0) {
		if w := load(bitmap+at*wordBytes) & mask; w != 0 {
			return at*wordBits + topBit(w), true
		}
		if at == 0 {
			return 0, false
		}
		at--
	}
}

// startBefore is the address of the last allocated block that starts at or before p, or 0. One word of the first map covers 32 granules
// (256 bytes on the device), one of the second 8 KB, so even in a block of 1 MB the search reads 130 words.
func (r *region) startBefore(p uintptr) uintptr {
	i := (p - r.lo) >> granuleShift
	at := i / wordBits
	w := load(r.starts+at*wordBytes) & (uintptr(2)<<(i%wordBits) - 1)
	if w == 0 {
		if at == 0 {
			return 0
		}
		var ok bool
		if at, ok = lastUpTo(r.sums, at-1); !ok {
			return 0
		}
		w = load(r.starts + at*wordBytes)
	}
	return r.lo + (at*wordBits+topBit(w))<<granuleShift
}

// blockOf is the allocated block with address p in its payload, or 0.
func (h *Heap) blockOf(p uintptr) uintptr {
	if p < h.lowest || p >= h.highest {
		return 0
	}
	r := h.regionOf(p)
	if r == nil {
		return 0
	}
	b := r.startBefore(p)
	if b == 0 || p-b < headerBytes || p-b >= sizeOf(b) {
		return 0
	}
	return b
}

// Find returns the object that address p points into, its usable size and its type word; base 0 when there is none.
func (h *Heap) Find(p uintptr) (base, size, typ uintptr) {
	b := h.blockOf(p)
	if b == 0 {
		return 0, 0, 0
	}
	return b + headerBytes, sizeOf(b) - headerBytes, typeOf(b)
}
