//go:build mote && multicore

package runtime

// The tick of core 0 is SysTick. Time is a counter that all cores can read, extended at each tick.

const (
	regCounter         = 0x50302018 // COUNTER of the FPGA's system registers: counts the system clock (Arm AN521, "FPGA system control and I/O")
	counterNanoseconds = 50
)

// clock is the time of the counter's value at one of the last two ticks, in turn: that of index%2 is whole, also for handlers that interrupt the
// writing of the other.
var clock struct {
	index uint32 // ticks so far
	at    [2]struct {
		counter uint32
		time    int64
	}
	running bool
}

// tickstart starts the tick unless it runs.
func tickstart() {
	if clock.running {
		return
	}
	clock.running = true
	clock.at[0].counter = mmioLoad(regCounter) // before the tick begins: at tick n, n ticks have passed
	tickenable(addressOf(&cpuHertz)/addressOf(&tickHertz) - 1)
}

// tickenable starts SysTick.
//
// Safety: in asm/cortexm_tick.S.
//
//mote:asm
//mote:calls clocktick
func tickenable(reload uintptr)

// clocktick is called by the tick's handler.
func clocktick() {
	index := clock.index + 1
	now := mmioLoad(regCounter)
	before, at := &clock.at[clock.index%2], &clock.at[index%2]
	at.time = before.time + int64(now-before.counter)*counterNanoseconds
	at.counter = now
	fence()
	clock.index = index
}

// ticks is the low half of the tick count.
func ticks() uint32 {
	barrier()
	return clock.index
}

// nanotime is the time in nanoseconds since the first call of anything that needs time. It never goes back.
// internal/sync and others have it by linkname.
//
//go:linkname nanotime
func nanotime() int64 {
	tickstart()
	for {
		index := ticks()
		fence()
		at := clock.at[index%2]
		now := mmioLoad(regCounter)
		fence()
		if index == ticks() {
			return at.time + int64(now-at.counter)*counterNanoseconds
		}
	}
}
