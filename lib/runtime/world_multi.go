//go:build mote && multicore

package runtime

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
func resumeOthers() { stopped = stops > 0 }

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
