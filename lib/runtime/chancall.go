//go:build mote

package runtime

import "unsafe"

// Sending and receiving in the forms that compiled code calls.

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

// enterToSend is enter for a send on c, which must be open.
func (c *hchan) enterToSend() maskState {
	m := c.enter()
	if c.closed() {
		c.exit(m)
		panicSendClosed()
	}
	return m
}

func panicSendClosed() { panic(plainError("send on closed channel")) }

func chanrecv1(c *hchan, elem unsafe.Pointer) {
	if c == nil || elem == nil || !c.recvFast(elem) {
		chanrecv(c, elem, true)
	}
}

func chanrecv2(c *hchan, elem unsafe.Pointer) bool {
	_, received := chanrecv(c, elem, true)
	return received
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
