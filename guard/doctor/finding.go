package doctor

import (
	"cmp"
	"fmt"
	"slices"
)

// Severity grades findings.
type Severity int

// The severities, from the least.
const (
	Info    Severity = iota // worth knowing
	Warning                 // makes goroutines wait under load
	Error                   // stops goroutines, or all of the process
)

var severityNames = [...]string{"info", "warning", "error"}

// String gives the name that MarshalText and ParseSeverity use.
func (s Severity) String() string { return severityNames[s] }

// MarshalText makes the name the form in JSON.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// ParseSeverity is the inverse of String.
func ParseSeverity(name string) (Severity, error) {
	if i := slices.Index(severityNames[:], name); i >= 0 {
		return Severity(i), nil
	}
	return 0, fmt.Errorf("severity %q is not one of info, warning, error", name)
}

// Finding is one thing that makes goroutines wait, or may do so.
type Finding struct {
	Rule     string   `json:"rule"` // as in Rules
	Severity Severity `json:"severity"`
	Where    Place    `json:"where"`
	What     string   `json:"what"`
	Why      string   `json:"why"`
	Do       string   `json:"do"`
	Related  []Note   `json:"related,omitempty"`
}

// Note is a further place that belongs to a finding.
type Note struct {
	Where Place  `json:"where"`
	What  string `json:"what"`
}

// Place is where a finding is: a position in a source file, a binary, or a process with its binary.
type Place struct {
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
	PID    int    `json:"pid,omitempty"`
}

// String writes the place as messages begin: file:line:col, file, or pid N.
func (p Place) String() string {
	switch {
	case p.PID != 0:
		return fmt.Sprintf("pid %d", p.PID)
	case p.Line != 0:
		return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
	}
	return p.File
}

func (p Place) compare(o Place) int {
	return cmp.Or(cmp.Compare(p.File, o.File), cmp.Compare(p.Line, o.Line), cmp.Compare(p.Column, o.Column), cmp.Compare(p.PID, o.PID))
}

// Result is what an inspection came to.
type Result struct {
	Binary   *Binary   `json:"binary,omitempty"`  // of -binary and -pid
	Process  *Process  `json:"process,omitempty"` // of -pid
	Findings []Finding `json:"findings"`
}

// AtLeast returns r with the findings of severity s and above only.
func (r Result) AtLeast(s Severity) Result {
	r.Findings = slices.DeleteFunc(slices.Clone(r.Findings), func(f Finding) bool { return f.Severity < s })
	return r
}

// sort orders findings by place in sources, and by severity, the greatest first, at the same place. What was found twice, in a package and in its test
// variant, stays once.
func (r *Result) sort() {
	same := func(a, b Finding) int {
		return cmp.Or(a.Where.compare(b.Where), cmp.Compare(b.Severity, a.Severity), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.What, b.What))
	}
	slices.SortFunc(r.Findings, same)
	r.Findings = slices.CompactFunc(r.Findings, func(a, b Finding) bool { return same(a, b) == 0 })
}

// add appends a finding of the named rule, which must be in the table.
func (r *Result) add(rule string, where Place, format string, args ...any) {
	entry := ruleByID(rule)
	r.Findings = append(r.Findings, Finding{
		Rule: rule, Severity: entry.Severity, Where: where, What: fmt.Sprintf(format, args...), Why: entry.Why, Do: entry.Do,
	})
}
