//go:build mote && multicore

package runtime

import (
	"internal/kernel/ready"
	"unsafe"
)

// core runs goroutines, one of coreCount. Under mask but for what is said.
type core struct {
	cur    *g          // runs, or is being left
	queue  ready.Queue // cur, unless that waits by now, and what is pinned to this core
	idle   *g          // runs when nothing else can; in no queue
	slice  uint8       // ticks that are left of the turn of cur
	over   bool        // the turn has ended
	local  bool        // of two of a level the one from queue had the last turn
	online bool        // it switches
	parked uint32      // the registers of cur are in memory, and it does not go on while the world is stopped. Written by the core alone
}

// cores are all of them. How many there are, and what starts and interrupts one, is the chip's: see core_sse200.go.
var cores [coreCount]core

// shared are the ready goroutines that any core may run. Under mask.
var shared ready.Queue

// number is the index of c.
func (c *core) number() uint8 {
	return uint8((uintptr(unsafe.Pointer(c)) - uintptr(unsafe.Pointer(&cores))) / unsafe.Sizeof(cores[0]))
}

// urgency is the priority of what c runs, below all of them when that is nothing.
func (c *core) urgency() int {
	if c.cur == c.idle {
		return -1
	}
	return int(c.cur.priority)
}

// poke makes c look for what to run. Under mask.
func (c *core) poke() {
	if c == thisCore() {
		preempt()
	} else if c.online {
		interruptCore(c.number())
	}
}

// thisCore is the core that runs the caller, which the limit of the handler stack tells. Under mask; not in the report of a fault, which has no
// limit.
func thisCore() *core {
	if handlerLimit() == addressOf(&handlerStackBottom) {
		return &cores[0]
	}
	return &cores[1]
}

// handlerLimit is MSPLIM.
//
//mote:inline "mrs $0, msplim" "=r"
func handlerLimit() uintptr

// startcores lets the other cores run goroutines, too. With the kernel locked, once.
func startcores() {
	for i := range cores {
		cores[i].idle = prepareIdle(uint8(i))
	}
	listen()
	cores[0].online = true
	for i := uint8(1); i < coreCount; i++ {
		idle := cores[i].idle
		cores[i].cur = idle
		startcore(i, idle.sp, idle.stackEnd())
	}
}

// coremain is where another core begins, on the stack of its idle goroutine.
//
//mote:root
func coremain() {
	listen()
	m := mask()
	getg().core().online = true
	unmask(m)
	requestSwitch()
	idleLoop()
}
