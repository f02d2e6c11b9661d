package report

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// WriteText writes the report for people: what waited, then each culprit with its numbers and its stack.
func (r *Report) WriteText(w io.Writer) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "%s of trace, %d events, GOMAXPROCS %d\n", brief(r.Span), r.Events, r.Procs)
	if r.Truncated != "" {
		fmt.Fprintf(b, "incomplete: %s\n", r.Truncated)
	}
	fmt.Fprintf(b, "waits of %s and more\n", r.Limit)
	fmt.Fprintf(b, "  for a processor  %s\n", r.RunQueue)
	fmt.Fprintf(b, "  for a lock       %s\n", r.Locks)
	if r.Unheld > r.Limit {
		fmt.Fprintf(b, "  %s of them while nothing ran: the machine or its control group stood still\n", brief(r.Unheld))
	}
	if len(r.Culprits) == 0 {
		fmt.Fprintf(b, "\nno culprit: nothing kept others waiting for %s\n", r.Limit)
	}
	for i := range r.Culprits {
		r.Culprits[i].text(b, i+1)
	}
	return b.Flush()
}

// String gives number, total and maximum.
func (w Waits) String() string {
	return fmt.Sprintf("%d, together %s, the longest %s", w.Count, brief(w.Total), brief(w.Max))
}

func (c *Culprit) text(b *bufio.Writer, rank int) {
	fmt.Fprintf(b, "\n%d. %s  %s  %.0f%%\n", rank, c.Kind, c.Func, 100*c.Share)
	fmt.Fprintf(b, "   %s:%d\n", c.File, c.Line)
	fmt.Fprintf(b, "   %s\n", c.Evidence)
	if c.Entry != "" && c.Entry != c.Func {
		fmt.Fprintf(b, "   goroutines started in %s\n", c.Entry)
	}
	if len(c.Labels) > 0 {
		fmt.Fprintf(b, "   in %s\n", strings.Join(c.Labels, ", "))
	}
	for _, l := range c.Lines[min(1, len(c.Lines)):] {
		fmt.Fprintf(b, "   also %s:%d (%s)\n", l.File, l.Line, brief(l.Blame))
	}
	for _, f := range c.Stack {
		fmt.Fprintf(b, "      %s\n         %s:%d\n", f.Func, f.File, f.Line)
	}
}

// WriteJSON writes the report as one JSON object with line breaks; durations are nanoseconds.
func (r *Report) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

// Recorded reads a trace and writes the report as text; the summary is the first culprit in one line. It has the form of the recorder's hook,
// record.Config.Analyze.
func Recorded(trace io.Reader, text io.Writer) (summary string, err error) {
	r, err := Analyze(trace, Options{})
	if err != nil {
		return "", err
	}
	return r.Summary(), r.WriteText(text)
}

// Summary is the first culprit in one line.
func (r *Report) Summary() string {
	if len(r.Culprits) == 0 {
		return "no culprit"
	}
	c := r.Culprits[0]
	return fmt.Sprintf("%s in %s (%s:%d): %s", c.Kind, c.Func, c.File, c.Line, c.Evidence)
}
