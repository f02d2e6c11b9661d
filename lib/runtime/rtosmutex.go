//go:build mote

package runtime

import (
	"internal/kernel/ready"
	"unsafe"
)

// rtosMutex is a mutex of package rtos. Whoever holds it runs at the priority of its most urgent waiter at least (inheritance, also through a
// chain of mutexes), or at its ceiling from the beginning. Under lockSched; never in handlers.
//
// Safety: rtos has a struct of the same layout.
type rtosMutex struct {
	owner   *g
	waiters waitQueue  // the most urgent first
	next    *rtosMutex // that its owner held before
	ceiling uint8      // priority of its owner at least; 0: none
}

// Answers of rtosLock.
const (
	lockDone = iota
	lockTimeout
	lockDeadlock // the owner waits for the caller, or is it
	lockCeiling  // the caller is more urgent than the ceiling
)

// rtosLock takes mu, and waits for it until when.
//
//go:linkname rtosLock mote/rtos.mutexLock
func rtosLock(mu *rtosMutex, when int64) int {
	inHandler("rtos: locking a mutex")
	lockSched()
	gp := getg()
	if mu.ceiling != 0 && gp.base > mu.ceiling {
		unlockSched()
		return lockCeiling
	}
	abandonMutexes = dropAll
	if mu.owner == nil {
		mu.give(gp)
		gp.lend()
		unlockSched()
		return lockDone
	}
	if when == waitNever {
		unlockSched()
		return lockTimeout
	}
	if mu.waitsFor(gp) {
		unlockSched()
		return lockDeadlock
	}
	var frame timedWait
	w := frame.hide()
	w.begin(&mu.waiters, when)
	mu.waiters.pushUrgent(&w.waiter)
	mu.owner.inherit()
	w.parkKnown(waitRTMutex, mask())
	if w.success {
		return lockDone
	}
	lockSched()
	mu.owner.inherit() // no longer from this one, nor do those that it waits for
	unlockSched()
	return lockTimeout
}

// rtosUnlock hands mu to its most urgent waiter. It reports false when the caller does not hold it.
//
//go:linkname rtosUnlock mote/rtos.mutexUnlock
func rtosUnlock(mu *rtosMutex) bool {
	lockSched()
	gp := getg()
	if mu.owner != gp {
		unlockSched()
		return false
	}
	gp.drop(mu)
	mu.owner = nil
	if w := mu.waiters.pop(); w != nil {
		mu.give(w.g)
		w.success = true
		w.g.lend()
		goready(w.g)
	}
	gp.lend()
	unlockSched()
	return true
}

// dropAll unlocks all that gp, the running goroutine, holds.
func dropAll(gp *g) {
	for gp.held != nil {
		rtosUnlock((*rtosMutex)(gp.held))
	}
}

// give makes gp the owner of mu.
func (mu *rtosMutex) give(gp *g) {
	mu.owner = gp
	mu.next = (*rtosMutex)(gp.held)
	gp.held = unsafe.Pointer(mu)
}

// drop takes mu out of those that gp holds. The last one taken is the first.
//
// Safety: held is a mutex of package rtos.
//
//mote:unchecked
func (gp *g) drop(mu *rtosMutex) {
	for at := (**rtosMutex)(unsafe.Pointer(&gp.held)); *at != nil; at = &(*at).next {
		if *at == mu {
			*at = mu.next
			mu.next = nil
			return
		}
	}
}

// setWaitsOn notes what a goroutine that is in no ready queue waits for.
//
//mote:unchecked
func (gp *g) setWaitsOn(w *timedWait) { gp.link.Prev = (*ready.Node)(unsafe.Pointer(w)) }

// placeOf is what setWaitsOn was called with.
//
// Safety: it was called when gp began to wait, and gp still does.
func (gp *g) placeOf() *timedWait { return (*timedWait)(unsafe.Pointer(gp.link.Prev)) }

// waitsOn is the mutex that gp waits for, with its place in that queue; nil when it does not wait for one.
//
// Safety: setWaitsOn was called when reason was set to waitRTMutex.
//
//mote:unchecked
func (gp *g) waitsOn() (mu *rtosMutex, w *timedWait) {
	if gp.status != taskWaiting || gp.reason != waitRTMutex {
		return nil, nil
	}
	w = gp.placeOf()
	return (*rtosMutex)(unsafe.Add(unsafe.Pointer(w.queue), -int(unsafe.Offsetof(rtosMutex{}.waiters)))), w
}

// waitsFor reports whether the owner of mu is gp, or waits for it through other mutexes.
func (mu *rtosMutex) waitsFor(gp *g) bool {
	for mu != nil && mu.owner != nil {
		if mu.owner == gp {
			return true
		}
		mu, _ = mu.owner.waitsOn()
	}
	return false
}

// inherit gives gp, and those it waits for in turn, the priority of the most urgent of their waiters. The length of the chain bounds it.
//
//mote:unchecked
func (gp *g) inherit() {
	for gp != nil && gp.lend() {
		if gp.status == taskWaiting && gp.reason == waitRTSemaphore {
			w := gp.placeOf()
			semaphoreOf(w).reorder(w)
			return
		}
		mu, w := gp.waitsOn()
		if mu == nil {
			return
		}
		if mu.waiters.has(&w.waiter) {
			mu.waiters.remove(&w.waiter)
			mu.waiters.pushUrgent(&w.waiter)
		}
		gp = mu.owner
	}
}

// lend sets the priority of gp by its own and the mutexes that it holds. It reports whether that changed it.
//
//mote:unchecked
func (gp *g) lend() bool {
	priority := gp.base
	for mu := (*rtosMutex)(gp.held); mu != nil; mu = mu.next {
		priority = max(priority, mu.ceiling)
		if w := mu.waiters.first; w != nil {
			priority = max(priority, w.g.priority)
		}
	}
	if priority == gp.priority {
		return false
	}
	gp.setPriority(priority)
	return true
}

// setPriority moves gp to another level: the running goroutine to the front of it, another one to the end. With the lock held.
//
//mote:unchecked
func (gp *g) setPriority(priority uint8) {
	schedstart() // the queue has goroutine 1 from then on
	m := mask()
	if gp.status == taskReady {
		requeue(gp, priority)
	}
	gp.priority = priority
	unmask(m)
}
