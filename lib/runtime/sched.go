//go:build mote

package runtime

import "internal/kernel/ready"

// The scheduler: fixed priorities, preemptive, round robin by time slice within a level. The running goroutine stays in the ready
// queue; whatever changes which one is the first requests a switch, which happens in the lowest exception (PendSV; on RISC-V
// the end of the machine trap) by schedswitch on the handler stack.

// sliceTicks is how long a goroutine runs before another one of its level gets a turn.
const sliceTicks = 5

// kern is the state of the scheduler besides schedState. Under lockSched or inside the switch.
var kern struct {
	started    bool
	mainExited bool  // goroutine 1 has called Goexit
	turn       uint8 // ticks that a goroutine runs before another one of its level does; 0: until it waits
	slice      uint8 // of these, what is left
	handlers   bool  // interrupts can make something ready: without them and without timers, waiting is a deadlock
	count      int32 // live goroutines besides goroutine 1, without the runtime's own
	lastID     uint32
	liveBytes  uintptr    // in use after awaitStacks has collected
	last       *g         // the end of the list of all goroutines
	dead       ready.List // stacks to use again
}

// timerHook wakes what is due and returns when the next timer is, noTimer if none is armed. Nil until the first timer: a program without
// timers does not link them.
var timerHook func() (next int64)

// noTimer is in place of the time of the next timer when there is none. The time until then, modulo 1<<64, is the longest there is.
const noTimer = -1 << 63

// schedstart sets up the scheduler: called, with the lock held, by whatever first needs a second task, a timer or to wait.
func schedstart() {
	if kern.started {
		return
	}
	kern.started = true
	kern.lastID = g1.id
	kern.last = &g1
	kern.turn, kern.slice = sliceTicks, sliceTicks
	enqueueMain()
	tickstart()
	switchenable()
}

// switchenable lets the tick and requestSwitch reach the scheduler from now on.
//
// Safety: in asm/*_switch.S.
//
//mote:asm
//mote:calls schedentry
func switchenable()

// goready makes a waiting goroutine ready. Under lockSched or in the switch.
//
//mote:unchecked
func goready(gp *g) {
	m := mask()
	readyMasked(gp)
	unmask(m)
}

// readyMasked makes a waiting goroutine ready. One that a handler has interrupted on its way to wait still is. Under mask; ISR-safe.
//
//mote:unchecked
func readyMasked(gp *g) {
	if gp.status != taskWaiting {
		return
	}
	gp.status = taskReady
	gp.reason = waitNone
	enqueue(gp)
}

// park stops the running goroutine until somebody who found it calls goready. Called with the lock held once, returns
// with it released; so nothing is lost between deciding to wait and waiting.
func park(reason waitReason) {
	schedstart()
	m := mask()
	parkMasked(reason, m)
}

// parkMasked stops the running goroutine until somebody makes it ready. Under mask, with the scheduler started and without the lock;
// the mask is over when it returns.
//
//mote:unchecked
func parkMasked(reason waitReason, m maskState) {
	getg().unqueue(reason)
	dropSched()
	leave(m)
}

// unqueue takes gp out of the ready queue. Under mask.
//
//mote:unchecked
func (gp *g) unqueue(reason waitReason) {
	gp.status = taskWaiting
	gp.reason = reason
	dequeue(gp)
}

// deadlock reports that no goroutine can ever run again.
//
//mote:unchecked
func deadlock() {
	startdying()
	if kern.mainExited {
		printstring("fatal error: no goroutines (main called runtime.Goexit) - deadlock!\n")
	} else {
		printstring("fatal error: all goroutines are asleep - deadlock!\n")
	}
	for gp := allgs; gp != nil; gp = gp.allNext {
		if gp.flags&taskSystem == 0 && gp.status == taskWaiting {
			tracebackWaiting(gp)
		}
	}
	exit(exitPanic)
}

// tracebackWaiting prints the trace of a goroutine that does not run.
//
//mote:unchecked
func tracebackWaiting(gp *g) {
	printstring("\ngoroutine ")
	printgoroutine(gp)
	printstring(" [")
	if gp.status == taskReady {
		printstring("runnable")
	} else {
		printstring(waitTexts[gp.reason])
	}
	printstring("]:\n")
	pc, sp := savedContext(gp.sp)
	tracestack(pc, sp, gp.stackHi)
}

// stackoverflow reports that gp has written below its stack.
//
//mote:unchecked
func stackoverflow(gp *g) {
	startdying()
	printstring("fatal error: stack overflow\n\ngoroutine ")
	printgoroutine(gp)
	printstring(" [running]:\n")
	pc, sp := savedContext(gp.sp)
	tracestack(pc, sp, gp.stackHi)
	exit(exitPanic)
}

// printgoroutine prints the number of gp and the name that the program gave it.
//
//mote:unchecked
func printgoroutine(gp *g) {
	printuint(uint64(gp.id))
	if gp.flags&taskNamed != 0 {
		printstring(" (")
		printstring(*gp.name())
		printstring(")")
	}
}
