//go:build mote

package runtime

import "unsafe"

// waiter is a goroutine in the queue of a channel, semaphore or condition. It lives in the frame of the waiting function,
// so blocking never allocates (select takes its several from a free list). Under lockSched.
type waiter struct {
	g          *g
	next, prev *waiter
	elem       unsafe.Pointer // what to send or where to receive to; for semaphores the address
	sel        *selection     // of a select, nil for others
	list       *waiter        // the other waiters of sel
	index      uint16         // the case of sel
	ticket     uint32         // of a condition
	success    bool           // woken by a communication, not by close
}

// waitQueue is a FIFO of waiters.
type waitQueue struct {
	first, last *waiter
}

//mote:unchecked
func (q *waitQueue) push(w *waiter) {
	w.next = nil
	w.prev = q.last
	if q.last == nil {
		q.first = w
	} else {
		q.last.next = w
	}
	q.last = w
}

// pushFront adds w as the first.
//
//mote:unchecked
func (q *waitQueue) pushFront(w *waiter) {
	w.prev = nil
	w.next = q.first
	if q.first == nil {
		q.last = w
	} else {
		q.first.prev = w
	}
	q.first = w
}

// remove takes out w, which is in q.
//
//mote:unchecked
func (q *waitQueue) remove(w *waiter) {
	if w.prev == nil {
		q.first = w.next
	} else {
		w.prev.next = w.next
	}
	if w.next == nil {
		q.last = w.prev
	} else {
		w.next.prev = w.prev
	}
	w.next, w.prev = nil, nil
}

// popFirst removes w, which is the first.
//
//mote:unchecked
func (q *waitQueue) popFirst(w *waiter) {
	next := w.next
	q.first = next
	if next == nil {
		q.last = nil
	} else {
		next.prev = nil
		w.next = nil
	}
}

// pop removes and returns the first, nil when q is empty.
//
//mote:unchecked
func (q *waitQueue) pop() *waiter {
	w := q.first
	if w != nil {
		q.popFirst(w)
	}
	return w
}
