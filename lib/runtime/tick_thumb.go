//go:build mote && thumb

package runtime

// The tick is SysTick; asm/cortexm_tick.S counts it. Time between two ticks comes from the counter's value.

// tickState is shared with the tick's handler in assembly. Times are those at which the counter gets to 0.
//
//mote:symbol mote_tick
var tickState struct {
	low, high uint32 // ticks from tickstart to the beginning of the counter's running period
	switching uint32 // the tick also requests a context switch
	step      uint32 // ticks that this period lasts
	preset    uint32 // ticks that the next one will last, or 0: a single one
	clocks    uint32 // of a tick
	restart   uint32 // clocks from the load to the store in tickrestart, and one behind it
	long      uint32 // not 0 while the running period or the next one may last more than a tick; see tickless_thumb.go
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
	tickState.step = 1
	tickState.clocks = uint32(addressOf(&cpuHertz) / addressOf(&tickHertz))
	tickenable(uintptr(tickState.clocks - 1))
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
		low, step := ticks(), tickState.step
		count := uint64(tickState.high)<<32 | uint64(low)
		value := mmioLoad(regSysTickValue)
		if mmioLoad(regICSR)&icsrPendTck != 0 {
			// The counter has wrapped and the handler has not run, because this is inside an exception of its priority or above.
			count += uint64(step)
			step = 1
			if value = mmioLoad(regSysTickValue); value >= tickState.clocks {
				step = tickState.preset
			}
		} else if low != ticks() || step != tickState.step {
			continue
		}
		return timeAt(count, step, value)
	}
}

// timeAt is the time at a value of the counter in a period of step ticks that began with the tick of that number. The counter counts down,
// a period ends when it gets to 0, and it is reloaded a clock later; until it has counted for the first time it is 0, too. Processor
// clocks are whole megahertz.
func timeAt(count uint64, step, value uint32) int64 {
	past := uint32(0)
	if value != 0 {
		past = step*tickState.clocks - value
	}
	if step != 1 {
		whole := past / tickState.clocks
		past -= whole * tickState.clocks
		count += uint64(whole)
	}
	return tickTime(count) + int64(past*1000/uint32(addressOf(&cpuHertz)/1_000_000))
}

// tickTime is the time of a tick.
func tickTime(count uint64) int64 { return int64(count * uint64(tickNanoseconds)) }
