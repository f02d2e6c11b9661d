//go:build mote && riscv32

package runtime

// The tick is the machine timer of the core-local interruptor. Time is mtime itself, so nothing is counted but ticks.

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
		tickState.deadline = mtime() / tickPeriod() * tickPeriod() // ticks are multiples of their length, as package rtos expects
		tickadvance()
	}
}

// tickadvance counts the ticks that are due and sets the next one.
func tickadvance() {
	period := tickPeriod()
	for now := mtime(); tickState.deadline <= now; {
		tickState.deadline += period
		tickState.count++
		schedState.tick = 1
	}
	mmioStore(regMtimecmp+4, ^uint32(0)) // no interrupt between the two halves
	mmioStore(regMtimecmp, uint32(tickState.deadline))
	mmioStore(regMtimecmp+4, uint32(tickState.deadline>>32))
}

// tickPeriod is the time between two ticks, in units of mtime.
func tickPeriod() uint64 { return uint64(mtimeHertz / addressOf(&tickHertz)) }

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
