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

// breathe lets handlers run in the middle of an operation. The channel may have changed then, but only through them.
func (c *hchan) breathe(m maskState) {
	c.exhale(m)
	c.inhale()
}

func (c *hchan) exhale(m maskState) {
	if !c.locked() {
		unmask(m)
	}
}

func (c *hchan) inhale() {
	if !c.locked() {
		mask()
	}
}

// ready makes gp ready during an operation.
func (c *hchan) ready(gp *g) {
	if c.locked() {
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
//
//mote:unchecked
func (c *hchan) dequeue(q *waitQueue, m maskState) *waiter {
	for {
		w := q.pop()
		if w == nil || w.sel == nil || c.claim(w) {
			return w
		}
		c.breathe(m) // there may be many
	}
}

// claim chooses w for its select. It reports false if another one was chosen.
func (c *hchan) claim(w *waiter) bool {
	if !c.locked() {
		return w.sel.choose(w)
	}
	m := mask() // other cases may be channels of handlers
	won := w.sel.choose(w)
	unmask(m)
	return won
}

// handOver copies an element between the running goroutine and a waiter that it has dequeued, and makes that one ready.
//
//mote:unchecked
func (c *hchan) handOver(w *waiter, to, from unsafe.Pointer, m maskState) {
	c.exhale(m)
	if to != nil {
		c.move(to, from)
	}
	w.success = true
	c.inhale()
	c.ready(w.g)
}

// trysend sends what elem points to if that is possible at once. After enter; c is open.
//
//mote:unchecked
func (c *hchan) trysend(elem unsafe.Pointer, m maskState) bool {
	if w := c.dequeue(&c.recvq, m); w != nil {
		c.handOver(w, w.elem, elem, m)
		return true
	}
	if c.count < c.size {
		c.put(elem, m)
		return true
	}
	return false
}

// tryrecv receives into elem (nil: drops the value) if that is possible at once. received is false when that is because c is closed.
// After enter.
//
//mote:unchecked
func (c *hchan) tryrecv(elem unsafe.Pointer, m maskState) (done, received bool) {
	if c.count > 0 {
		if !c.canTake() {
			return false, false
		}
		c.take(elem, m)
		c.refill(m)
		return true, true
	}
	if w := c.dequeue(&c.sendq, m); w != nil {
		c.handOver(w, elem, w.elem, m)
		return true, true
	}
	if c.closed() {
		if elem != nil {
			c.exhale(m)
			memclr(elem, c.elemsize)
			c.inhale()
		}
		return true, false
	}
	return false, false
}

// refill moves the element of the first sender that waits into the room that the buffer has, unless a handler is faster.
//
//mote:unchecked
func (c *hchan) refill(m maskState) {
	for c.sendq.first != nil {
		c.breathe(m)
		w := c.sendq.first
		if w == nil || c.count == c.size {
			return
		}
		c.sendq.popFirst(w)
		if w.sel != nil && !c.claim(w) {
			continue // there may be many
		}
		c.put(w.elem, m)
		c.breathe(m)
		w.success = true
		c.ready(w.g)
		return
	}
}

// wait blocks the running goroutine in q and reports whether a communication woke it. After enter, which it ends, and with the scheduler
// started.
//
//mote:unchecked
func (c *hchan) wait(q *waitQueue, elem unsafe.Pointer, reason waitReason, m maskState) bool {
	var self waiter
	w := (*waiter)(noescape(unsafe.Pointer(&self))) // whoever wakes it has taken it out of q
	w.g = getg()
	w.elem = elem
	q.push(w)
	if !c.locked() {
		unmask(m)
		m = mask()
		if w.success { // a handler was faster
			unmask(m)
			unlockSched()
			return true
		}
		schedState.lock = 0
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

// startToWait starts the scheduler for an operation that has to wait and will begin again. It ends this one.
func (c *hchan) startToWait(m maskState) {
	if !c.locked() {
		unmask(m)
	}
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
	if c.closed() {
		c.exit(m)
		panicSendClosed()
	}
	return m
}

// chanrecv receives into elem, nil to drop the value. Without block it gives up instead of waiting: selected is false then.
// received is false when c is closed and empty.
//
//go:noinline
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

func chansend1(c *hchan, elem unsafe.Pointer) {
	if c == nil || !c.sendFast(elem) {
		c.sendSlow(elem)
	}
}

//go:noinline
func (c *hchan) sendSlow(elem unsafe.Pointer) {
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

func chanrecv1(c *hchan, elem unsafe.Pointer) {
	if c == nil || elem == nil || !c.recvFast(elem) {
		chanrecv(c, elem, true)
	}
}

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
