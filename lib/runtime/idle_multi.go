//go:build mote && multicore

package runtime

import "unsafe"

// Every core has a goroutine that runs when no other can, so that a switch always finds one, and handlers interrupt one.

// idleBytes is the size of its stack: room for the report of a deadlock.
const idleBytes = 2048

// idleTasks are the idle goroutines with their stacks.
var idleTasks [coreCount]struct {
	g     g
	stack [idleBytes]byte
}

// prepareIdle lays out the idle goroutine of a core.
//
// Safety: its stack is nobody else's, and it is called once.
func prepareIdle(number uint8) *g {
	t := &idleTasks[number]
	gp := &t.g
	gp.guard = guardOf(idleBytes)
	gp.stackLo = alignUp(uintptr(unsafe.Pointer(&t.stack)), guardBytes(gp.guard))
	gp.stackHi = (uintptr(unsafe.Pointer(&t.stack)) + idleBytes) &^ 15
	gp.place = number
	gp.flags = taskSystem
	gp.setguard()
	gp.sp = newContext(gp.stackEnd(), gp.stackHi, entryAddress(idleLoop))
	return gp
}

// idleLoop sleeps from interrupt to interrupt. What those make ready takes the core away from it.
func idleLoop() {
	for {
		lockSched()
		if nothingRuns() {
			deadlock()
		}
		if getg().core() == &cores[0] {
			tickstretch()
		}
		unlockSched()
		if sleepsIdle {
			waitForInterrupt()
		}
	}
}

// nothingRuns reports whether no goroutine will run again: none does, no timer is armed and no interrupt is enabled. With the kernel locked.
func nothingRuns() bool {
	if kern.handlers || timers.queue.Min() != nil {
		return false
	}
	m := mask()
	none := coresIdle()
	unmask(m)
	return none
}

// coresIdle reports whether no core has anything to run. Under mask.
func coresIdle() bool {
	idle := shared.First() == nil
	for i := range cores {
		c := &cores[i]
		idle = idle && c.cur == c.idle && c.queue.First() == nil
	}
	return idle
}
