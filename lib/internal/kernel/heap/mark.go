package heap

// markStack holds the blocks that are marked but whose pointers are still to be followed. It lives inside the largest free block, or
// in small when there is none worth it. What does not fit is left grey in the heap and found again by a walk.
type markStack struct {
	top      uintptr // next free slot
	bottom   uintptr
	end      uintptr
	count    int     // used slots of small; only when bottom is 0
	overflow uintptr // lowest grey block, 0: none
	small    [16]uintptr
}

// StartMark begins a collection. Between it and [Heap.Sweep] only Mark, MarkRange, MarkWord, Drain, Marked and Find may be called.
func (h *Heap) StartMark() {
	h.dropVictim()
	h.marks = markStack{}
	b, size := h.largestFree()
	if size < 4*minBlock {
		return
	}
	// The block's header, second link and last word stay intact.
	h.marks.bottom = b + 4*wordBytes
	h.marks.top = h.marks.bottom
	h.marks.end = b + size - wordBytes
}

// Mark keeps the object that p points into, if any, and later what it points to.
func (h *Heap) Mark(p uintptr) {
	if b := h.blockOf(p); b != 0 {
		h.markBlock(b)
	}
}

func (h *Heap) markBlock(b uintptr) {
	flags := load(b)
	if flags&marked != 0 {
		return
	}
	typ := typeOf(b)
	if typ != NoPointers && typ != Pinned && !h.marks.push(b) {
		flags |= grey
		if h.marks.overflow == 0 || b < h.marks.overflow {
			h.marks.overflow = b
		}
	}
	store(b, flags|marked)
}

// MarkRange marks from every aligned word in [start, end), as for stacks and global data. A word that points just past an object
// keeps that object too, because optimised loops step a pointer past the end before they use it with a negative offset.
func (h *Heap) MarkRange(start, end uintptr) {
	start = (start + wordBytes - 1) &^ (wordBytes - 1)
	for p := start; p+wordBytes <= end; p += wordBytes {
		h.MarkWord(load(p))
	}
}

// MarkWord is Mark for a word that may or may not be a pointer, as MarkRange treats them.
func (h *Heap) MarkWord(w uintptr) {
	if w < h.lowest || w > h.highest {
		return
	}
	b := h.blockOf(w)
	if b == 0 && w%granule == 0 {
		b = h.blockOf(w - 1)
	}
	if b != 0 {
		h.markBlock(b)
	}
}

// Marked reports whether the object that p points into is marked. Only between Drain and Sweep does false mean that it dies.
func (h *Heap) Marked(p uintptr) bool {
	b := h.blockOf(p)
	return b != 0 && load(b)&marked != 0
}

// Drain follows the pointers of all marked objects until everything they reach is marked. The Heap does not keep scan: it has no
// field that is a pointer, so that the collector need not look at it.
func (h *Heap) Drain(scan Scanner) {
	h.drainStack(scan)
	for h.marks.overflow != 0 {
		from := h.marks.overflow
		h.marks.overflow = 0
		for i := range h.regions {
			h.scanGrey(scan, &h.regions[i], from)
		}
	}
}

func (h *Heap) drainStack(scan Scanner) {
	for {
		b := h.marks.pop()
		if b == 0 {
			return
		}
		h.scanBlock(scan, b)
	}
}

func (h *Heap) scanBlock(scan Scanner, b uintptr) {
	scan(h, typeOf(b), b+headerBytes, sizeOf(b)-headerBytes)
}

// scanGrey scans the grey blocks of the region from address from on. A block that turns grey behind the walk sets overflow again.
func (h *Heap) scanGrey(scan Scanner, r *region, from uintptr) {
	if r.end <= from || r.first == r.end {
		return
	}
	b := r.first
	if from > b {
		b = from
	}
	for ; b < r.end; b += sizeOf(b) {
		if load(b)&grey != 0 {
			clearFlag(b, grey)
			h.scanBlock(scan, b)
			h.drainStack(scan)
		}
	}
}

func (m *markStack) push(b uintptr) bool {
	switch {
	case m.bottom == 0:
		if m.count == len(m.small) {
			return false
		}
		m.small[m.count] = b
		m.count++
	case m.top == m.end:
		return false
	default:
		store(m.top, b)
		m.top += wordBytes
	}
	return true
}

// pop returns the block pushed last, or 0.
func (m *markStack) pop() uintptr {
	if m.bottom == 0 {
		if m.count == 0 {
			return 0
		}
		m.count--
		return m.small[m.count]
	}
	if m.top == m.bottom {
		return 0
	}
	m.top -= wordBytes
	return load(m.top)
}
