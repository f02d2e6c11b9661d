//go:build mote && riscv32

package runtime

// The tick is the machine timer of the core-local interruptor. Time is mtime itself, so nothing is counted but ticks. While nothing can run
// there are none: the timer is set to when the first sleeper is due.

// The core-local interruptor where SiFive's chips and QEMU's virt have it.
const (
	regMtimecmp = 0x02004000 // of hart 0, 64 bits
	regMtime    = 0x0200bff8 // 64 bits

	mtimeNanoseconds = 100 // mtime counts at 10 MHz
	mtimeHertz       = 1_000_000_000 / mtimeNanoseconds
)

// tickState is the clock of the scheduler.
var tickState struct {
	count    uint32
	running  bool
	deadline uint64 // of the next tick, in units of mtime
}

// tickstart starts the tick unless it runs. The interrupt is enabled by switchenable.
func tickstart() {
	if !tickState.running {
		tickState.running = true
		period := uint64(tickPeriod())
		tickState.deadline = mtime() / period * period // ticks are multiples of their length, as package rtos expects
		tickadvance()
	}
}

// tickadvance counts the ticks that are due and sets the next one.
func tickadvance() {
	period := tickPeriod()
	for now := mtime(); tickState.deadline <= now; {
		due := uint32(min(now-tickState.deadline, 1<<31))/period + 1
		tickState.deadline += uint64(due) * uint64(period)
		tickState.count += due
		schedState.tick = 1
	}
	settimer(tickState.deadline)
}

// settimer makes the timer interrupt at a time of mtime.
func settimer(at uint64) {
	mmioStore(regMtimecmp+4, ^uint32(0)) // no interrupt between the two halves
	mmioStore(regMtimecmp, uint32(at))
	mmioStore(regMtimecmp+4, uint32(at>>32))
}

// tickIsLong is for counters that must be brought back to periods of a tick; tickadvance sets the next tick in any case.
func tickIsLong() bool { return false }

// idlewait sleeps until the next interrupt, which is served here, unless something is ready: interrupts are off during a trap. The tick comes with the first of its
// times at which next has come, or after two seconds.
func idlewait(next int64) {
	if !schedState.queue.Empty() {
		return
	}
	if left := next - int64(tickState.deadline*mtimeNanoseconds); left > 0 {
		period := tickPeriod()
		ticks := uint32(min(left-1, 1<<31))/(period*mtimeNanoseconds) + 1
		settimer(tickState.deadline + uint64(ticks)*uint64(period))
	}
	if sleepsIdle {
		waitForInterrupt()
	}
	idleInterrupt()
	tickadvance()
}

// tickPeriod is the time between two ticks, in units of mtime.
func tickPeriod() uint32 { return uint32(mtimeHertz / addressOf(&tickHertz)) }

// ticks is the number of ticks so far.
func ticks() uint32 {
	barrier()
	return tickState.count
}

// mtime reads the 64-bit clock.
func mtime() uint64 {
	for {
		high := mmioLoad(regMtime + 4)
		low := mmioLoad(regMtime)
		if mmioLoad(regMtime+4) == high {
			return uint64(high)<<32 | uint64(low)
		}
	}
}

// nanotime is the time in nanoseconds since reset. It never goes back. internal/sync and others have it by linkname.
//
//go:linkname nanotime
func nanotime() int64 { return int64(mtime() * mtimeNanoseconds) }
