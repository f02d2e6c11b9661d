//go:build mote

package runtime

import "unsafe"

// Channels. Goroutines exclude each other by the kernel lock, and interrupt handlers, which may use channels too, by masks around the few
// instructions that change queues and counters. Elements are copied without a mask: a slot of the buffer that is being filled counts
// already but is not received from, one that is being emptied counts still. Only fastElem bytes or less are copied under a mask, in the
// operations that are over then. The channels of timers are for goroutines alone.

// hchan is a channel.
type hchan struct {
	count    uint           // elements in the buffer
	size     uint           // of the buffer, in elements
	sendp    unsafe.Pointer // slot of the next element to put into the buffer
	recvp    unsafe.Pointer // slot of the next one to take
	buf, end unsafe.Pointer // the buffer is a ring
	elemsize uintptr
	recvq    waitQueue
	sendq    waitQueue
	timer    *timer // that sends on it, see timer.go
	mode     uint8
	filling  uint8 // slots that are being filled; more than one when handlers interrupt each other
	emptying bool  // the first slot is being emptied
}

// Bits of hchan.mode.
const (
	chanIsClosed = 1 << iota
	chanLocked   // under lockSched without masks
	chanPointers // in elements
)

// fastElem is the size up to which elements may be copied under mask.
const fastElem = 16

func (c *hchan) closed() bool { return c.mode&chanIsClosed != 0 }
func (c *hchan) locked() bool { return c.mode&chanLocked != 0 }

// enter begins an operation, in a handler too.
func (c *hchan) enter() (m maskState) {
	lockSched()
	if !c.locked() {
		m = mask()
	}
	return m
}

// exit ends it, with a switch to what has become ready.
func (c *hchan) exit(m maskState) {
	if !c.locked() {
		unmask(m)
	}
	unlockSched()
}

// ready makes gp ready during an operation.
//
//mote:unchecked
func (c *hchan) ready(gp *g) {
	if c.locked() {
		goready(gp)
	} else {
		readyMasked(gp)
	}
}

func makechan64(t *chantype, size int64) *hchan {
	if int64(int(size)) != size {
		panic(plainError("makechan: size out of range"))
	}
	return makechan(t, int(size))
}

// makechan makes a channel with room for size elements.
func makechan(t *chantype, size int) *hchan {
	if size < 0 || uint64(size)*uint64(t.Elem.Size_) > maxChanBytes {
		panic(plainError("makechan: size out of range"))
	}
	c := new(hchan)
	c.size = uint(size)
	c.elemsize = t.Elem.Size_
	if t.Elem.PtrBytes != 0 {
		c.mode |= chanPointers
	}
	if size > 0 && t.Elem.Size_ > 0 {
		c.buf = newarray(t.Elem, size)
		c.end = unsafe.Add(c.buf, uintptr(size)*c.elemsize)
		c.sendp, c.recvp = c.buf, c.buf
	}
	return c
}

// maxChanBytes bounds the buffer of a channel as newarray does; beyond it makechan has its own message.
const maxChanBytes = 1<<31 - 1

// chanlen is len(c). The channel of a timer looks unbuffered.
func chanlen(c *hchan) int {
	if c == nil || c.timer != nil {
		return 0
	}
	return int(c.count)
}

// chancap is cap(c).
func chancap(c *hchan) int {
	if c == nil || c.timer != nil {
		return 0
	}
	return int(c.size)
}

// closechan closes c: all that wait on it go on.
func closechan(c *hchan) {
	if c == nil {
		panic(plainError("close of nil channel"))
	}
	lockSched()
	if c.closed() {
		unlockSched()
		panic(plainError("close of closed channel"))
	}
	c.mode |= chanIsClosed
	for c.release(&c.recvq) || c.release(&c.sendq) {
	}
	unlockSched()
}

// release lets one waiter of q go on, without a communication. It reports whether there was one. With the lock held.
//
//mote:unchecked
func (c *hchan) release(q *waitQueue) bool {
	m := c.enter()
	w := c.dequeue(q, m)
	if w != nil {
		if w.elem != nil && q == &c.recvq {
			c.exhale(m)
			memclr(w.elem, c.elemsize)
			c.inhale()
		}
		c.ready(w.g)
	}
	c.exit(m)
	return w != nil
}
