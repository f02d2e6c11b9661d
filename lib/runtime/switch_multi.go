//go:build mote && multicore

package runtime

import "unsafe"

// The context switch on several cores. The most urgent goroutines run, one on each; what a core does not run any more goes to the shared queue.

// schedState has what the tick's handler writes.
//
//mote:symbol mote_sched
var schedState struct {
	_    uint32
	tick uint32 // there was a tick since core 0 has switched
}

// enqueueMain puts goroutine 1, which runs, into the queue of its core, and starts the others.
func enqueueMain() {
	startcores()
	g1.push(&cores[0], false)
}

// schedswitch is the context switch proper. It gets the interrupted goroutine's saved stack pointer and returns that of the one to
// resume. It runs in the lowest exception, never while the goroutine is in the kernel.
func schedswitch(sp uintptr) uintptr {
	gp := getg()
	gp.sp = sp
	c := gp.core()
	storeRelease(&c.parked, 1)
	if schedState.tick != 0 && c == &cores[0] {
		schedtick()
	}
	m := mask()
	awaitWorld(m)
	gp = c.next(gp)
	c.cur = gp
	setStackLimit(gp.stackEnd()) // handlers count in what it leads to, and another core may run the one that is left from now on
	c.parked = 0
	if tickIsLong {
		c.endLongTick()
	}
	c.offerShared()
	unmask(m)
	return gp.sp
}

// endLongTick lets ticks come again if c has something to run, or another core, which then has asked for it.
func (c *core) endLongTick() {
	switch {
	case coresIdle():
	case c == &cores[0]:
		tickshorten()
	default:
		cores[0].poke()
	}
}

// next is what c is to run, after gp.
func (c *core) next(gp *g) *g {
	over := c.over
	c.over = false
	if gp != c.idle && gp.status == taskReady {
		if pin := gp.pin(); pin != nil && pin != c {
			dequeue(gp)
			gp.push(pin, false)
			pin.offer(gp)
		} else if over {
			c.queue.Rotate(&gp.link, gp.priority)
		}
	}
	best := c.idle
	if n := c.queue.First(); n != nil {
		best = taskOf(n)
	}
	if n := shared.First(); n != nil && c.prefers(taskOf(n), best, gp, over) {
		best = taskOf(n)
		dequeue(best)
		best.push(c, true)
		c.local = false
	} else {
		c.local = true
	}
	if best != gp {
		c.slice = kern.turn
		c.leaveTo(gp, over)
	}
	return best
}

// prefers reports whether c is to run other, which is shared, rather than best of its own. Within a level, what runs goes on until its turn
// ends; after that those that are pinned and those that are shared take turns.
func (c *core) prefers(other, best, gp *g, over bool) bool {
	switch {
	case best == c.idle || other.priority > best.priority:
		return true
	case other.priority < best.priority:
		return false
	case best == gp:
		return over
	}
	return c.local
}

// leaveTo gives gp, which c no longer runs, to all cores unless it waits or is pinned.
func (c *core) leaveTo(gp *g, over bool) {
	if gp == c.idle || gp.status != taskReady || gp.pin() != nil {
		return
	}
	dequeue(gp)
	gp.push(nil, !over)
}

// offerShared requests a switch of another core if the first of the shared goroutines is more urgent than what that runs.
func (c *core) offerShared() {
	n := shared.First()
	if n == nil {
		return
	}
	for i := range cores {
		if other := &cores[i]; other != c && other.online {
			other.offer(taskOf(n))
		}
	}
}

// schedtick is what the switch of core 0 does after a tick: timers, and the end of turns on all cores. What other cores do in the kernel
// is over before; they find no goroutine of this core running meanwhile.
//
//go:noinline
func schedtick() {
	schedState.tick = 0
	m := mask()
	tickIsLong = false // if it was, it is over
	unmask(m)
	kernelLock.acquire()
	if hook := timerHook; hook != nil {
		hook()
	}
	kernelLock.release()
	if kern.turn == 0 {
		return
	}
	m = mask()
	for i := range cores {
		c := &cores[i]
		if !c.online || c.cur == c.idle {
			continue
		}
		if c.slice <= 1 {
			c.slice = kern.turn
			c.over = true
			if i != 0 {
				c.poke()
			}
		} else {
			c.slice--
		}
	}
	unmask(m)
}

// endturn lets the others of gp's level run before it does again. gp runs.
func endturn(gp *g) {
	m := mask()
	gp.core().over = true
	unmask(m)
}

// rotate ends the turn of gp, which runs. It reports whether another goroutine may have it now: a more urgent one, too, which another core has made
// ready, and whose request to switch is on its way. Under mask.
func rotate(gp *g) bool {
	c := gp.core()
	if c.queue.First() == nil { // there is no scheduler yet
		return false
	}
	c.over = true
	if gp.link.Next != &gp.link || c.queue.First() != &gp.link {
		return true
	}
	n := shared.First()
	return n != nil && taskOf(n).priority >= gp.priority
}

// awaitStack waits until no core is leaving a goroutine on memory that the program has for another one.
func awaitStack(base, size uintptr) {
	for i := range cores {
		for uintptr(unsafe.Pointer(cores[i].cur))-base < size {
			relax()
		}
	}
}

// left reports whether the core on which gp has ended is done with its stack.
func (gp *g) left() bool { return gp.core().cur != gp }
