//go:build mote

package runtime

import "unsafe"

// Channels. One whose elements are small can be used by interrupt handlers, so its operations mask them, for the time of a copy of
// smallElem bytes and a few queue operations. The others, and those that timers send on, are for goroutines only and take the kernel
// lock: copying the element is what bounds their length.

// hchan is a channel.
type hchan struct {
	count    uint           // elements in buf
	size     uint           // of buf, in elements
	buf      unsafe.Pointer // ring of size elements
	elemtype *_type
	elemsize uintptr
	sendx    uint // index of the next element to put into buf
	recvx    uint // index of the next one to take
	recvq    waitQueue
	sendq    waitQueue
	timer    *timer // that sends on it, see timer.go
	closed   bool
	locked   bool  // under lockSched instead of mask
	words    uint8 // of an element, when it consists of words and is small
	pointers bool  // in elements
}

// smallElem is the size up to which elements are copied under mask.
const smallElem = 32

// enter begins an operation.
func (c *hchan) enter() maskState {
	if c.locked {
		lockSched()
		return maskState{}
	}
	return mask()
}

// exit ends it, with a switch to what has become ready.
func (c *hchan) exit(m maskState) {
	if c.locked {
		unlockSched()
	} else {
		unmaskSwitch(m)
	}
}

// ready makes gp ready during an operation.
func (c *hchan) ready(gp *g) {
	if c.locked {
		goready(gp)
	} else {
		readyMasked(gp)
	}
}

// timerHookChannel is timerChannel once a timer with a channel exists: a program without timers does not link them.
var timerHookChannel func(t *timer, what uint8)

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
	c.elemtype = t.Elem
	c.elemsize = t.Elem.Size_
	c.pointers = t.Elem.PtrBytes != 0
	c.locked = c.elemsize > smallElem
	if !c.locked && t.Elem.Align_%4 == 0 {
		c.words = uint8(c.elemsize / 4)
	}
	if size > 0 && t.Elem.Size_ > 0 {
		c.buf = newarray(t.Elem, size)
	}
	return c
}

// maxChanBytes bounds the buffer of a channel as newarray does; beyond it makechan has its own message.
const maxChanBytes = 1<<31 - 1

// slot is the address of element i of the buffer.
//
// Safety: i is below size.
func (c *hchan) slot(i uint) unsafe.Pointer { return add(c.buf, uintptr(i)*c.elemsize) }

// after is the index in the ring that follows i.
func (c *hchan) after(i uint) uint {
	if i++; i == c.size {
		return 0
	}
	return i
}

// move copies an element.
//
// Safety: words is the size of what both point to, aligned to words, unless it is 0.
func (c *hchan) move(to, from unsafe.Pointer) {
	n := uintptr(c.words)
	if n == 0 {
		memmove(to, from, c.elemsize)
		return
	}
	for i := uintptr(0); i < n; i++ {
		*(*uint32)(unsafe.Add(to, i*4)) = *(*uint32)(unsafe.Add(from, i*4))
		barrier() // or LLVM calls memmove
	}
}

// put appends the element at elem to the buffer, which has room.
func (c *hchan) put(elem unsafe.Pointer) {
	c.move(c.slot(c.sendx), elem)
	c.sendx = c.after(c.sendx)
	c.count++
}

// take moves the first element of the buffer, which has one, to elem unless that is nil, and clears its slot.
func (c *hchan) take(elem unsafe.Pointer) {
	slot := c.slot(c.recvx)
	if elem != nil {
		c.move(elem, slot)
	}
	if c.pointers {
		memclr(slot, c.elemsize)
	}
	c.recvx = c.after(c.recvx)
	c.count--
}

// drain empties the buffer. It reports whether there was anything in it.
func (c *hchan) drain() bool {
	had := c.count > 0
	for c.count > 0 {
		c.take(nil)
	}
	return had
}

// look gives the timer of c, if it has one, the chance to send what is due.
func (c *hchan) look() { c.tellTimer(timerLook) }

func (c *hchan) tellTimer(what uint8) {
	if c.timer != nil {
		callTimerHook(c.timer, what)
	}
}

// callTimerHook calls timerHookChannel, which is timerChannel (compiler/stack/known.go).
//
//go:noinline
func callTimerHook(t *timer, what uint8) { timerHookChannel(t, what) }

// dequeue removes the first waiter of q that is still to be had: one in a select may have been chosen through another case.
func (c *hchan) dequeue(q *waitQueue, m maskState) *waiter {
	for {
		w := q.pop()
		if w == nil || w.sel == nil || c.claim(w) {
			return w
		}
		if !c.locked { // there may be many
			unmask(m)
			mask()
		}
	}
}

// claim chooses w for its select. It reports false if another one was chosen.
func (c *hchan) claim(w *waiter) bool {
	if !c.locked {
		return w.sel.choose(w)
	}
	m := mask() // other cases may be small channels
	won := w.sel.choose(w)
	unmask(m)
	return won
}

// trysend sends what elem points to if that is possible at once. After enter; c is open.
func (c *hchan) trysend(elem unsafe.Pointer, m maskState) bool {
	if c.recvq.first != nil {
		if w := c.dequeue(&c.recvq, m); w != nil {
			if w.elem != nil {
				c.move(w.elem, elem)
			}
			w.success = true
			c.ready(w.g)
			return true
		}
	}
	if c.count < c.size {
		c.put(elem)
		return true
	}
	return false
}

// tryrecv receives into elem (nil: drops the value) if that is possible at once. received is false when that is because c is closed.
// After enter.
func (c *hchan) tryrecv(elem unsafe.Pointer, m maskState) (done, received bool) {
	if c.count > 0 {
		c.take(elem)
		if c.sendq.first != nil {
			if w := c.dequeue(&c.sendq, m); w != nil {
				c.put(w.elem)
				w.success = true
				c.ready(w.g)
			}
		}
		return true, true
	}
	if c.sendq.first != nil {
		if w := c.dequeue(&c.sendq, m); w != nil {
			if elem != nil {
				c.move(elem, w.elem)
			}
			w.success = true
			c.ready(w.g)
			return true, true
		}
	}
	if c.closed {
		if elem != nil {
			memclr(elem, c.elemsize)
		}
		return true, false
	}
	return false, false
}

// wait blocks the running goroutine in q and reports whether a communication woke it. After enter, which it ends, and with the scheduler
// started.
func (c *hchan) wait(q *waitQueue, elem unsafe.Pointer, reason waitReason, m maskState) bool {
	var self waiter
	w := (*waiter)(noescape(unsafe.Pointer(&self))) // whoever wakes it has taken it out of q
	w.g = curg
	w.elem = elem
	q.push(w)
	if !c.locked {
		parkMasked(reason, m)
		return w.success
	}
	c.tellTimer(timerBlock)
	park(reason)
	if c.timer != nil {
		lockSched()
		c.tellTimer(timerUnblock)
		unlockSched()
	}
	return w.success
}

// startToWait starts the scheduler for an operation that has to wait, and lets it begin again.
func (c *hchan) startToWait(m maskState) {
	c.exit(m)
	lockSched()
	schedstart()
	unlockSched()
}

// waitForever blocks the running goroutine for good.
func waitForever(reason waitReason) {
	for {
		lockSched()
		park(reason)
	}
}

func panicSendClosed() { panic(plainError("send on closed channel")) }

// enterToSend is enter for a send on c, which must be open.
func (c *hchan) enterToSend() maskState {
	m := c.enter()
	if c.closed {
		c.exit(m)
		panicSendClosed()
	}
	return m
}

// chanrecv receives into elem, nil to drop the value. Without block it gives up instead of waiting: selected is false then.
// received is false when c is closed and empty.
func chanrecv(c *hchan, elem unsafe.Pointer, block bool) (selected, received bool) {
	if c == nil {
		if !block {
			return false, false
		}
		waitForever(waitChanReceiveNil)
	}
	for {
		m := c.enter()
		c.look()
		done, received := c.tryrecv(elem, m)
		if done || !block {
			c.exit(m)
			return done, received
		}
		if kern.started {
			return true, c.wait(&c.recvq, elem, waitChanReceive, m)
		}
		c.startToWait(m)
	}
}

// closechan closes c: all that wait on it go on.
func closechan(c *hchan) {
	if c == nil {
		panic(plainError("close of nil channel"))
	}
	lockSched()
	if c.closed {
		unlockSched()
		panic(plainError("close of closed channel"))
	}
	c.closed = true
	for c.release(&c.recvq) || c.release(&c.sendq) {
	}
	unlockSched()
}

// release lets one waiter of q go on, without a communication. It reports whether there was one. With the lock held.
func (c *hchan) release(q *waitQueue) bool {
	m := c.enter()
	w := c.dequeue(q, m)
	if w != nil {
		if w.elem != nil && q == &c.recvq {
			memclr(w.elem, c.elemsize)
		}
		c.ready(w.g)
	}
	c.exit(m)
	return w != nil
}

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

// The forms that compiled code calls.

func chansend1(c *hchan, elem unsafe.Pointer) {
	if c == nil {
		waitForever(waitChanSendNil)
	}
	for {
		m := c.enterToSend()
		if c.trysend(elem, m) {
			c.exit(m)
			return
		}
		if kern.started {
			if !c.wait(&c.sendq, elem, waitChanSend, m) {
				panicSendClosed()
			}
			return
		}
		c.startToWait(m)
	}
}

func chanrecv1(c *hchan, elem unsafe.Pointer) { chanrecv(c, elem, true) }

func chanrecv2(c *hchan, elem unsafe.Pointer) bool {
	_, received := chanrecv(c, elem, true)
	return received
}

// selectnbsend is a select with one send and a default. Timers send with it, also from within receive operations: it shares no
// function that waits with chansend1, so that the analysis of stack depths sees no recursion.
func selectnbsend(c *hchan, elem unsafe.Pointer) bool {
	if c == nil {
		return false
	}
	m := c.enterToSend()
	sent := c.trysend(elem, m)
	c.exit(m)
	return sent
}

// selectnbrecv is a select with one receive and a default.
func selectnbrecv(elem unsafe.Pointer, c *hchan) (selected, received bool) {
	return chanrecv(c, elem, false)
}

// block is an empty select.
func block() { waitForever(waitSelectNoCases) }
