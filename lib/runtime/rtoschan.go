//go:build mote

package runtime

import "unsafe"

// Channels with a time limit, for package rtos.
//
// Safety: rtos passes channels as the pointers that they are, and memory for an element.

// Answers of rtosSend and rtosRecv.
const (
	chanDone = iota
	chanTimeout
	chanClosed
)

// rtosTrySend sends on c if that is possible at once. ISR-safe but for the channels of timers.
//
//mote:isr
//go:linkname rtosTrySend mote/rtos.kernelTrySend
func rtosTrySend(c *hchan, elem unsafe.Pointer) int {
	if c == nil {
		return chanTimeout
	}
	c.allow()
	m := c.enter()
	if c.closed() {
		c.exit(m)
		return chanClosed
	}
	sent := c.trysend(elem, m)
	c.exit(m)
	if !sent {
		return chanTimeout
	}
	return chanDone
}

// rtosTryRecv receives from c if that is possible at once. ISR-safe but for the channels of timers.
//
//mote:isr
//go:linkname rtosTryRecv mote/rtos.kernelTryRecv
func rtosTryRecv(c *hchan, elem unsafe.Pointer) int {
	if c == nil {
		return chanTimeout
	}
	c.allow()
	m := c.enter()
	done, received := c.tryrecv(elem, m)
	c.exit(m)
	if !done {
		return chanTimeout
	}
	return chanResult(received)
}

// rtosSend sends on c, and waits until when.
//
//go:linkname rtosSend mote/rtos.kernelSend
func rtosSend(c *hchan, elem unsafe.Pointer, when int64) int {
	if result := rtosTrySend(c, elem); result != chanTimeout || when == waitNever {
		return result
	}
	return c.waitTimed(true, elem, when)
}

// rtosRecv receives from c, and waits until when.
//
//go:linkname rtosRecv mote/rtos.kernelRecv
func rtosRecv(c *hchan, elem unsafe.Pointer, when int64) int {
	if c != nil && c.timer != nil {
		lockSched()
		c.look()
		unlockSched()
	}
	if result := rtosTryRecv(c, elem); result != chanTimeout || when == waitNever {
		return result
	}
	return c.waitTimed(false, elem, when)
}

func chanResult(success bool) int {
	if success {
		return chanDone
	}
	return chanClosed
}

// allow refuses channels in handlers that only goroutines may use.
func (c *hchan) allow() {
	if c.locked() {
		inHandler("rtos: using the channel of a timer")
	}
}

// never is where those wait who wait for a nil channel.
var never waitQueue

// waitTimed waits for a communication until when.
//
//go:noinline
func (c *hchan) waitTimed(send bool, elem unsafe.Pointer, when int64) int {
	inHandler("rtos: waiting for a channel")
	lockSched()
	var frame timedWait
	w := frame.hide()
	w.elem = elem
	if c == nil {
		w.begin(&never, when)
		m := mask()
		never.push(&w.waiter)
		w.park(waitChanReceiveNil, m)
		return chanTimeout
	}
	reason := waitReason(waitChanReceive)
	if send {
		reason = waitChanSend
	}
	w.begin(c.queue(send), when)
	c.tellTimer(timerBlock)
	var m maskState
	if !c.locked() {
		m = mask()
	}
	if done, result := c.again(send, elem, m); done {
		if !c.locked() {
			unmask(m)
		}
		w.end()
		c.tellTimer(timerUnblock)
		unlockSched()
		return result
	}
	if c.locked() {
		m = mask()
	}
	w.queue.push(&w.waiter)
	w.park(reason, m)
	if c.timer != nil {
		lockSched()
		c.tellTimer(timerUnblock)
		unlockSched()
	}
	switch {
	case w.success:
		return chanDone
	case c.closed():
		return chanClosed
	}
	return chanTimeout
}

// again tries what was not possible before: a handler or another goroutine may have been there since. After enter.
func (c *hchan) again(send bool, elem unsafe.Pointer, m maskState) (done bool, result int) {
	if !send {
		done, received := c.tryrecv(elem, m)
		return done, chanResult(received)
	}
	if c.closed() {
		return true, chanClosed
	}
	return c.trysend(elem, m), chanDone
}
