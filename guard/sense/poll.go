package sense

import (
	"sync/atomic"
	"time"
)

// pollProbe sees how late the network poller is: a timer of the kernel becomes readable at known moments, and a goroutine waits for it as
// for a connection. Timers of the runtime say nothing of that: the poller is asked when a processor runs out of work or 10 ms after it was last
// asked, and what it finds ready may wait long behind local run queues.
type pollProbe struct {
	source pollSource
	every  time.Duration
	base   time.Time
	due    atomic.Int64 // when the timer fires next, nanoseconds since base
	worst  atomic.Int64 // greatest lateness since the last take
}

// pollSource is a timer of the kernel behind the network poller.
type pollSource interface {
	// wait blocks until the timer has fired and tells how long ago that was. ok is false once the source is closed.
	wait() (late time.Duration, ok bool)
	close() error
}

// startPollProbe returns nil where there is no such timer. After each wake-up, woken is called with the present time.
func startPollProbe(every time.Duration, woken func(time.Time)) *pollProbe {
	source, err := openPollSource(every)
	if err != nil {
		return nil
	}
	p := &pollProbe{source: source, every: every, base: time.Now()}
	p.due.Store(int64(every))
	go p.run(woken)
	return p
}

func (p *pollProbe) run(woken func(time.Time)) {
	for {
		late, ok := p.source.wait()
		if !ok {
			return
		}
		now := time.Now()
		p.due.Store(int64(now.Sub(p.base) - late%p.every + p.every))
		if int64(late) > p.worst.Load() {
			p.worst.Store(int64(late))
		}
		woken(now)
	}
}

// take returns the greatest lateness since it was last called, or how overdue the probe is now, whichever is more.
func (p *pollProbe) take(now time.Time) time.Duration {
	if p == nil {
		return Unknown
	}
	overdue := int64(now.Sub(p.base)) - p.due.Load()
	return time.Duration(max(0, overdue, p.worst.Swap(0)))
}

func (p *pollProbe) close() error {
	if p == nil {
		return nil
	}
	return p.source.close()
}
