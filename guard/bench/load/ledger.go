package load

import (
	"time"

	"github.com/mote-go/mote/guard/bench/hist"
)

// Ledger says which request is to go out when, and counts what became of each. All times are since the start. It is not safe for several goroutines at once.
type Ledger struct {
	spec   Spec
	next   int // request to send
	report Report
	accept []hist.Histogram // latency of served requests, by second
}

// NewLedger returns the ledger for a load; spec must have passed Check.
func NewLedger(spec Spec) *Ledger {
	seconds := int((spec.End() + time.Second - 1) / time.Second)
	return &Ledger{
		spec:   spec,
		report: Report{Spec: spec, Series: make([]Second, seconds)},
		accept: make([]hist.Histogram, seconds),
	}
}

// Due tells whether a request is meant to have gone out by now and has not. Those that have run out of patience are given up.
func (l *Ledger) Due(now time.Duration) bool {
	for l.next < l.spec.Total() {
		intended := l.spec.Intended(l.next)
		if now-intended <= l.spec.Patience {
			return intended <= now
		}
		l.giveUp(intended)
	}
	return false
}

// giveUp counts the next request as late without sending it.
func (l *Ledger) giveUp(intended time.Duration) {
	l.report.Unsent++
	l.count(intended, Late)
	l.next++
}

// Take returns the intended time of the next request, which is Due and which the caller sends at once. free is since when there has been a connection to
// send it on.
func (l *Ledger) Take(now, free time.Duration) (intended time.Duration) {
	intended = l.spec.Intended(l.next)
	l.next++
	if free > intended {
		l.report.Blocked++
	}
	l.report.Lateness.Add(now - max(intended, free))
	return intended
}

// Wait is how long nothing is to be sent: until the next request is meant to go out; when all have, until the end of sending, and then long.
func (l *Ledger) Wait(now time.Duration) time.Duration {
	switch {
	case l.next < l.spec.Total():
		return max(l.spec.Intended(l.next)-now, 0)
	case now < l.spec.End():
		return l.spec.End() - now
	}
	return time.Hour
}

// Answered counts the answer to the request that was intended at that time.
func (l *Ledger) Answered(intended, now time.Duration, status Status) {
	second := int(intended / time.Second)
	switch status {
	case Served:
		l.accept[second].Add(now - intended)
		if l.counts(intended) {
			l.report.Accepted.Add(now - intended)
		}
		if now-intended <= l.spec.Limit {
			l.count(intended, Good)
		} else {
			l.count(intended, Late)
		}
	case Refused:
		if l.counts(intended) {
			l.report.Refused.Add(now - intended)
		}
		l.count(intended, Shed)
	default:
		l.count(intended, Failed)
	}
}

// Abandoned counts a request that was sent and has no answer at the end, which is late.
func (l *Ledger) Abandoned(intended time.Duration) {
	l.report.Unanswered++
	l.count(intended, Late)
}

// Finish counts those that were never sent, for want of a connection, as late, and returns the report. The ledger is of no use afterwards.
func (l *Ledger) Finish() *Report {
	for l.next < l.spec.Total() {
		l.giveUp(l.spec.Intended(l.next))
	}
	for i := range l.accept {
		l.report.Series[i].P50, l.report.Series[i].P99 = l.accept[i].Quantile(0.5), l.accept[i].Quantile(0.99)
	}
	return &l.report
}

// counts tells whether a request belongs to the sums.
func (l *Ledger) counts(intended time.Duration) bool { return intended >= l.spec.Settle }

// count adds one to a class, in the sums and in the request's second.
func (l *Ledger) count(intended time.Duration, class Class) {
	l.report.Series[intended/time.Second].Classes[class]++
	if l.counts(intended) {
		l.report.Classes[class]++
	}
}
