package suite

import (
	"encoding/json"
	"io"
	"math"
)

// Line is one number, with what it is measured against if there is such a bar.
type Line struct {
	Name  string   `json:"name"`
	Value float64  `json:"value"`
	Unit  string   `json:"unit"`
	Bar   *float64 `json:"bar"`            // null where there is none
	Most  bool     `json:"most,omitempty"` // the bar is the most that is allowed; otherwise the least
	Note  string   `json:"note,omitempty"`

	Invalid string `json:"invalid,omitempty"` // why the number says little
}

// Holds tells whether the number keeps to its bar; without one it does.
func (l Line) Holds() bool {
	switch {
	case l.Bar == nil:
		return true
	case l.Most:
		return l.Value <= *l.Bar
	}
	return l.Value >= *l.Bar
}

// Lines sums a result up in single numbers.
func lines(r *Result) (out []Line) {
	for _, c := range r.Comparisons {
		out = append(out, c.lines()...)
	}
	for _, o := range r.Overheads {
		out = append(out, o.line())
	}
	return out
}

// lines are the numbers of a comparison: goodput and p99 of each defence, then guard's against the best rival's.
func (c *Comparison) lines() (out []Line) {
	prefix := "load." + c.Name() + "."
	for _, row := range c.Rows {
		out = append(out,
			Line{Name: prefix + "goodput." + row.Defence, Value: round(row.Good), Unit: "1/s", Invalid: row.Invalid},
			Line{Name: prefix + "p99." + row.Defence, Value: round(row.P99.Seconds() * 1e3), Unit: "ms", Invalid: row.Invalid})
	}
	own := c.row("guard")
	if own == nil {
		return out
	}
	if c.Proto == "http" && c.Work == "cpu" {
		out[indexOf(out, prefix+"p99.guard")].set(60, true)
	}
	if best := c.best(); best != nil {
		ratio := Line{Name: prefix + "ratio.best-rival", Value: quotient(own.Good, best.Good), Unit: "x", Note: "best rival: " + best.Defence, Invalid: either(own.Invalid, best.Invalid)}
		if bar, ok := c.ratioBar(); ok {
			ratio.set(bar, false)
		}
		out = append(out, ratio)
	}
	if t := c.row(tuned); t != nil {
		out = append(out, Line{Name: prefix + "ratio." + tuned, Value: quotient(own.Good, t.Good), Unit: "x", Invalid: either(own.Invalid, t.Invalid)})
	}
	return out
}

// either is the first of two reasons that is one.
func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// ratioBar is how many times the best rival's goodput guard must have, if it must.
func (c *Comparison) ratioBar() (bar float64, ok bool) {
	switch {
	case c.Proto != "http":
		return 0, false
	case c.Work == "cpu":
		return 4, true
	}
	return 1.2, true
}

// set gives the line a bar.
func (l *Line) set(bar float64, most bool) { l.Bar, l.Most = &bar, most }

// indexOf finds a line that is there.
func indexOf(list []Line, name string) int {
	for i, l := range list {
		if l.Name == name {
			return i
		}
	}
	panic("suite: no line " + name)
}

// quotient of two rates, with a hundredth of a request for none.
func quotient(a, b float64) float64 { return round(a / math.Max(b, 0.01)) }

// round to two digits behind the point, which is more than anybody can measure.
func round(v float64) float64 { return math.Round(v*100) / 100 }

// WriteLines writes the lines of a result, one JSON object each.
func (r *Result) WriteLines(w io.Writer) error {
	e := json.NewEncoder(w)
	for _, l := range r.Lines {
		if err := e.Encode(l); err != nil {
			return err
		}
	}
	return nil
}
