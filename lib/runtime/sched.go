//go:build mote

package runtime

import (
	"internal/kernel/ready"
	"unsafe"
)

// The scheduler: fixed priorities, preemptive, round robin by time slice within a level. A switch happens in the lowest
// exception (PendSV; on RISC-V the end of the machine trap), which calls schedswitch on the handler stack. It is
// requested by the tick, by unlockSched when something became ready meanwhile, and by park.

// sliceTicks is how long a goroutine runs before another one of its level gets a turn.
const sliceTicks = 5

// kern is the state of the scheduler. Only touched under lockSched or inside the switch.
var kern struct {
	queue      ready.Queue
	started    bool
	yield      bool   // the running goroutine gives up its turn
	mainExited bool   // goroutine 1 has called Goexit
	lastTick   uint32 // when the timers were looked at
	sliceStart uint32 // when the running goroutine got its turn
	idles      uint32 // times the processor went to sleep
	count      int32  // live goroutines besides goroutine 1, without the runtime's own
	lastID     uint32
	liveBytes  uintptr    // in use after awaitStacks has collected
	dead       ready.List // stacks to use again
}

// timerHook wakes what is due and reports whether any timer is armed. Nil until the first timer: a program without
// timers does not link them.
var timerHook func() (armed bool)

// stackCanary is the word at the lowest address of every stack. It changes only when the stack overflows.
const stackCanary = 0x57ac0c4d

// canary is the lowest word of a goroutine's stack.
//
// Safety: stackLo is aligned and belongs to the stack.
func (gp *g) canary() *uint32 { return (*uint32)(unsafe.Pointer(gp.stackLo)) }

// schedstart sets up the scheduler: called, with the lock held, by whatever first needs a second task, a timer or to wait.
func schedstart() {
	if kern.started {
		return
	}
	kern.started = true
	kern.lastID = g1.id
	*g1.canary() = stackCanary
	tickstart()
	kern.sliceStart = ticks()
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
func goready(gp *g) {
	gp.status = taskReady
	gp.reason = waitNone
	kern.queue.PushBack(&gp.link, gp.priority)
	if gp.priority > curg.priority {
		schedState.pend = 1
	}
}

// park stops the running goroutine until somebody who found it calls goready. Called with the lock held once, returns
// with it released; so nothing is lost between deciding to wait and waiting.
func park(reason waitReason) {
	schedstart()
	curg.status = taskWaiting
	curg.reason = reason
	schedState.pend = 1
	unlockSched()
}

// schedswitch is the context switch proper. It gets the interrupted goroutine's saved stack pointer and returns that of the one to
// resume. It runs in the lowest exception, never while the lock is held.
func schedswitch(sp uintptr) uintptr {
	gp := curg
	gp.sp = sp
	if sp < gp.stackLo || *gp.canary() != stackCanary {
		stackoverflow(gp)
	}
	schedState.pend = 0
	now := ticks()
	if now != kern.lastTick && timerHook != nil {
		timerHook()
	}
	kern.lastTick = now
	if gp.status == taskRunning && !leaves(gp, now) {
		kern.yield = false
		return sp
	}
	kern.yield = false
	next := kern.queue.Pop()
	if next == nil {
		next = idle()
	}
	gp = taskOf(next)
	gp.status = taskRunning
	kern.sliceStart = ticks()
	curg = gp
	schedState.pend = 0
	return gp.sp
}

// leaves decides whether the running goroutine must give way, and queues it if so: behind its level when its turn is over,
// in front when something more urgent came.
func leaves(gp *g, now uint32) bool {
	top := kern.queue.Top()
	level := int(gp.priority)
	turnOver := kern.yield || now-kern.sliceStart >= sliceTicks
	switch {
	case top < level || top == level && !turnOver:
		return false
	case turnOver:
		kern.queue.PushBack(&gp.link, gp.priority)
	default:
		kern.queue.PushFront(&gp.link, gp.priority)
	}
	gp.status = taskReady
	return true
}

// idle waits inside the switch until something is ready. Nothing can become ready when no timer is armed: a deadlock.
func idle() *ready.Node {
	for {
		armed := timerHook != nil && timerHook()
		if n := kern.queue.Pop(); n != nil {
			return n
		}
		if !armed {
			deadlock()
		}
		kern.idles++
		idlewait()
	}
}

// deadlock reports that no goroutine can ever run again.
func deadlock() {
	startdying()
	if kern.mainExited {
		printstring("fatal error: no goroutines (main called runtime.Goexit) - deadlock!\n")
	} else {
		printstring("fatal error: all goroutines are asleep - deadlock!\n")
	}
	for gp := &g1; gp != nil; gp = gp.allPrev { // the oldest first
		if gp.flags&taskSystem == 0 && gp.status == taskWaiting {
			tracebackWaiting(gp)
		}
	}
	exit(exitPanic)
}

// tracebackWaiting prints the trace of a goroutine that does not run.
func tracebackWaiting(gp *g) {
	printstring("\ngoroutine ")
	printuint(uint64(gp.id))
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
func stackoverflow(gp *g) {
	startdying()
	printstring("fatal error: stack overflow\n\ngoroutine ")
	printuint(uint64(gp.id))
	printstring(" [running]:\n")
	pc, sp := savedContext(gp.sp)
	tracestack(pc, sp, gp.stackHi)
	exit(exitPanic)
}
