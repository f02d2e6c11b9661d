//go:build mote

package runtime

import "unsafe"

// The most frequent operations on channels, each under a mask from its beginning to its end or, with a receiver to wake, nearly so.

// sendFast sends a small element when that is possible at once without finding out more. Everything else is sendSlow's. Only for goroutines.
//
//mote:unchecked
func (c *hchan) sendFast(elem unsafe.Pointer) bool {
	m := mask()
	if c.mode&^chanPointers != 0 || c.elemsize > fastElem {
		unmask(m)
		return false
	}
	if w := c.recvq.first; w != nil {
		if w.sel != nil || w.elem == nil {
			unmask(m)
			return false
		}
		c.recvq.popFirst(w)
		if multicore { // where nobody enters the kernel under mask
			copySmall(w.elem, elem, c.elemsize)
			w.success = true
			readyMasked(w.g)
			unmask(m)
			return true
		}
		lockSched()
		unmask(m)
		copySmall(w.elem, elem, c.elemsize)
		w.success = true
		m = mask()
		readyMasked(w.g)
		unmask(m)
		unlockSched()
		return true
	}
	if c.count >= c.size {
		unmask(m)
		return false
	}
	p := c.sendp
	copySmall(p, elem, c.elemsize)
	c.sendp = c.after(p)
	c.count++
	unmask(m)
	return true
}

// recvFast receives a small element without pointers from the buffer when no sender waits. Everything else is chanrecv's. Only for
// goroutines.
//
//mote:unchecked
func (c *hchan) recvFast(elem unsafe.Pointer) bool {
	m := mask()
	if c.mode&^chanIsClosed != 0 || c.count == 0 || c.sendq.first != nil || c.elemsize > fastElem {
		unmask(m)
		return false
	}
	p := c.recvp
	copySmall(elem, p, c.elemsize)
	c.recvp = c.after(p)
	c.count--
	unmask(m)
	return true
}
