//go:build mote

package runtime

import (
	"internal/kernel/timerq"
	"unsafe"
)

// Timers as package time of Go 1.23 and later expects them: the channel of a timer looks unbuffered, and after Stop or
// Reset no stale value comes. A channel timer is in the queue only while a goroutine is blocked on its channel; otherwise
// whoever looks at the channel finds out that it is due. So a forgotten ticker neither costs anything nor hides a deadlock.
//
// What is due is found in the context switch. A sleeping goroutine is readied right there; functions of timers run in a
// goroutine of the runtime, above all priorities, since they may allocate.

// event is what the timer queue holds.
type event struct {
	node    timerq.Node
	sleeper *g         // to be readied; nil for a timer
	limit   *timedWait // what it ends, nil for a plain sleep; see timedwait.go
}

// timer is a time.Timer or time.Ticker.
type timer struct {
	event         // must be first, see timerOf
	queued  bool  // in the queue
	when    int64 // nanoseconds; 0: not armed
	period  int64 // of a ticker, otherwise 0
	f       func(arg any, seq uintptr, delta int64)
	arg     any
	c       *hchan // of a channel timer
	blocked uint32 // goroutines blocked on c
}

// timeTimer is the runtime's view of time.Timer and time.Ticker.
//
// Safety: c and init are the fields that package time declares; it only ever gets the struct from newTimer.
type timeTimer struct {
	c    unsafe.Pointer
	init bool
	timer
}

// timers is the state of all timers. Under lockSched or in the switch.
var timers struct {
	queue timerq.Queue
	proc  *g // runs timerproc; nil until a timer with a function is queued
}

const maxWhen = 1<<63 - 1

// eventOf is the event that a node of the queue belongs to.
//
// Safety: every node of the queue is the first field of an event.
func eventOf(n *timerq.Node) *event { return (*event)(unsafe.Pointer(n)) }

// timerOf is the timer that an event without a sleeper belongs to.
//
// Safety: such an event is the first field of a timer.
func timerOf(e *event) *timer { return (*timer)(unsafe.Pointer(e)) }

// arm puts an event into the queue.
//
//mote:unchecked
func (e *event) arm(when int64) {
	schedstart()
	timerHook = wakeDue
	e.node.When = when
	timers.queue.Insert(&e.node)
}

// wakeDue is the context switch's look at the timers: it readies sleepers, and timerproc when a function is due.
// It returns when the next timer is due, noTimer if none is armed.
//
//mote:unchecked
func wakeDue() (next int64) {
	n := timers.queue.Min()
	if n == nil {
		return noTimer
	}
	for now := nanotime(); n.When <= now; {
		e := eventOf(n)
		if e.sleeper == nil {
			if timers.proc.status == taskWaiting {
				goready(timers.proc)
			}
			break // it comes back here after timerproc
		}
		timers.queue.Remove(n)
		if e.limit != nil {
			e.limit.expire()
		} else {
			goready(e.sleeper)
		}
		if n = timers.queue.Min(); n == nil {
			return noTimer
		}
	}
	return n.When
}

// timerproc runs the functions of timers that are due.
func timerproc() {
	for {
		lockSched()
		t := nextDue()
		if t == nil {
			park(waitTimers)
			continue
		}
		t.fire()
		unlockSched()
	}
}

// nextDue is the first timer with a function that is due, if it is the first in the queue.
func nextDue() *timer {
	n := timers.queue.Min()
	if n == nil || n.When > nanotime() || eventOf(n).sleeper != nil {
		return nil
	}
	return timerOf(eventOf(n))
}

// wanted reports whether t belongs in the queue.
//
//mote:unchecked
func (t *timer) wanted() bool { return t.when > 0 && (t.c == nil || t.blocked > 0) }

// update puts t into the queue or takes it out, and keeps its place right after a change of when.
//
//mote:unchecked
func (t *timer) update() {
	if t.queued {
		timers.queue.Remove(&t.node)
		t.queued = false
	}
	if !t.wanted() {
		return
	}
	if timers.proc == nil {
		timers.proc = newtask(0)
		begin(timers.proc, timerproc, systemPriority, 0)
		timers.proc.flags |= taskSystem
		timers.proc.reason = waitTimers
		goready(timers.proc) // parks itself when nothing is due
	}
	t.queued = true
	t.arm(t.when)
}

// fire runs the function of t, which is due, and arms it again if it is periodic. With the lock held: the functions that package time
// passes only send without blocking or start a goroutine.
func (t *timer) fire() {
	late := nanotime() - t.when
	if t.period > 0 {
		next := t.when + t.period*(1+late/t.period)
		if next < 0 {
			next = maxWhen
		}
		t.when = next
	} else {
		t.when = 0
	}
	t.update()
	t.call(late)
}

// call runs the function of t: time.sendTime or time.goFunc (compiler/stack/known.go).
//
//go:noinline
//mote:unchecked
func (t *timer) call(late int64) { t.f(t.arg, 0, late) }

// disarm stops t and drops a value that nobody has received. It reports whether t was armed or such a value was there.
func (t *timer) disarm() bool {
	pending := t.when > 0
	t.when = 0
	t.update()
	if t.c != nil && t.c.drain() {
		pending = true
	}
	return pending
}

// Events of a channel for the timer that sends on it.
const (
	timerLook    = iota // somebody looks at the channel
	timerBlock          // a goroutine is about to block on it
	timerUnblock        // it no longer is
)

// timerChannel is the hook of chantimer.go. With the lock held.
func timerChannel(t *timer, what uint8) {
	switch what {
	case timerLook:
		if !t.queued && t.when > 0 && t.when <= nanotime() {
			t.fire()
		}
	case timerBlock:
		if t.blocked++; t.blocked == 1 {
			t.update()
		}
	case timerUnblock:
		if t.blocked--; t.blocked == 0 {
			t.update()
		}
	}
}
