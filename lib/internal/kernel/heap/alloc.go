package heap

// smallBlock is the largest block that is cut from the victim before the lists are searched, in bytes.
const smallBlock = 32 * granule

// Alloc returns the address of at least size bytes, aligned to the granule, with the type word typ, or 0 when no free block is large
// enough. The memory is not cleared; [Heap.Usable] tells how much there is. Bounded time.
func (h *Heap) Alloc(size, typ uintptr) uintptr {
	if size > h.limit {
		return 0
	}
	size = alignUp(size + headerBytes)
	if size < minBlock {
		size = minBlock
	}
	b := h.place(size)
	if b == 0 {
		return 0
	}
	store(b+wordBytes, typ)
	h.setStart(b)
	h.stats.count(sizeOf(b))
	return b + headerBytes
}

// Usable is the size of the allocated object at p: what was asked for, rounded up to what its block has.
func Usable(p uintptr) uintptr { return sizeOf(p-headerBytes) - headerBytes }

// Block is the size of the block of the object at p: what it takes from the heap, header included.
func Block(p uintptr) uintptr { return sizeOf(p - headerBytes) }

// place finds a block of size bytes and sets its size word.
func (h *Heap) place(size uintptr) uintptr {
	if size < exactClasses*granule {
		class := size >> granuleShift
		if b := h.head(class); b != 0 {
			h.unlink(b, class)
			h.occupy(b)
			return b
		}
	}
	if size <= smallBlock && h.victimEnd-h.victim >= size {
		return h.cutVictim(size)
	}
	b := h.take(size)
	if b == 0 {
		if h.victimEnd-h.victim >= size {
			return h.cutVictim(size)
		}
		return 0
	}
	h.occupy(b)
	h.splitTail(b, size)
	return b
}

// occupy makes the unlinked free block b allocated, whole. Its predecessor is not free: they would be one block.
func (h *Heap) occupy(b uintptr) {
	size := sizeOf(b)
	store(b, size|allocated)
	clearFlag(b+size, prevFree)
}

// splitTail gives back what the allocated block b has beyond size. The rest of a small block becomes the victim when it is larger.
func (h *Heap) splitTail(b, size uintptr) {
	rest := sizeOf(b) - size
	if rest < minBlock {
		return
	}
	store(b, size|load(b)&flagBits)
	b += size
	if size <= smallBlock && rest > h.victimEnd-h.victim {
		h.dropVictim()
		store(b, rest|allocated)
		store(b+wordBytes, NoPointers)
		h.victim, h.victimEnd = b, b+rest
		return
	}
	h.release(b, rest)
}

// dropVictim puts what is left of the victim into its list.
func (h *Heap) dropVictim() {
	b := h.victim
	if b == 0 {
		return
	}
	size := h.victimEnd - b
	h.victim, h.victimEnd = 0, 0
	h.join(b, size)
}

// cutVictim allocates size bytes at the start of the victim, which has them.
func (h *Heap) cutVictim(size uintptr) uintptr {
	b := h.victim
	flags := load(b) & prevFree
	rest := h.victimEnd - b - size
	if rest < minBlock {
		size += rest
		h.victim, h.victimEnd = 0, 0
	} else {
		h.victim = b + size
		store(b+size, rest|allocated)
		store(b+size+wordBytes, NoPointers)
	}
	store(b, size|allocated|flags)
	return b
}

// AllocPinned returns size bytes that only [Heap.Free] gives back, or 0. It takes them from the end of a free block, so that
// long-lived stacks do not lie between short-lived objects.
func (h *Heap) AllocPinned(size uintptr) uintptr {
	if size > h.limit {
		return 0
	}
	size = max(alignUp(size+headerBytes), minBlock)
	h.dropVictim()
	b := h.take(size)
	if b == 0 {
		return 0
	}
	h.occupy(b)
	if rest := sizeOf(b) - size; rest >= minBlock {
		low := b
		b += rest
		store(b, size|allocated)
		h.release(low, rest)
	}
	store(b+wordBytes, Pinned)
	h.setStart(b)
	h.stats.InUse += sizeOf(b)
	return b + headerBytes
}
