//go:build mote

package runtime

import "unsafe"

// notifyList is the waiting list of a sync.Cond: tickets are given at Add, and served in that order.
//
// Safety: it has the layout of sync's type of the same name; list is the head and tail there.
type notifyList struct {
	wait   uint32 // ticket of the next waiter
	notify uint32 // ticket of the next waiter to be notified
	lock   uintptr
	list   waitQueue
}

//go:linkname notifyListAdd sync.runtime_notifyListAdd
func notifyListAdd(l *notifyList) uint32 {
	lockSched()
	ticket := l.wait
	l.wait++
	unlockSched()
	return ticket
}

// served reports whether ticket has been notified already.
func (l *notifyList) served(ticket uint32) bool { return int32(ticket-l.notify) < 0 }

//go:linkname notifyListWait sync.runtime_notifyListWait
func notifyListWait(l *notifyList, ticket uint32) {
	lockSched()
	if l.served(ticket) {
		unlockSched()
		return
	}
	var self waiter
	w := (*waiter)(noescape(unsafe.Pointer(&self))) // whoever notifies it has taken it out before
	w.g = getg()
	w.ticket = ticket
	l.list.push(w)
	park(waitCond)
}

//go:linkname notifyListNotifyAll sync.runtime_notifyListNotifyAll
func notifyListNotifyAll(l *notifyList) {
	lockSched()
	l.notify = l.wait
	for w := l.list.pop(); w != nil; w = l.list.pop() {
		goready(w.g)
	}
	unlockSched()
}

// notifyListNotifyOne notifies the oldest ticket. Its holder may not have come to wait yet; then it will not wait.
//
//go:linkname notifyListNotifyOne sync.runtime_notifyListNotifyOne
func notifyListNotifyOne(l *notifyList) {
	lockSched()
	if ticket := l.notify; ticket != l.wait {
		l.notify++
		for w := l.list.first; w != nil; w = w.next {
			if w.ticket == ticket {
				l.list.remove(w)
				goready(w.g)
				break
			}
		}
	}
	unlockSched()
}

//go:linkname notifyListCheck sync.runtime_notifyListCheck
func notifyListCheck(size uintptr) {
	if size != unsafe.Sizeof(notifyList{}) {
		throw("sync.notifyList and the runtime's differ in size")
	}
}
