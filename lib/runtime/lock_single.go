//go:build mote && !multicore

package runtime

import (
	"internal/kernel/ready"
	"unsafe"
)

// multicore says that goroutines run on several cores at a time.
const multicore = false

// coreCount is the number of cores.
const coreCount = 1

// schedState is shared with the context switch in assembly (asm/*_state.S).
//
//mote:symbol mote_sched
var schedState struct {
	lock  uint32      // depth; the switch does nothing when it is not 0
	tick  uint32      // there was a tick since the last switch
	pend  uint32      // a switch was requested or came while locked
	cur   *g          // see getg
	queue ready.Queue // under mask
}

// What asm/cortexm_switch.S knows of it. A line does not compile when it is not so.
const (
	_ = uint(unsafe.Offsetof(schedState.cur)-12) + uint(12-unsafe.Offsetof(schedState.cur))
	_ = uint(unsafe.Offsetof(schedState.queue)-16) + uint(16-unsafe.Offsetof(schedState.queue))
	_ = uint(unsafe.Sizeof(schedState)-56) + uint(56-unsafe.Sizeof(schedState))
)

// getg is the running goroutine. In handlers it is the interrupted one.
func getg() *g { return schedState.cur }

// setmain makes goroutine 1 the running one.
func setmain() { schedState.cur = &g1 }

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
		schedState.pend = 0
		requestSwitch()
	}
}

// dropSched leaves the kernel however deep, for a goroutine that waits or ends. Under mask, so that the switch comes behind it.
func dropSched() { schedState.lock = 0 }

// resetSched undoes what a contained goroutine did that a fault has ended.
func resetSched() { schedState.lock = 0 }

// locked reports whether the running goroutine is in the kernel.
func locked() bool { return schedState.lock != 0 }

// switchLater requests a switch for when the kernel is left.
func switchLater() { schedState.pend = 1 }
