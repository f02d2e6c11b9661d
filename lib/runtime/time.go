//go:build mote

package runtime

import "unsafe"

// What package time expects from below.
//
// Safety: time declares these functions without bodies and with the same signatures; its Timer is a timeTimer's beginning.

// timeSleep is time.Sleep: it pauses the goroutine for ns nanoseconds at least.
//
//go:linkname timeSleep time.Sleep
func timeSleep(ns int64) {
	if ns <= 0 {
		return
	}
	when := nanotime() + ns
	if when < 0 {
		when = maxWhen
	}
	sleepUntil(when)
}

// sleepUntil pauses the goroutine until a time of nanotime, and then until the next tick.
func sleepUntil(when int64) {
	lockSched()
	var sleep event
	e := (*event)(noescape(unsafe.Pointer(&sleep))) // left only after the switch has taken it out of the queue
	e.sleeper = getg()
	e.arm(when)
	park(waitSleep)
}

// asyncTimers is set by GODEBUG=asynctimerchan=2: the channels of new timers are ordinary buffered ones, as before Go 1.23. Package time
// itself sees to asynctimerchan=1.
var asyncTimers bool

//go:linkname newTimer time.newTimer
func newTimer(when, period int64, f func(arg any, seq uintptr, delta int64), arg any, c *hchan) *timeTimer {
	if asyncTimers {
		c = nil
	}
	t := new(timeTimer)
	t.f, t.arg, t.timer.c = f, arg, c
	if c != nil {
		c.timer = &t.timer
		c.mode |= chanLocked // what it does on the channel may take longer than handlers can wait
		timerHookChannel = timerChannel
	}
	t.init = true
	lockSched()
	t.when, t.period = when, period
	t.update()
	unlockSched()
	return t
}

//go:linkname stopTimer time.stopTimer
func stopTimer(t *timeTimer) bool {
	lockSched()
	pending := t.disarm()
	unlockSched()
	return pending
}

//go:linkname resetTimer time.resetTimer
func resetTimer(t *timeTimer, when, period int64) bool {
	lockSched()
	pending := t.disarm()
	t.when, t.period = when, period
	t.update()
	unlockSched()
	return pending
}

// haveHighResSleep says that a sleep can be as short as a millisecond. The tests of package time read it by linkname.
var haveHighResSleep = true

// wallOffset is the wall clock in nanoseconds since 1970 at nanotime 0; it is asked of the host at first use.
var wallOffset int64

// walltime is the wall clock. A board without a host starts in 1970.
func walltime(mono int64) (sec int64, nsec int32) {
	lockSched() // for the two halves of the offset
	if wallOffset == 0 {
		wallOffset = int64(uint32(semihost(semihostTime, nil)))*1_000_000_000 - mono
	}
	wall := uint64(wallOffset + mono)
	unlockSched()
	return int64(wall / 1_000_000_000), int32(wall % 1_000_000_000)
}

//go:linkname time_now time.now
func time_now() (sec int64, nsec int32, mono int64) {
	mono = nanotime()
	sec, nsec = walltime(mono)
	return sec, nsec, mono
}

//go:linkname time_runtimeNow time.runtimeNow
func time_runtimeNow() (sec int64, nsec int32, mono int64) { return time_now() }

//go:linkname time_runtimeNano time.runtimeNano
func time_runtimeNano() int64 { return nanotime() }

//go:linkname time_runtimeIsBubbled time.runtimeIsBubbled
func time_runtimeIsBubbled() bool { return false }
