package heap

// Free gives back the object at p, which came from Alloc or AllocPinned, and joins its block with free neighbours. Bounded time.
func (h *Heap) Free(p uintptr) {
	b := p - headerBytes
	size := sizeOf(b)
	h.clearStart(b)
	h.stats.InUse -= size
	h.join(b, size)
}

// join makes a free block of the size bytes at b and of the free blocks before and after it. b still has its prevFree flag.
func (h *Heap) join(b, size uintptr) {
	if next := b + size; load(next)&allocated == 0 {
		h.unlink(next, classOf(sizeOf(next)>>granuleShift))
		size += sizeOf(next)
	}
	if load(b)&prevFree != 0 {
		before := load(b - wordBytes)
		b -= before
		h.unlink(b, classOf(before>>granuleShift))
		size += before
	}
	h.release(b, size)
}
