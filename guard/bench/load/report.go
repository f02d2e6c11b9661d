package load

import (
	"fmt"
	"time"

	"github.com/mote-go/mote/guard/bench/hist"
)

// Class is what a request came to. Every request that was meant to go out has exactly one.
type Class uint8

// The classes.
const (
	Good   Class = iota // served within the limit
	Late                // served after it, or not answered at all
	Shed                // refused
	Failed              // anything else
	classes
)

// String returns the class as it stands in tables.
func (c Class) String() string { return [...]string{"good", "late", "shed", "error"}[c] }

// Classes counts requests by class.
type Classes [classes]uint64

// Total is the number of requests in all classes.
func (c Classes) Total() (n uint64) {
	for _, count := range c {
		n += count
	}
	return n
}

// Second is what became of the requests that were meant to go out in one second.
type Second struct {
	Classes Classes       `json:"classes"` // good, late, shed, error
	P50     time.Duration `json:"p50_ns"`  // latency of the served ones
	P99     time.Duration `json:"p99_ns"`
}

// Report is what one load came to.
type Report struct {
	Spec    Spec     `json:"spec"`
	Classes Classes  `json:"classes"` // after settling: good, late, shed, error
	Series  []Second `json:"series"`  // from the start

	Accepted hist.Histogram `json:"accepted"` // latency of served requests after settling, late ones among them
	Refused  hist.Histogram `json:"refused"`  // latency of refusals after settling

	Unsent     uint64 `json:"unsent"`     // given up, since no connection became free; late
	Unanswered uint64 `json:"unanswered"` // sent and not answered by the end; late
	Blocked    uint64 `json:"blocked"`    // sent late since no connection was free; the server's doing

	// Of the generator itself.
	Lateness hist.Histogram `json:"lateness"` // how late it sent what it could have sent in time
	Priority string         `json:"priority"` // that Favour obtained
	CPU      time.Duration  `json:"cpu_ns"`   // that its process used
	Wall     time.Duration  `json:"wall_ns"`  // from the first request to the end of waiting for answers
	Invalid  string         `json:"invalid,omitempty"`
}

// Goodput is the number of good requests per second, after settling.
func (r *Report) Goodput() float64 {
	return float64(r.Classes[Good]) / r.Spec.Duration.Seconds()
}

// judge marks the report as invalid when it says more about the generator than about the server: a hundredth of the requests went out so late that
// it takes a tenth of the limit.
func (r *Report) judge() {
	if late := r.Lateness.Quantile(0.99); late > r.Spec.Limit/10 {
		r.Invalid = fmt.Sprintf("the generator fell behind: 1%% of the requests went out %v late or more, allowed are %v", late, r.Spec.Limit/10)
	}
}
