package heap

// Sweep ends a collection: every object that is not marked is freed, neighbours are joined, the lists are built anew in address order
// and all marks are taken away. Time is proportional to the number of blocks.
func (h *Heap) Sweep() {
	h.nonEmpty = [classWords]uint32{}
	clearWords(h.heads, h.heads+(classOf(h.limit>>granuleShift)+1)*wordBytes)
	h.victim, h.victimEnd = 0, 0
	h.stats.Collections++
	h.stats.InUse = 0
	for i := range h.regions {
		h.sweepRegion(&h.regions[i])
	}
}

// sweepRegion walks the blocks; run is the start of the dead and free blocks just before b, or 0.
func (h *Heap) sweepRegion(r *region) {
	run := uintptr(0)
	for b := r.first; b < r.end; {
		flags := load(b)
		size := flags &^ flagBits
		if flags&allocated != 0 && (flags&marked != 0 || typeOf(b) == Pinned) {
			store(b, size|allocated)
			if run != 0 {
				h.release(run, b-run)
				run = 0
			}
			h.stats.InUse += size
		} else {
			if flags&allocated != 0 {
				r.clearStart(b)
				h.stats.Frees++
			}
			if run == 0 {
				run = b
			}
		}
		b += size
	}
	if run != 0 {
		h.release(run, r.end-run)
	}
}
