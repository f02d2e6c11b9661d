package sense

import (
	"sync/atomic"
	"time"
)

// Heartbeat says when the sampler should next be heard of. Whoever runs can look how overdue it is: a request that gets a processor while the
// sampler waits for one sees the starvation in band. Safe for use by any number of goroutines; no method blocks or allocates.
type Heartbeat struct {
	base    time.Time
	due     atomic.Int64  // nanoseconds since base; 0 before the first beat
	worst   atomic.Int64  // greatest age met since the last take
	resting atomic.Bool   // the sampler waits for the next request, or much longer than else
	roused  chan struct{} // gets a value when there is one
}

// NewHeartbeat returns a heartbeat that is never overdue until its first beat.
func NewHeartbeat() *Heartbeat {
	h := &Heartbeat{base: time.Now().Add(-time.Nanosecond), roused: make(chan struct{}, 1)}
	h.rest() // the first request of all tells that there are any
	return h
}

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

// rest has the next request rouse the sampler.
func (h *Heartbeat) rest() { h.resting.Store(true) }

// Meet is Age for a request: what it met goes into the next sample's Stale. The first request after a rest rouses the sampler.
func (h *Heartbeat) Meet(now time.Time) time.Duration {
	if h.resting.Load() && h.resting.CompareAndSwap(true, false) {
		select {
		case h.roused <- struct{}{}:
		default:
		}
	}
	age := h.Age(now)
	for {
		worst := h.worst.Load()
		if int64(age) <= worst || h.worst.CompareAndSwap(worst, int64(age)) {
			return age
		}
	}
}

// take returns the greatest age met since it was last called.
func (h *Heartbeat) take() time.Duration { return time.Duration(h.worst.Swap(0)) }
