//go:build mote && multicore

package runtime

import "unsafe"

// The world is stopped while the other cores run no goroutine and the registers of theirs are in memory. Handlers go on.

// stopped is set while the world is; stops says how often. Written with the kernel locked.
var (
	stopped bool
	stops   uint8
)

// stopWorld waits until it is; it nests. With the kernel locked.
func stopWorld() {
	if stops++; stops > 1 {
		return
	}
	m := mask() // so that each core either has switched or will see it
	stopped = true
	unmask(m)
	callOthers()
	for !othersParked() {
		relax()
	}
}

// startWorld lets them go on.
func startWorld() {
	if stops--; stops > 0 {
		return
	}
	m := mask()
	stopped = false
	unmask(m)
}

// reportLock is held by the core that reports a failure, reporter that core's number, plus 1; 0 when none does.
var (
	reportLock uint32
	reporter   uint32
)

// claimReport makes this core the one that reports. Another one that already does ends the program, or survives: then it is this one's turn. Not under mask unless
// that is where the program has failed; a report takes none.
//
// Safety: reporter is an ordinary word, read as it is in memory.
func claimReport() {
	self := uint32(getg().core().number()) + 1
	for mmioLoad(uintptr(unsafe.Pointer(&reporter))) != self && tryAcquire(&reportLock) != 0 {
		relax()
	}
	reporter = self
}

// haltLooks is how often haltOthers looks.
const haltLooks = 100_000

// haltOthers lets the other cores stop for a report. It does not wait for good: the program may have failed with what they wait for.
func haltOthers() {
	stopped = true
	callOthers()
	for looks := 0; looks < haltLooks && !othersParked(); looks++ {
		relax()
	}
}

// resumeOthers lets them go on when the program survives what was reported.
func resumeOthers() {
	stopped = stops > 0
	reporter = 0
	release(&reportLock)
}

// callOthers makes the other cores switch, and so look at stopped.
func callOthers() {
	self := getg().core()
	for i := range cores {
		if c := &cores[i]; c != self && c.online {
			interruptCore(c.number())
		}
	}
}

// othersParked reports whether no other core runs a goroutine.
func othersParked() bool {
	self := getg().core()
	for i := range cores {
		if c := &cores[i]; c != self && c.online && c.parked == 0 && c.cur != c.idle {
			return false
		}
	}
	fence()
	return true
}

// awaitWorld waits in the context switch until the world goes on. Under mask, also when it returns.
func awaitWorld(m maskState) {
	for stopped {
		unmask(m)
		relax()
		m = mask()
	}
}

// fence orders the memory accesses before and behind it for the other cores.
//
//mote:inline "dmb" "~{memory}"
func fence()
