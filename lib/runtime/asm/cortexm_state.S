// The words that the scheduler's assembly and Go code share; see lib/runtime/lock.go. No code, so that a program
// that only locks (an allocation does) links nothing else of the scheduler.

	.section .bss.mote_sched, "aw", %nobits
	.globl	mote_sched
	.type	mote_sched, %object
	.balign	4
mote_sched:
	.space	56			// lock depth, tick, switch requested, running goroutine, ready queue (bitmap, 9 rings)
	.size	mote_sched, . - mote_sched
