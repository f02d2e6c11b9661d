//go:build mote

package runtime

import "unsafe"

// rtosSemaphore is a counting semaphore of package rtos. Its waiters are in the order of their priorities.
//
// Safety: rtos has a struct of the same layout.
type rtosSemaphore struct {
	count   int32
	waiters waitQueue
	busy    bool // a goroutine is looking for its place among the waiters: units are only counted meanwhile
}

// give adds a unit, or hands it to the most urgent waiter. ISR-safe, O(1).
//
//go:linkname rtosGive mote/rtos.semaGive
func rtosGive(s *rtosSemaphore) {
	m := mask()
	w := s.waiters.first
	if w == nil || s.busy {
		s.count++
		unmask(m)
		return
	}
	s.waiters.popFirst(w)
	w.success = true
	readyMasked(w.g)
	unmaskSwitch(m)
}

// rtosTryTake takes a unit if there is one. ISR-safe, O(1).
//
//go:linkname rtosTryTake mote/rtos.semaTryTake
//mote:unchecked
func rtosTryTake(s *rtosSemaphore) bool {
	m := mask()
	count := s.count
	if count > 0 {
		s.count = count - 1
	}
	unmask(m)
	return count > 0
}

// rtosTake takes a unit, and waits for one until when. It reports whether it got one.
//
//go:linkname rtosTake mote/rtos.semaTake
func rtosTake(s *rtosSemaphore, when int64) bool {
	return rtosTryTake(s) || when != waitNever && s.takeSlow(when)
}

// takeSlow waits.
//
//go:noinline
//mote:unchecked
func (s *rtosSemaphore) takeSlow(when int64) bool {
	inHandler("rtos: taking a semaphore")
	lockSched()
	var frame timedWait
	w := frame.hide()
	w.begin(&s.waiters, when)
	m := mask()
	switch last := s.waiters.last; {
	case s.count > 0:
	case last == nil || last.g.priority >= getg().priority:
		s.waiters.push(&w.waiter)
	default:
		s.busy = true // what follows may be long
		unmask(m)
		s.waiters.pushUrgent(&w.waiter)
		m = mask()
		s.busy = false
		s.handOut()
	}
	if !s.waiters.has(&w.waiter) && !w.success { // it did not have to wait
		s.count--
		w.success = true
	}
	unmask(m)
	m = mask()
	if w.success {
		unmask(m)
		w.end()
		unlockSched()
		return true
	}
	w.parkKnown(waitRTSemaphore, m)
	return w.success
}

// reorder finds the place of w anew, whose goroutine has another priority than when it began to wait. With the lock held.
//
//mote:unchecked
func (s *rtosSemaphore) reorder(w *timedWait) {
	m := mask()
	if !s.waiters.has(&w.waiter) { // a handler was faster
		unmask(m)
		return
	}
	s.waiters.remove(&w.waiter)
	s.busy = true
	unmask(m)
	s.waiters.pushUrgent(&w.waiter)
	m = mask()
	s.busy = false
	s.handOut()
	unmask(m)
}

// semaphoreOf is the semaphore that a goroutine waits for.
//
// Safety: w waits for one.
func semaphoreOf(w *timedWait) *rtosSemaphore {
	return (*rtosSemaphore)(unsafe.Add(unsafe.Pointer(w.queue), -int(unsafe.Offsetof(rtosSemaphore{}.waiters))))
}

// handOut gives the units that were counted while it was busy to the first waiters. Under mask: as many as handlers gave within
// one search.
//
//mote:unchecked
func (s *rtosSemaphore) handOut() {
	for s.count > 0 && s.waiters.first != nil {
		w := s.waiters.first
		s.waiters.popFirst(w)
		s.count--
		w.success = true
		readyMasked(w.g)
	}
}
