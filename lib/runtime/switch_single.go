//go:build mote && !multicore

package runtime

import "internal/kernel/ready"

// The context switch and its queue, on one core.

// enqueueMain puts goroutine 1, which runs, into the ready queue.
func enqueueMain() { schedState.queue.PushBack(&g1.link, g1.priority) }

// enqueue puts gp, which has become ready, into the queue, and requests a switch if it is the most urgent. Under mask.
//
//mote:unchecked
func enqueue(gp *g) {
	schedState.queue.PushBack(&gp.link, gp.priority)
	if gp.priority > getg().priority {
		preempt()
	}
}

// enqueueNext puts gp before the others of its level. Under mask.
func enqueueNext(gp *g) { schedState.queue.PushFront(&gp.link, gp.priority) }

// dequeue takes gp out of the queue. Under mask.
//
//mote:unchecked
func dequeue(gp *g) { schedState.queue.Remove(&gp.link, gp.priority) }

// requeue moves gp to another level: the running goroutine to the front of it, another one to the end. Under mask.
//
//mote:unchecked
func requeue(gp *g, priority uint8) {
	schedState.queue.Remove(&gp.link, gp.priority)
	if gp == getg() {
		schedState.queue.PushFront(&gp.link, priority)
	} else {
		schedState.queue.PushBack(&gp.link, priority)
	}
	if gp == getg() && priority < gp.priority || priority > getg().priority {
		preempt()
	}
}

// rotate ends the turn of gp, which runs. It reports whether another goroutine has it now. Under mask.
func rotate(gp *g) bool { return schedState.queue.Rotate(&gp.link, gp.priority) }

// limitCores sets which cores may run gp: there is one.
func (gp *g) limitCores(cores uint8) {}

// coreNumber is the core that runs the caller.
func coreNumber() int { return 0 }

// awaitStack waits until no core is leaving a goroutine on memory that the program has for another one.
func awaitStack(base, size uintptr) {}

// left reports whether the core on which gp has ended is done with its stack.
func (gp *g) left() bool { return true }

// schedswitch is the context switch proper. It gets the interrupted goroutine's saved stack pointer and returns that of the one to
// resume. It runs in the lowest exception, never while the lock is held.
//
//mote:unchecked
func schedswitch(sp uintptr) uintptr {
	gp := getg()
	gp.sp = sp
	gp.checkguard(sp)
	if schedState.tick != 0 {
		schedtick()
	}
	m := mask()
	n := schedState.queue.First()
	if n == nil {
		n = idle(m)
	}
	gp = taskOf(n)
	schedState.cur = gp
	unmask(m)
	gp.watch()
	return gp.sp
}

// schedtick is what the switch does after a tick: timers, and the end of a turn.
//
//go:noinline
//mote:unchecked
func schedtick() {
	schedState.tick = 0
	if hook := timerHook; hook != nil {
		hook()
	}
	if kern.turn == 0 {
		return
	}
	if kern.slice--; kern.slice == 0 {
		kern.slice = kern.turn
		endturn(getg())
	}
}

// endturn lets the others of gp's level run before it does again.
//
//mote:unchecked
func endturn(gp *g) {
	m := mask()
	if gp.status == taskReady {
		rotate(gp)
	}
	unmask(m)
}

// idle waits inside the switch until something is ready. Nothing can become ready when no timer is armed and no interrupt is enabled: a
// deadlock. Under mask, which it leaves while it waits.
//
//go:noinline
func idle(m maskState) *ready.Node {
	for {
		unmask(m)
		schedState.tick = 0
		next := int64(noTimer)
		if timerHook != nil {
			next = timerHook()
		}
		if next == noTimer && !kern.handlers && schedState.queue.Empty() {
			deadlock()
		}
		idlewait(next)
		mask()
		if n := schedState.queue.First(); n != nil && !tickIsLong() {
			return n
		}
	}
}
