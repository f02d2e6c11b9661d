//go:build mote && thumb && !multicore

package runtime

// The tick is SysTick; asm/cortexm_tick.S counts it. Time between two ticks comes from the counter's value.

// tickState is shared with the tick's handler in assembly.
//
//mote:symbol mote_tick
var tickState struct {
	low, high uint32 // ticks since tickstart
	switching uint32 // the tick also requests a context switch
}

const (
	regSysTickReload = 0xe000e014
	regSysTickValue  = 0xe000e018
)

// tickNanoseconds is the length of a tick; 0 until the tick runs.
var tickNanoseconds uint32

// tickenable starts SysTick.
//
// Safety: in asm/cortexm_tick.S.
//
//mote:asm
func tickenable(reload uintptr)

// tickstart starts the tick unless it runs.
func tickstart() {
	if tickNanoseconds != 0 {
		return
	}
	tickNanoseconds = uint32(1_000_000_000 / addressOf(&tickHertz))
	tickenable(addressOf(&cpuHertz)/addressOf(&tickHertz) - 1)
}

// ticks is the low half of the tick count.
func ticks() uint32 {
	barrier()
	return tickState.low
}

// nanotime is the time in nanoseconds since the first call of anything that needs time. It never goes back.
// internal/sync and others have it by linkname.
//
//go:linkname nanotime
func nanotime() int64 {
	tickstart()
	for {
		high, low := tickState.high, ticks()
		value := mmioLoad(regSysTickValue)
		if mmioLoad(regICSR)&icsrPendTck != 0 {
			// The counter has wrapped and the handler has not run, because this is inside an exception of its priority or above.
			value = mmioLoad(regSysTickValue)
			return tickTime(high, low) + int64(tickNanoseconds) + elapsed(value)
		}
		if low == ticks() && high == tickState.high {
			return tickTime(high, low) + elapsed(value)
		}
	}
}

// tickTime is the time of a tick.
func tickTime(high, low uint32) int64 {
	return int64((uint64(high)<<32 | uint64(low)) * uint64(tickNanoseconds))
}

// elapsed is the time since the last tick. The counter counts down from the reload value, ticks when it gets to 0, and is reloaded a clock
// later; until it has counted for the first time it is 0, too. Processor clocks are whole megahertz.
func elapsed(value uint32) int64 {
	if value == 0 {
		return 0
	}
	clocks := mmioLoad(regSysTickReload) + 1 - value
	return int64(clocks * 1000 / uint32(addressOf(&cpuHertz)/1_000_000))
}
