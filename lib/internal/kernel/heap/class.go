package heap

import "math/bits"

const (
	exactClasses = 8 // a class below this holds blocks of exactly that many granules
	classWords   = 4 // 128 classes: blocks of up to 2^31 granules
	fitTries     = 8 // blocks looked at in the class of the request itself, whose blocks may be too small
)

// classOf is the list in which a block of g granules is: g itself below 8, then four per power of two.
func classOf(g uintptr) uintptr {
	if g < exactClasses {
		return g
	}
	top := topBit(g)
	return (top-1)*4 + g>>(top-2)&3
}

func (h *Heap) head(class uintptr) uintptr { return load(h.heads + class*wordBytes) }

func (h *Heap) setHead(class, b uintptr) { store(h.heads+class*wordBytes, b) }

// release makes size bytes at b a free block. Neither neighbour is free, and the successor must be a block already.
func (h *Heap) release(b, size uintptr) {
	class := classOf(size >> granuleShift)
	head := h.head(class)
	store(b, size)
	setNext(b, head)
	setPrev(b, 0)
	store(b+size-wordBytes, size)
	setFlag(b+size, prevFree)
	if head != 0 {
		setPrev(head, b)
	} else {
		h.nonEmpty[class/32] |= 1 << (class % 32)
	}
	h.setHead(class, b)
}

// unlink takes the free block b of the class out of its list. Its header is left as it is.
func (h *Heap) unlink(b, class uintptr) {
	next, prev := nextOf(b), prevOf(b)
	if next != 0 {
		setPrev(next, prev)
	}
	if prev != 0 {
		setNext(prev, next)
		return
	}
	h.setHead(class, next)
	if next == 0 {
		h.nonEmpty[class/32] &^= 1 << (class % 32)
	}
}

// take unlinks a free block of at least size bytes and returns it, or 0.
func (h *Heap) take(size uintptr) uintptr {
	class := classOf(size >> granuleShift)
	b := h.head(class)
	for tries := 0; b != 0 && tries < fitTries; tries++ {
		if sizeOf(b) >= size {
			h.unlink(b, class)
			return b
		}
		b = nextOf(b)
	}
	if class = h.nextClass(class + 1); class == noClass {
		return 0
	}
	b = h.head(class)
	h.unlink(b, class)
	return b
}

const noClass = ^uintptr(0)

// nextClass is the first class from class on that has a block.
func (h *Heap) nextClass(class uintptr) uintptr {
	i := class / 32
	if i >= classWords {
		return noClass
	}
	w := h.nonEmpty[i] >> (class % 32) << (class % 32)
	for w == 0 {
		if i++; i == classWords {
			return noClass
		}
		w = h.nonEmpty[i]
	}
	return i*32 + uintptr(bits.TrailingZeros32(w))
}
