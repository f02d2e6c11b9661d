package suite

import (
	"slices"
	"time"

	"github.com/mote-go/mote/guard/bench/hist"
	"github.com/mote-go/mote/guard/bench/load"
)

// Result is what a run of the benchmark came to.
type Result struct {
	At          time.Time     `json:"at"`
	Machine     Machine       `json:"machine"`
	Comparisons []*Comparison `json:"comparisons"`
	Overheads   []Overhead    `json:"overheads"`
	Skipped     []Skipped     `json:"skipped"` // never silently
	Lines       []Line        `json:"-"`       // the numbers one by one, with their bars
}

// Machine is where it ran.
type Machine struct {
	CPUs   int    `json:"cpus"`
	Model  string `json:"model"`
	Kernel string `json:"kernel"`
}

// Skipped is something that was asked for and left out.
type Skipped struct {
	What   string `json:"what"`
	Reason string `json:"reason"`
}

// Comparison is a scenario with the results of each defence.
type Comparison struct {
	Scenario
	Go   string `json:"go"` // the release that built the servers
	Rows []Row  `json:"rows"`
}

// Row is one defence in a scenario. Rates are per second and medians over the turns that count; latencies are those of all requests in these turns.
type Row struct {
	Defence string `json:"defence"`
	Turns   []Turn `json:"turns"`

	Good, Late, Shed, Failed float64
	P50, P99                 time.Duration // of served requests, late ones among them
	Server, Others           float64       // processors
	Invalid                  string        `json:",omitempty"` // why no turn counts
}

// counting returns the turns that are valid, or all when there are none.
func (r *Row) counting() []Turn {
	var valid []Turn
	for _, t := range r.Turns {
		if t.invalid() == "" {
			valid = append(valid, t)
		}
	}
	if len(valid) == 0 {
		return r.Turns
	}
	return valid
}

// sumUp fills in the row from its turns.
func (r *Row) sumUp() {
	turns := r.counting()
	if len(turns) == 0 {
		return
	}
	r.Invalid = turns[0].invalid()
	rate := func(class load.Class) float64 {
		return median(turns, func(t Turn) float64 { return float64(t.Report.Classes[class]) / t.Report.Spec.Duration.Seconds() })
	}
	r.Good, r.Late, r.Shed, r.Failed = rate(load.Good), rate(load.Late), rate(load.Shed), rate(load.Failed)
	r.Server = median(turns, func(t Turn) float64 { return t.Server })
	r.Others = median(turns, func(t Turn) float64 { return t.Others })
	accepted := r.accepted()
	r.P50, r.P99 = accepted.Quantile(0.5), accepted.Quantile(0.99)
}

// accepted is the latency of all served requests in the turns that count.
func (r *Row) accepted() *hist.Histogram {
	all := new(hist.Histogram)
	for _, t := range r.counting() {
		all.Merge(&t.Report.Accepted)
	}
	return all
}

// row returns a defence's row, nil if it was not run.
func (c *Comparison) row(defence string) *Row {
	for i := range c.Rows {
		if c.Rows[i].Defence == defence {
			return &c.Rows[i]
		}
	}
	return nil
}

// best returns the rival with the greatest goodput, nil if there is none.
func (c *Comparison) best() (best *Row) {
	for i := range c.Rows {
		if r := &c.Rows[i]; rival(r.Defence) && (best == nil || r.Good > best.Good) {
			best = r
		}
	}
	return best
}

// median of a number over turns, of which there must be one.
func median(turns []Turn, number func(Turn) float64) float64 {
	values := make([]float64, len(turns))
	for i, t := range turns {
		values[i] = number(t)
	}
	slices.Sort(values)
	n := len(values)
	return (values[(n-1)/2] + values[n/2]) / 2
}
