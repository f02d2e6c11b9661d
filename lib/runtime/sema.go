//go:build mote

package runtime

import "unsafe"

// Semaphores for sync and internal/poll: a counter anywhere in memory, and the goroutines that wait for it to be above zero,
// in a small hash table by address. A release hands its unit straight to the first waiter.

// semaBuckets is the size of the hash table; a power of two.
const semaBuckets = 16

// semaTable has the waiters of all semaphores. Their elem is the address of the counter. Under lockSched.
var semaTable [semaBuckets]waitQueue

// semaQueue is where waiters of addr are.
func semaQueue(addr *uint32) *waitQueue {
	h := uintptr(unsafe.Pointer(addr)) >> 2
	return &semaTable[(h^h>>4)%semaBuckets]
}

// semacquire takes one unit of *addr, and waits for it if there is none. lifo: before those that wait already.
func semacquire(addr *uint32, lifo bool, reason waitReason) {
	lockSched()
	if *addr > 0 {
		*addr--
		unlockSched()
		return
	}
	var self waiter
	w := (*waiter)(noescape(unsafe.Pointer(&self))) // semrelease has taken it out before this goroutine goes on
	w.g = getg()
	w.elem = unsafe.Pointer(addr)
	if q := semaQueue(addr); lifo {
		q.pushFront(w)
	} else {
		q.push(w)
	}
	park(reason)
}

// semrelease adds one unit to *addr, or gives it to the first goroutine that waits for one. handoff: that goroutine
// runs next.
func semrelease(addr *uint32, handoff bool) {
	lockSched()
	q := semaQueue(addr)
	for w := q.first; w != nil; w = w.next {
		if w.elem != unsafe.Pointer(addr) {
			continue
		}
		q.remove(w)
		goready(w.g)
		if handoff {
			endturn(getg())
			switchLater()
		}
		unlockSched()
		return
	}
	*addr++
	unlockSched()
}

// Safety: sync, internal/sync and internal/poll declare these functions without bodies and with the same signatures.

//go:linkname sync_Semacquire sync.runtime_Semacquire
func sync_Semacquire(addr *uint32) { semacquire(addr, false, waitSemacquire) }

//go:linkname poll_Semacquire internal/poll.runtime_Semacquire
func poll_Semacquire(addr *uint32) { semacquire(addr, false, waitSemacquire) }

//go:linkname internal_sync_SemacquireMutex internal/sync.runtime_SemacquireMutex
func internal_sync_SemacquireMutex(addr *uint32, lifo bool, skipframes int) {
	semacquire(addr, lifo, waitMutexLock)
}

//go:linkname sync_SemacquireRWMutexR sync.runtime_SemacquireRWMutexR
func sync_SemacquireRWMutexR(addr *uint32, lifo bool, skipframes int) {
	semacquire(addr, lifo, waitRWMutexRLock)
}

//go:linkname sync_SemacquireRWMutex sync.runtime_SemacquireRWMutex
func sync_SemacquireRWMutex(addr *uint32, lifo bool, skipframes int) {
	semacquire(addr, lifo, waitRWMutexLock)
}

//go:linkname sync_SemacquireWaitGroup sync.runtime_SemacquireWaitGroup
func sync_SemacquireWaitGroup(addr *uint32, synctestDurable bool) {
	semacquire(addr, false, waitWaitGroup)
}

//go:linkname sync_Semrelease sync.runtime_Semrelease
func sync_Semrelease(addr *uint32, handoff bool, skipframes int) { semrelease(addr, handoff) }

//go:linkname internal_sync_Semrelease internal/sync.runtime_Semrelease
func internal_sync_Semrelease(addr *uint32, handoff bool, skipframes int) {
	semrelease(addr, handoff)
}

//go:linkname poll_Semrelease internal/poll.runtime_Semrelease
func poll_Semrelease(addr *uint32) { semrelease(addr, false) }

// Spinning makes no sense on one processor.

//go:linkname internal_sync_canSpin internal/sync.runtime_canSpin
func internal_sync_canSpin(i int) bool { return false }

//go:linkname internal_sync_doSpin internal/sync.runtime_doSpin
func internal_sync_doSpin() {}

//go:linkname internal_sync_nanotime internal/sync.runtime_nanotime
func internal_sync_nanotime() int64 { return nanotime() }
