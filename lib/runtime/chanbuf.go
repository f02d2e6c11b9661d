//go:build mote

package runtime

import "unsafe"

// The buffer of a channel.

// after is the slot in the ring that follows the one at p.
//
// Safety: p is a slot of the buffer, or nil when elements have no size.
//
//mote:unchecked
func (c *hchan) after(p unsafe.Pointer) unsafe.Pointer {
	if p = unsafe.Add(p, c.elemsize); p == c.end {
		return c.buf
	}
	return p
}

// move copies an element.
//
//mote:unchecked
func (c *hchan) move(to, from unsafe.Pointer) {
	if n := c.elemsize; n <= fastElem {
		copySmall(to, from, n)
	} else {
		memmove(to, from, n)
	}
}

// put appends the element at elem to the buffer, which has room.
//
//mote:unchecked
func (c *hchan) put(elem unsafe.Pointer, m maskState) {
	p := c.sendp
	c.sendp = c.after(p)
	c.count++
	c.filling++
	c.exhale(m)
	c.move(p, elem)
	c.inhale()
	c.filling--
}

// canTake reports whether take can be called: not in the middle of an operation that a handler has interrupted.
func (c *hchan) canTake() bool { return c.count > 0 && c.filling == 0 && !c.emptying }

// take moves the first element of the buffer to elem unless that is nil, and clears its slot.
//
//mote:unchecked
func (c *hchan) take(elem unsafe.Pointer, m maskState) {
	p := c.recvp
	c.emptying = true
	c.exhale(m)
	if elem != nil {
		c.move(elem, p)
	}
	if c.mode&chanPointers != 0 {
		memclr(p, c.elemsize)
	}
	c.inhale()
	c.emptying = false
	c.recvp = c.after(p)
	c.count--
}

// drain empties the buffer. It reports whether there was anything in it.
func (c *hchan) drain() bool {
	had := c.count > 0
	for c.count > 0 {
		c.take(nil, maskState{})
	}
	return had
}
