//go:build mote

package runtime

import "unsafe"

// Waiting in a queue until somebody takes the waiter out or a time is reached, for package rtos.

// Times at which waiting ends, besides nanotime's.
const (
	waitNever   = 0         // does not begin
	waitForGood = 1<<63 - 1 // does not end
)

// timedWait is a goroutine that waits so. It lives in the frame of the waiting function.
type timedWait struct {
	waiter
	event
	queue *waitQueue
	when  int64
	armed bool // the event is in the timer queue
}

// begin prepares w for the running goroutine. With the lock held.
func (w *timedWait) begin(q *waitQueue, when int64) {
	schedstart()
	w.waiter.g = getg()
	w.queue = q
	w.when = when
	if when != waitForGood {
		w.sleeper = getg()
		w.limit = w
		w.armed = true
		w.arm(when)
	}
}

// park waits until somebody has taken w out of its queue and made its goroutine ready, or until its time. Under mask and with the lock held;
// both are over when it returns.
func (w *timedWait) park(reason waitReason, m maskState) {
	parkMasked(reason, m)
	w.parked()
}

// parkKnown is park for a goroutine whose place depends on its priority: see (*g).inherit.
//
//mote:unchecked
func (w *timedWait) parkKnown(reason waitReason, m maskState) {
	gp := getg()
	gp.unqueue(reason)
	gp.setWaitsOn(w)
	dropSched()
	leave(m)
	w.parked()
}

// parked ends the wait of a goroutine that runs again.
//
//mote:unchecked
func (w *timedWait) parked() {
	if w.when != waitForGood {
		lockSched()
		w.end()
		unlockSched()
	}
}

// end takes the event of w out of the timer queue if it is there. With the lock held.
func (w *timedWait) end() {
	if w.armed {
		w.armed = false
		timers.queue.Remove(&w.node)
	}
}

// expire ends the wait unless somebody has ended it already. In the switch.
func (w *timedWait) expire() {
	w.armed = false
	m := mask()
	if w.queue.has(&w.waiter) {
		w.queue.remove(&w.waiter)
		readyMasked(w.waiter.g)
	}
	unmask(m)
}

// has reports whether w is in q, if it is in any.
func (q *waitQueue) has(w *waiter) bool { return w.prev != nil || w.next != nil || q.first == w }

// pushUrgent puts w behind the waiters that are as urgent as its goroutine or more. The length of the search is the number of those that are
// less urgent.
func (q *waitQueue) pushUrgent(w *waiter) {
	before := q.last
	for before != nil && before.g.priority < w.g.priority {
		before = before.prev
	}
	if before == nil {
		q.pushFront(w)
		return
	}
	w.prev, w.next = before, before.next
	if before.next == nil {
		q.last = w
	} else {
		before.next.prev = w
	}
	before.next = w
}

// inHandler refuses an operation in an interrupt handler. Only for what would wait or be a race there.
func inHandler(what string) {
	if handlerException() != 0 {
		refuseInHandler(what)
	}
}

//go:noinline
func refuseInHandler(what string) {
	startdying()
	printstring("fatal error: ")
	printstring(what)
	printstring(" in an interrupt handler\n")
	tracebackRunning(getpc(), getsp())
	exit(exitPanic)
}

// hide lets a waiter of a frame into queues without moving the frame's variable to the heap.
//
// Safety: whoever wakes the goroutine has taken the waiter out of all queues before.
func (w *timedWait) hide() *timedWait { return (*timedWait)(noescape(unsafe.Pointer(w))) }
