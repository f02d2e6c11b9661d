//go:build mote

package runtime

import "unsafe"

// Channels. Every operation takes the kernel lock once; copying the element is what bounds its length.

// hchan is a channel.
type hchan struct {
	count    uint           // elements in buf
	size     uint           // of buf, in elements
	buf      unsafe.Pointer // ring of size elements
	elemtype *_type
	sendx    uint // index of the next element to put into buf
	recvx    uint // index of the next one to take
	recvq    waitQueue
	sendq    waitQueue
	timer    *timer // that sends on it, see timer.go
	closed   bool
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
func (c *hchan) slot(i uint) unsafe.Pointer { return add(c.buf, uintptr(i)*c.elemtype.Size_) }

// after is the index in the ring that follows i.
func (c *hchan) after(i uint) uint {
	if i++; i == c.size {
		return 0
	}
	return i
}

func (c *hchan) move(to, from unsafe.Pointer) { memmove(to, from, c.elemtype.Size_) }

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
	if c.elemtype.PtrBytes != 0 {
		memclr(slot, c.elemtype.Size_)
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
func dequeue(q *waitQueue) *waiter {
	for {
		w := q.pop()
		if w == nil || w.sel == nil {
			return w
		}
		if w.sel.chosen == nil {
			w.sel.chosen = w
			return w
		}
	}
}

// trysend sends what elem points to if that is possible at once. With the lock held; c is open.
func (c *hchan) trysend(elem unsafe.Pointer) bool {
	if w := dequeue(&c.recvq); w != nil {
		if w.elem != nil {
			c.move(w.elem, elem)
		}
		w.success = true
		goready(w.g)
		return true
	}
	if c.count < c.size {
		c.put(elem)
		return true
	}
	return false
}

// tryrecv receives into elem (nil: drops the value) if that is possible at once. received is false when that is because c is closed.
// With the lock held.
func (c *hchan) tryrecv(elem unsafe.Pointer) (done, received bool) {
	if c.count > 0 {
		c.take(elem)
		if w := dequeue(&c.sendq); w != nil {
			c.put(w.elem)
			w.success = true
			goready(w.g)
		}
		return true, true
	}
	if w := dequeue(&c.sendq); w != nil {
		if elem != nil {
			c.move(elem, w.elem)
		}
		w.success = true
		goready(w.g)
		return true, true
	}
	if c.closed {
		if elem != nil {
			memclr(elem, c.elemtype.Size_)
		}
		return true, false
	}
	return false, false
}

// wait blocks the running goroutine in q and reports whether a communication woke it. With the lock held; releases it.
func (c *hchan) wait(q *waitQueue, elem unsafe.Pointer, reason waitReason) bool {
	var self waiter
	w := (*waiter)(noescape(unsafe.Pointer(&self))) // whoever wakes it has taken it out of q
	w.g = curg
	w.elem = elem
	q.push(w)
	c.tellTimer(timerBlock)
	park(reason)
	if c.timer != nil {
		lockSched()
		c.tellTimer(timerUnblock)
		unlockSched()
	}
	return w.success
}

// waitForever blocks the running goroutine for good.
func waitForever(reason waitReason) {
	for {
		lockSched()
		park(reason)
	}
}

func panicSendClosed() { panic(plainError("send on closed channel")) }

// lockToSend takes the lock for a send on c, which must be open.
func (c *hchan) lockToSend() {
	lockSched()
	if c.closed {
		unlockSched()
		panicSendClosed()
	}
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
	lockSched()
	c.look()
	done, received := c.tryrecv(elem)
	if done || !block {
		unlockSched()
		return done, received
	}
	return true, c.wait(&c.recvq, elem, waitChanReceive)
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
	for w := dequeue(&c.recvq); w != nil; w = dequeue(&c.recvq) {
		if w.elem != nil {
			memclr(w.elem, c.elemtype.Size_)
		}
		goready(w.g)
	}
	for w := dequeue(&c.sendq); w != nil; w = dequeue(&c.sendq) {
		goready(w.g)
	}
	unlockSched()
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
	c.lockToSend()
	if c.trysend(elem) {
		unlockSched()
		return
	}
	if !c.wait(&c.sendq, elem, waitChanSend) {
		panicSendClosed()
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
	c.lockToSend()
	sent := c.trysend(elem)
	unlockSched()
	return sent
}

// selectnbrecv is a select with one receive and a default.
func selectnbrecv(elem unsafe.Pointer, c *hchan) (selected, received bool) {
	return chanrecv(c, elem, false)
}

// block is an empty select.
func block() { waitForever(waitSelectNoCases) }
