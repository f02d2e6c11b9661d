// Command clock compares the runtime's clock with a timer of the board that runs freely, over sleeps of random length, many of which another
// timer's interrupt ends early. It prints how far apart the two are, and whatever else is wrong.
// Its argument is the number of sleeps of each kind.
package main

import (
	"os"
	"runtime/interrupt"
	"runtime/volatile"
	"strconv"
	"time"
	"unsafe"

	"mote/rtos"
)

// slack is how long the way from an interrupt to the goroutine that it wakes may take, with Now, in nanoseconds.
const slack = 20_000

var (
	tick  = int64(rtos.TickLength())
	woken rtos.Semaphore
	seed  = uint32(1)
	last  int64 // what now returned last
)

// random is below n.
func random(n int64) int64 {
	seed ^= seed << 13
	seed ^= seed >> 17
	seed ^= seed << 5
	return int64(seed) % n
}

func register(address uintptr) *volatile.Register32 {
	return (*volatile.Register32)(unsafe.Pointer(address))
}

func onAlarm(interrupt.Interrupt) {
	silence()
	woken.Give()
}

// reference is the time by the board's timer in its clocks.
var reference struct {
	clocks int64
	last   uint32
}

func clocks() int64 {
	value := counter()
	reference.clocks += int64((value - reference.last) & counterMask)
	reference.last = value
	return reference.clocks
}

// inClocks are nanoseconds in clocks of the board's timer.
func inClocks(nanoseconds int64) int64 { return nanoseconds * (hertz / 1_000_000) / 1000 }

// now is the time in nanoseconds; it never goes back.
func now() int64 {
	t := rtos.Now()
	if t < last {
		println("back by", last-t)
	}
	last = t
	return t
}

// apart is by how many clocks the runtime's clock is behind the board's at least; negative when it is before it.
func apart() int64 {
	before := clocks()
	at := inClocks(now())
	after := clocks()
	switch {
	case at < before:
		return before - at
	case at > after:
		return after - at
	}
	return 0
}

// randomLength is a time of some ticks, now and then of many.
func randomLength() int64 {
	if random(32) == 0 {
		return 1 + random(64*tick)
	}
	return 1 + random(6*tick)
}

// sleep sleeps for a while, which ends with the first tick that it can end with.
func sleep(length int64) {
	begin := now()
	time.Sleep(time.Duration(length))
	end := now()
	if until := (begin + length + tick - 1) / tick * tick; end < begin+length || end > until+slack {
		println("sleep of", length, "from", begin, "until", end)
	}
}

// wait waits for an alarm, which comes before the time that would end the wait.
func wait() {
	alarm := 50_000 + randomLength()
	begin := now()
	ring(uint32(inClocks(alarm)))
	if err := woken.TakeWithin(rtos.Within(time.Duration(alarm + tick + randomLength()))); err != nil {
		println(err.Error())
	}
	if took := now() - begin; took < alarm-1000 || took > alarm+slack {
		println("alarm after", alarm, "came after", took)
	}
}

func main() {
	rounds, err := strconv.Atoi(os.Args[1])
	if err != nil {
		panic(err)
	}
	interrupt.New(number, onAlarm).Enable()
	begin()
	time.Sleep(1)
	reference.last = counter()
	reference.clocks = inClocks(now())
	for range rounds {
		sleep(randomLength())
	}
	println("sleeps:", apart(), "apart")
	for range rounds {
		wait()
		sleep(tick / 4) // ends with the tick that there would be without long periods
	}
	println("alarms:", apart(), "apart")
}
