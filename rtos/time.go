package rtos

import "time"

// Timeout is the time at which waiting ends. The zero value does not wait at all.
type Timeout struct {
	when int64 // of Now; 0: never begins
}

// forGood is the time that never comes.
const forGood = 1<<63 - 1

// Forever is the Timeout that never ends.
var Forever = Timeout{forGood}

// Within ends waiting after d; one that is not positive does not wait. Several waits with one Timeout end at the same time together.
func Within(d time.Duration) Timeout {
	if d <= 0 {
		return Timeout{}
	}
	return Until(now() + int64(d))
}

// Until ends waiting at a time of Now.
func Until(when int64) Timeout { return Timeout{max(when, 1)} }

// Now is the time in nanoseconds since the start, monotonic; it overflows after 292 years. ISR-safe.
func Now() int64 { return now() }

// TickLength is the time between two ticks: sleeps and timeouts end up to one tick late, when nothing more urgent runs.
func TickLength() time.Duration { return time.Duration(tickNanoseconds()) }

// SleepUntil waits until a time of Now.
func SleepUntil(when int64) { sleepUntil(when) }

// Yield lets the other goroutines of the same priority run first.
func Yield() { yield() }

// SetTurn sets for how many ticks a goroutine runs before the next of its priority gets its turn: 5 at the start. 0 means until it
// waits, ends or yields. Not for handlers.
func SetTurn(ticks uint8) { setTurn(ticks) }

// Period wakes a goroutine at regular times that do not drift. One goroutine uses it. Its times are those of ticks when its length is a multiple
// of TickLength; otherwise each wait ends at the tick behind.
type Period struct {
	length int64
	next   int64
}

// Every begins a period with the last tick. It panics when d is not positive.
func Every(d time.Duration) *Period {
	p := new(Period)
	p.Start(d)
	return p
}

// Start begins a period as Every does, in memory of the caller.
func (p *Period) Start(d time.Duration) {
	if d <= 0 {
		panic("rtos: a period must be positive")
	}
	p.length = int64(d)
	begin := now()
	p.next = begin - begin%tickNanoseconds() + p.length // a time just behind a tick would be served by that tick or the next, by turns
}

// Wait waits for the beginning of the next period and returns how many were missed because the caller was late for them.
func (p *Period) Wait() (missed int) {
	if late := now() - p.next; late >= p.length {
		missed = int(late / p.length)
		p.next += int64(missed) * p.length
	}
	sleepUntil(p.next)
	p.next += p.length
	return missed
}

// Due is when the wait that comes next will end, as a time of Now.
func (p *Period) Due() int64 { return p.next }
