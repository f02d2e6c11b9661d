//go:build mote && multicore

package runtime

// Without a tick while no core has anything to run: the tick's next period lasts until the first timer is due. Time is another counter's, so
// nothing is lost by restarting this one.

const (
	regSysTickReload = 0xe000e014
	regSysTickValue  = 0xe000e018
)

// icsrDropTick clears the pending state of SysTick.
const icsrDropTick = 1 << 25

// longestTick is what SysTick can count to, in clocks.
const longestTick = 1 << 24

// tickIsLong says that the running period is not of one tick: a core that gets something to run has core 0 end it. Under mask.
var tickIsLong bool

// tickstretch lets the tick wait until the first timer is due, if all cores idle. On core 0, with the kernel locked, so that no timer is armed meanwhile. In a
// long period it ends that earlier if a timer was armed by who has run only shortly.
func tickstretch() {
	m := mask()
	if coresIdle() {
		clocks := uint32(longestTick)
		if next := timers.queue.Min(); next != nil {
			clocks = clocksUntil(next.When)
		}
		switch {
		case clocks <= 2*tickClocks():
			if tickIsLong {
				tickshorten()
			}
		case !tickIsLong || clocks < mmioLoad(regSysTickValue):
			tickIsLong = true
			tickrestart(clocks)
		}
	}
	unmask(m)
}

// tickshorten goes back to single ticks, the first of them at a multiple of their length. On core 0, under mask.
func tickshorten() {
	tickIsLong = false
	length := int64(1_000_000_000 / addressOf(&tickHertz))
	tickrestart(clocksUntil((nanotime()/length + 1) * length))
}

// tickrestart makes the running period end after so many clocks. Those behind it last a tick. A tick that is pending is dropped: it belongs to a
// period that counts no more.
func tickrestart(clocks uint32) {
	mmioStore(regSysTickReload, max(clocks, 2)-1)
	mmioStore(regSysTickValue, 0) // any write: it is reloaded with the next clock
	for mmioLoad(regSysTickValue) == 0 {
	}
	mmioStore(regSysTickReload, tickClocks()-1)
	mmioStore(regICSR, icsrDropTick)
}

// clocksUntil is how many clocks of the processor are left until a time of nanotime, a few more rather than less, as far as SysTick counts.
func clocksUntil(when int64) uint32 {
	perMicrosecond := uint32(addressOf(&cpuHertz) / 1_000_000)
	left := when - nanotime()
	if left <= 0 {
		return 0
	}
	if left >= int64(longestTick/perMicrosecond)*1000 {
		return longestTick
	}
	return (uint32(left)/1000 + 1) * perMicrosecond
}

// tickClocks is the length of a tick in clocks of the processor.
func tickClocks() uint32 { return uint32(addressOf(&cpuHertz) / addressOf(&tickHertz)) }
