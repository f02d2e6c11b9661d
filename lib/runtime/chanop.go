//go:build mote

package runtime

import "unsafe"

// What sending and receiving is made of: what can be done at once, handing over to who waits, and waiting.

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
	if c.count == 0 {
		if w := c.dequeue(&c.sendq, m); w != nil {
			c.handOver(w, elem, w.elem, m)
			return true, true
		}
	}
	if c.count > 0 { // or since then: handlers may have run in the middle of that
		if !c.canTake() {
			return false, false
		}
		c.take(elem, m)
		c.refill(m)
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

// dequeue removes the first waiter of q that is still to be had: one in a select may have been chosen through another case. Between two of
// those handlers run; that there is none is what the last look said.
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
//
//mote:unchecked
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
		c.exhale(m)
		c.inhale()
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
//
//mote:unchecked
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
