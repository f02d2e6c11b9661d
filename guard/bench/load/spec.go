// Package load sends requests at a fixed rate, whatever becomes of them, and counts what came back within the time limit.
//
// The loop is open: request i is meant to go out at i/rate seconds, and its latency counts from that moment, not from when it was in fact sent.
// So a server that stalls is charged for every request that would have come in meanwhile (what is known as coordinated omission is leaving those out).
// A request that finds no free connection waits for one, and its time runs.
//
// Ledger is the bookkeeping, without clock or network; HTTP and GRPC drive it. The generator shares its CPUs with the server it loads, so it
// measures itself too: how late it sent what it could have sent in time, and the CPU time it used. A run in which it fell behind is
// marked as invalid.
package load

import (
	"fmt"
	"time"
)

// Spec is what load there is to be: an ordinary one for Settle, which does not count, then the one that is measured.
type Spec struct {
	Rate     int           `json:"rate"`        // requests a second
	Duration time.Duration `json:"duration_ns"` // for which they are sent
	Limit    time.Duration `json:"limit_ns"`    // an answer that comes later is late
	Patience time.Duration `json:"patience_ns"` // after which a request that has found no free connection is given up, as late

	Settle     time.Duration `json:"settle_ns"`   // before Duration
	SettleRate int           `json:"settle_rate"` // requests a second in it
}

// Check returns an error that names the field that makes no sense.
func (s Spec) Check() error {
	switch {
	case s.Rate <= 0:
		return fmt.Errorf("rate is %d, and must be positive", s.Rate)
	case s.Duration <= 0:
		return fmt.Errorf("duration is %v, and must be positive", s.Duration)
	case s.Limit <= 0:
		return fmt.Errorf("limit is %v, and must be positive", s.Limit)
	case s.Patience < s.Limit:
		return fmt.Errorf("patience is %v, and must be at least the limit, %v", s.Patience, s.Limit)
	case s.Settle < 0:
		return fmt.Errorf("settle is %v, and must not be negative", s.Settle)
	case s.Settle > 0 && s.SettleRate <= 0:
		return fmt.Errorf("settle rate is %d, and must be positive", s.SettleRate)
	}
	return nil
}

// last is when waiting for answers ends: the time limit after the last request, when what has not come is late, and half a second at least, in which the
// server gets rid of what it has.
func (s Spec) last() time.Duration { return s.End() + max(s.Limit, 500*time.Millisecond) }

// settling is the number of requests that do not count.
func (s Spec) settling() int { return within(s.SettleRate, s.Settle) }

// Measured is the number of requests that count.
func (s Spec) Measured() int { return within(s.Rate, s.Duration) }

// Total is the number of requests that are meant to go out.
func (s Spec) Total() int { return s.settling() + s.Measured() }

// End is when sending ends.
func (s Spec) End() time.Duration { return s.Settle + s.Duration }

// Intended is when request i is meant to go out, counted from the start. It is exact to a nanosecond for every i: no error adds up.
func (s Spec) Intended(i int) time.Duration {
	if n := s.settling(); i >= n {
		return s.Settle + at(i-n, s.Rate)
	}
	return at(i, s.SettleRate)
}

// within is how many requests begin in that time.
func within(rate int, d time.Duration) int {
	return int((int64(rate)*int64(d) + int64(time.Second) - 1) / int64(time.Second))
}

// at is when request i at a rate begins.
func at(i, rate int) time.Duration {
	return time.Duration(i/rate)*time.Second + time.Duration(int64(i%rate)*int64(time.Second)/int64(rate))
}

// Status is what the server answered.
type Status uint8

// The answers that are told apart.
const (
	Served  Status = iota // it did the work
	Refused               // it said that it has too much to do
	Broken                // anything else, and a connection that failed
)
