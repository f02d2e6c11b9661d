//go:build mote

package runtime

import _ "unsafe" // for go:linkname

// rtosEvents is a set of event flags of package rtos. A waiter's ticket has the flags that it waits for, its index whether for all.
//
// Safety: rtos has a struct of the same layout.
type rtosEvents struct {
	flags   uint32
	waiters waitQueue
	busy    bool // rtosSet is walking the waiters
	again   bool // flags were set meanwhile
}

// How a waiter of events waits.
const (
	eventsAny = iota
	eventsAll
)

// satisfied reports whether flags are what somebody waits for.
func satisfied(flags, want uint32, how uint16) bool {
	if how == eventsAll {
		return flags&want == want
	}
	return flags&want != 0
}

// rtosSet sets flags and readies those whose condition that fulfils. ISR-safe; the time is proportional to the number of waiters, of which each
// is looked at under a mask of its own.
//
//mote:isr
//go:linkname rtosSet mote/rtos.eventsSet
func rtosSet(e *rtosEvents, flags uint32) {
	lockSched() // in a handler too: waits do not end in between
	m := mask()
	e.flags |= flags
	if e.busy {
		e.again = true
		unmask(m)
		unlockSched()
		return
	}
	e.busy, e.again = true, true
	unmask(m)
	m = mask()
	for e.again {
		e.again = false
		for w := e.waiters.first; w != nil; {
			next := w.next
			if satisfied(e.flags, w.ticket, w.index) {
				e.waiters.remove(w)
				w.ticket = e.flags
				w.success = true
				unmask(m)
				m = mask()
				readyMasked(w.g)
			}
			w = next
			unmask(m)
			m = mask()
		}
	}
	e.busy = false
	unmask(m)
	unlockSched()
}

// rtosClear clears flags. ISR-safe.
//
//go:linkname rtosClear mote/rtos.eventsClear
func rtosClear(e *rtosEvents, flags uint32) {
	m := mask()
	e.flags &^= flags
	unmask(m)
}

// rtosAwait waits until when for one or all of the flags want. It returns the flags that were set then, and whether they
// were what it waited for.
//
//go:linkname rtosAwait mote/rtos.eventsAwait
func rtosAwait(e *rtosEvents, want uint32, how uint16, when int64) (flags uint32, ok bool) {
	if flags := e.flags; satisfied(flags, want, how) || when == waitNever {
		return flags, satisfied(flags, want, how)
	}
	inHandler("rtos: waiting for events")
	lockSched()
	var frame timedWait
	w := frame.hide()
	w.begin(&e.waiters, when)
	m := mask()
	if flags := e.flags; satisfied(flags, want, how) {
		unmask(m)
		w.end()
		unlockSched()
		return flags, true
	}
	w.ticket, w.waiter.index = want, how
	e.waiters.push(&w.waiter)
	w.park(waitRTEvents, m)
	if !w.success {
		return e.flags, false
	}
	return w.ticket, true
}
