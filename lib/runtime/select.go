//go:build mote

package runtime

import "unsafe"

// scase is a case of a select: its channel and where its element is.
type scase struct {
	c    *hchan
	elem unsafe.Pointer
}

// selection is a select that waits; it lives in the frame of selectgo.
type selection struct {
	chosen *waiter // the first of its waiters that was woken; the others no longer count. Under mask
}

// choose makes w the one, unless there is one. Under mask.
func (sel *selection) choose(w *waiter) bool {
	if sel.chosen != nil {
		return false
	}
	sel.chosen = w
	return true
}

// freeWaiters is the list of waiters that selects have used, linked through next.
var freeWaiters *waiter

// takeWaiter returns a zero waiter. With the lock held.
func takeWaiter() *waiter {
	w := freeWaiters
	if w == nil {
		return new(waiter)
	}
	freeWaiters = w.next
	*w = waiter{}
	return w
}

// selectgo is the select statement. The cases at cas0 are nsends sends followed by nrecvs receives; order0 has room for twice
// as many numbers. It returns the index of the case that was chosen, -1 when !block and none was ready, and for a
// receive whether a value was received.
//
// Safety: the compiler passes arrays of these lengths.
func selectgo(cas0 *scase, order0 *uint16, nsends, nrecvs int, block bool) (int, bool) {
	cases := unsafe.Slice(cas0, nsends+nrecvs)
	order := shuffle(unsafe.Slice(order0, len(cases)))
	lockSched()
	chosen, received := selecttry(cases, order, nsends)
	if chosen == selectClosed {
		unlockSched()
		panicSendClosed()
	}
	if chosen >= 0 || !block {
		unlockSched()
		return chosen, received
	}
	return selectwait(cases, order, nsends)
}

// selectClosed is the answer of selecttry when a send would be on a closed channel.
const selectClosed = -2

// shuffle fills order with the numbers from 0 in random order, so that no ready case starves another.
func shuffle(order []uint16) []uint16 {
	for i := range order {
		j := int(cheaprandn(uint32(i + 1)))
		order[i] = order[j]
		order[j] = uint16(i)
	}
	return order
}

// selecttry does the first case in order that is possible at once; -1 when there is none. With the lock held.
func selecttry(cases []scase, order []uint16, nsends int) (chosen int, received bool) {
	for _, i := range order {
		c := cases[i].c
		if c == nil {
			continue
		}
		m := c.enter()
		done, received := false, false
		if int(i) >= nsends {
			c.look()
			done, received = c.tryrecv(cases[i].elem, m)
		} else if c.closed() {
			c.exit(m)
			return selectClosed, false
		} else {
			done = c.trysend(cases[i].elem, m)
		}
		c.exit(m)
		if done {
			return int(i), received
		}
	}
	return -1, false
}

// selectwait waits in the queues of all cases until one is chosen by its other side. With the lock held; releases it.
func selectwait(cases []scase, order []uint16, nsends int) (int, bool) {
	schedstart()
	var state selection
	sel := (*selection)(noescape(unsafe.Pointer(&state))) // no waiter refers to it after this function
	var waiters *waiter
	reason := waitReason(waitSelectNoCases)
	for _, i := range order {
		c := cases[i].c
		if c == nil {
			continue
		}
		reason = waitSelect
		w := takeWaiter()
		w.g, w.elem, w.sel, w.index = getg(), cases[i].elem, sel, i
		w.list = waiters
		waiters = w
		if !c.selectqueue(w, int(i) < nsends) {
			break
		}
		c.tellTimer(timerBlock)
	}
	m := mask()
	if sel.chosen == nil {
		parkMasked(reason, m)
		lockSched()
	} else {
		unmask(m)
	}
	chosen, success := selectleave(cases, waiters, sel.chosen, nsends)
	unlockSched()
	if !success && chosen < nsends {
		panicSendClosed()
	}
	return chosen, success
}

// selectqueue puts w into the queue of its case. If an interrupt handler has put something into the buffer, or made room there, since
// selecttry looked, and no other case was chosen, this one is done instead; then the answer is false.
func (c *hchan) selectqueue(w *waiter, send bool) bool {
	if c.locked() {
		c.queue(send).push(w)
		return true
	}
	m := mask()
	possible := c.count > 0
	if send {
		possible = c.count < c.size
	}
	if !possible || !w.sel.choose(w) {
		c.queue(send).push(w)
		unmask(m)
		return true
	}
	if send {
		c.put(w.elem, m) // nobody waits to receive from a channel whose buffer was full
	} else {
		c.tryrecv(w.elem, m)
	}
	w.success = true
	unmask(m)
	return false
}

// queue is where c's senders or receivers wait.
func (c *hchan) queue(send bool) *waitQueue {
	if send {
		return &c.sendq
	}
	return &c.recvq
}

// selectleave takes the waiters of a select that was woken out of their queues. It returns the case of the chosen one and whether
// that was a communication rather than a close.
func selectleave(cases []scase, waiters, chosen *waiter, nsends int) (index int, success bool) {
	for w := waiters; w != nil; {
		c := cases[w.index].c
		c.tellTimer(timerUnblock)
		if w == chosen {
			index, success = int(w.index), w.success
		} else {
			m := mask() // handlers take waiters out, too
			if q := c.queue(int(w.index) < nsends); q.has(w) {
				q.remove(w)
			}
			unmask(m)
		}
		next := w.list
		*w = waiter{next: freeWaiters}
		freeWaiters = w
		w = next
	}
	return index, success
}
