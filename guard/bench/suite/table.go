package suite

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"
)

// WriteText writes what a person wants to see: a table for each comparison, then the costs, the bars, and what was left out.
func (r *Result) WriteText(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 8, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "%s, %d CPUs, Linux %s; servers with GOMAXPROCS=%d\n", r.Machine.Model, r.Machine.CPUs, r.Machine.Kernel, processors)
	for _, c := range r.Comparisons {
		c.writeText(w, t)
	}
	r.writeOverheads(w, t)
	r.writeBars(w, t)
	for _, s := range r.Skipped {
		fmt.Fprintf(w, "\nskipped: %s: %s\n", s.What, s.Reason)
	}
	return nil
}

// writeText writes one comparison.
func (c *Comparison) writeText(w io.Writer, t *tabwriter.Writer) {
	var spec string
	if len(c.Rows) > 0 && len(c.Rows[0].Turns) > 0 {
		s := c.Rows[0].Turns[0].Report.Spec
		spec = fmt.Sprintf(": %d requests/s for %v, median of %d", s.Rate, s.Duration, c.Rounds)
	}
	fmt.Fprintf(w, "\n%s, %s, %s%s\n", c.Proto, c.Work, c.Go, spec)
	fmt.Fprintln(t, "defence\tgood/s\tlate/s\tshed/s\terror/s\tp50 ms\tp99 ms\tserver CPUs\tother CPUs\t")
	var notes []string
	for _, row := range c.Rows {
		fmt.Fprintf(t, "%s\t%.0f\t%.0f\t%.0f\t%.0f\t%s\t%s\t%.2f\t%.2f\t\n",
			row.Defence, row.Good, row.Late, row.Shed, row.Failed, millis(row.P50), millis(row.P99), row.Server, row.Others)
		if row.Invalid != "" {
			notes = append(notes, "invalid: "+row.Defence+": "+row.Invalid)
		}
	}
	t.Flush()
	for _, n := range notes {
		fmt.Fprintln(w, n)
	}
}

// writeOverheads writes what a request and sampling cost.
func (r *Result) writeOverheads(w io.Writer, t *tabwriter.Writer) {
	if len(r.Overheads) == 0 {
		return
	}
	fmt.Fprintln(w)
	fmt.Fprintln(t, "cost of guard\tvalue\tunit\tGo\t")
	for _, o := range r.Overheads {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t\n", o.Name, number(o.Value), o.Unit, o.Go)
	}
	t.Flush()
}

// writeBars writes the numbers that have a bar.
func (r *Result) writeBars(w io.Writer, t *tabwriter.Writer) {
	var have bool
	for _, l := range r.Lines {
		if l.Bar == nil {
			continue
		}
		if !have {
			fmt.Fprintln(w)
			fmt.Fprintln(t, "bar\tvalue\tbar\tunit\t\t")
			have = true
		}
		bound, verdict := "at least "+number(*l.Bar), "holds"
		if l.Most {
			bound = "at most " + number(*l.Bar)
		}
		switch {
		case l.Invalid != "":
			verdict = "invalid"
		case !l.Holds():
			verdict = "missed"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t\n", l.Name, number(l.Value), bound, l.Unit, verdict)
	}
	t.Flush()
}

// millis is a duration in milliseconds.
func millis(d time.Duration) string { return fmt.Sprintf("%.1f", d.Seconds()*1e3) }

// number without needless zeros.
func number(v float64) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.2f", v), "0"), ".")
}
