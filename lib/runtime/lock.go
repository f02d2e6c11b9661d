//go:build mote

package runtime

// The kernel lock. Everything that the scheduler shares (ready queue, timers, channels, semaphores, heap) is touched by
// goroutines with the lock held and by the context switch, which does nothing while it is held. No interrupt is ever masked.
//
// It is a counter without atomics: while it is above zero no other goroutine runs, and a switch between load and
// store of the increment comes back with the counter as it was.

// schedState is shared with the context switch in assembly (asm/*_state.S).
//
//mote:symbol mote_sched
var schedState struct {
	lock uint32 // depth; the switch does nothing when it is not 0
	pend uint32 // a switch was requested or came while locked
}

// barrier keeps memory accesses on their side of it. It is no instruction.
//
// Safety: empty assembly that clobbers memory.
//
//mote:inline "" "~{memory}"
func barrier()

// lockSched enters the kernel; it nests. Bounded: 3 instructions.
func lockSched() {
	schedState.lock++
	barrier()
}

// unlockSched leaves the kernel, with a context switch if one became due meanwhile.
func unlockSched() {
	barrier()
	left := schedState.lock - 1
	schedState.lock = left
	barrier()
	if left == 0 && schedState.pend != 0 {
		requestSwitch()
	}
}
