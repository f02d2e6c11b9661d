//go:build mote && thumb && !multicore

package runtime

// Without a tick while nothing can run: the counter's next period is made as long as the time until the first timer is due. It is preset before
// the running one ends, and the counter goes on by itself, so no clock is lost. Where something becomes ready in the middle of a long
// period, that ends at the next tick instead (tickrestart); it is the only place where the counter is written.

// tickMargin are the clocks that the kernel may take from a look at the counter to a write of it or of its reload value.
const tickMargin = 64

// tickIsLong reports whether something has to be done about a long period before a goroutine runs.
func tickIsLong() bool { return tickState.long != 0 }

// tickspan is how many ticks behind the running period's end the first tick is at which next has come, as far as the
// counter reaches.
//
//mote:unchecked
func tickspan(next int64) uint32 {
	longest := 1 << 24 / tickState.clocks
	left := next - tickTime(uint64(tickState.high)<<32|uint64(tickState.low)+uint64(tickState.step))
	switch {
	case left <= 0:
		return 0
	case left>>32 != 0:
		return longest
	default:
		return min((uint32(left)-1)/tickNanoseconds+1, longest)
	}
}

// idlewait sleeps until the next interrupt, unless something has become ready or there was a tick since schedState.tick was cleared. It comes
// back from long periods before something that is ready runs. Whatever comes between the look and the sleep is pending
// then and ends the sleep at once, though its handler runs only behind it: PRIMASK holds it back, for some 25 instructions, also above
// the ceiling, since BASEPRI would let the processor sleep on (Armv7-M ARM B1.5.19).
//
//mote:unchecked
func idlewait(next int64) {
	if schedState.queue.Empty() {
		span := tickspan(next)
		interruptsOff()
		if schedState.queue.Empty() && schedState.tick == 0 {
			tickstretch(span)
			if sleepsIdle {
				waitForInterrupt()
			}
		}
		interruptsOn()
	}
	if tickState.long != 0 && !schedState.queue.Empty() {
		tickshorten()
	}
}

// tickstretch makes the next period last span ticks. With PRIMASK set, and no tick since span was found.
//
//mote:unchecked
func tickstretch(span uint32) {
	if span > 1 && mmioLoad(regSysTickValue) > tickMargin && mmioLoad(regICSR)&icsrPendTck == 0 {
		tickState.long = 1
		tickState.preset = span
		mmioStore(regSysTickReload, span*tickState.clocks-1)
	}
}

// tickshorten makes all periods that follow last a tick, and the running one no longer than until the next tick but one.
//
//mote:unchecked
func tickshorten() {
	clocks := tickState.clocks
	for tickState.long != 0 {
		if tickState.preset != 0 {
			tickunset()
			continue
		}
		value := mmioLoad(regSysTickValue)
		if value < clocks+2*tickMargin {
			tickState.long = 0
			return
		}
		rest := (value - 2*tickMargin) / clocks
		end := computed(rest * clocks) // the value of the counter at which the period is to end
		interruptsOff()
		if mmioLoad(regSysTickValue) > end+tickMargin && tickrestart(regSysTickReload, end+tickState.restart) > 0 {
			tickState.step -= rest
			tickState.long = 0
			for mmioLoad(regSysTickValue) == 0 {
			}
			mmioStore(regSysTickReload, clocks-1)
		}
		interruptsOn()
	}
}

// tickunset takes back what tickstretch did, unless the running period is about to end: then the handler of the tick has to run first.
//
//mote:unchecked
func tickunset() {
	interruptsOff()
	if mmioLoad(regSysTickValue) > tickMargin {
		mmioStore(regSysTickReload, tickState.clocks-1)
		if mmioLoad(regICSR)&icsrPendTck == 0 {
			tickState.preset = 0
		}
	}
	interruptsOn()
}

// tickrestart makes the counter begin anew with its value less by end, or does nothing if that is not above 0. It returns the difference.
// Behind it the counter is 0 for a clock, and then reloads. The clocks between the load and the store that restarts are in
// tickState.restart.
//
//mote:inline "ldr $0, [$1, #4]\n\tsubs $0, $0, $2\n\tbls 1f\n\tstr $0, [$1]\n\tstr $0, [$1, #4]\n1:" "=&l,l,l,~{memory},~{cpsr}"
func tickrestart(reload uintptr, end uint32) int32

// computed is v, computed before the instructions that follow.
//
//mote:inline "" "=r,0,~{memory}"
func computed(v uint32) uint32
