package sense

import (
	"sync/atomic"
	"time"
)

// pollProbe sees how late the network poller is: a timer of the kernel becomes readable at a known moment, and a goroutine waits for it as
// for a connection. Timers of the runtime say nothing of that: the poller is asked when a processor runs out of work or 10 ms after it was last
// asked, and what it finds ready may wait long behind local run queues.
type pollProbe struct {
	source pollSource
	base   time.Time
	due    atomic.Int64 // when the armed timer fires, nanoseconds since base; 0 if it is not armed
	worst  atomic.Int64 // greatest lateness since the last take
}

// pollSource is a timer of the kernel behind the network poller.
type pollSource interface {
	// arm lets the timer fire once.
	arm(after time.Duration) error
	// wait blocks until the timer has fired. It returns false once the source is closed.
	wait() bool
	close() error
}

// startPollProbe returns nil where there is no such timer. Whenever the probe was served, woken is called with the present time.
func startPollProbe(woken func(time.Time)) *pollProbe {
	source, err := openPollSource()
	if err != nil {
		return nil
	}
	p := &pollProbe{source: source, base: time.Now().Add(-time.Nanosecond)}
	go p.run(woken)
	return p
}

func (p *pollProbe) run(woken func(time.Time)) {
	for p.source.wait() {
		now := time.Now()
		late := int64(now.Sub(p.base)) - p.due.Swap(0)
		if late > p.worst.Load() {
			p.worst.Store(late)
		}
		woken(now)
	}
}

// arm has the probe look once, unless it is at it already.
func (p *pollProbe) arm(now time.Time, after time.Duration) {
	if p == nil || p.due.Load() != 0 {
		return
	}
	p.due.Store(int64(now.Sub(p.base) + after))
	if p.source.arm(after) != nil {
		p.due.Store(0)
	}
}

// take returns the greatest lateness since it was last called, or how overdue the probe is now, whichever is more.
func (p *pollProbe) take(now time.Time) time.Duration {
	if p == nil {
		return Unknown
	}
	worst := p.worst.Swap(0)
	if due := p.due.Load(); due != 0 {
		worst = max(worst, int64(now.Sub(p.base))-due)
	}
	return time.Duration(max(0, worst))
}

func (p *pollProbe) close() error {
	if p == nil {
		return nil
	}
	return p.source.close()
}
