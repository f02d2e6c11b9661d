package sense

import (
	"math"
	"sync/atomic"
	"time"
)

// Heartbeat says when the sampler should next be heard of. Whoever runs can look how overdue it is: a request that gets a processor while the
// sampler waits for one sees the starvation in band. Safe for use by any number of goroutines; no method blocks or allocates.
type Heartbeat struct {
	base  time.Time
	due   atomic.Int64    // nanoseconds since base; 0 before the first beat
	worst atomic.Int64    // greatest age met since the last take
	look  atomic.Int64    // nanoseconds since base, from when on a request is to look for the sampler
	peek  func(time.Time) // what it does then; nil without a sampler
	met   atomic.Bool     // there are requests
}

// never is when nobody is to look.
const never = math.MaxInt64

// NewHeartbeat returns a heartbeat that is never overdue until its first beat.
func NewHeartbeat() *Heartbeat { return &Heartbeat{base: time.Now().Add(-time.Nanosecond)} }

// Beat tells that the sampler ran, and will again at due, which needs a monotonic reading, as time.Now gives it.
func (h *Heartbeat) Beat(due time.Time) { h.due.Store(int64(due.Sub(h.base))) }

// Age is how long the sampler is overdue at now, 0 if it is not. It costs a few nanoseconds.
func (h *Heartbeat) Age(now time.Time) time.Duration {
	due := h.due.Load()
	if due == 0 {
		return 0
	}
	return max(0, now.Sub(h.base)-time.Duration(due))
}

// Meet is Age for a request: what it met goes into the next sample's Stale. While the sampler rests, a request takes its sample every
// 5 ms, which costs that one a few microseconds.
func (h *Heartbeat) Meet(now time.Time) time.Duration {
	if look := h.look.Load(); int64(now.Sub(h.base)) >= look && h.look.CompareAndSwap(look, never) {
		h.lookFor(now)
	}
	age := h.Age(now)
	for {
		worst := h.worst.Load()
		if int64(age) <= worst || h.worst.CompareAndSwap(worst, int64(age)) {
			return age
		}
	}
}

func (h *Heartbeat) lookFor(now time.Time) {
	h.met.Store(true)
	if h.peek != nil {
		h.peek(now)
	}
}

// lookFrom has the first request from then on look.
func (h *Heartbeat) lookFrom(t time.Time) { h.look.Store(int64(t.Sub(h.base))) }

// noLook has none look.
func (h *Heartbeat) noLook() { h.look.Store(never) }

// take returns the greatest age met since it was last called.
func (h *Heartbeat) take() time.Duration { return time.Duration(h.worst.Swap(0)) }
