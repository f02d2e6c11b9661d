package doctor

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// WriteText writes the result for people: what is known of the binary and the process, then a line for each finding, with the reason and what to do
// below the first of each rule.
func (r Result) WriteText(w io.Writer) error {
	var out strings.Builder
	r.writeFacts(&out)
	explained := map[string]bool{}
	for _, f := range r.Findings {
		fmt.Fprintf(&out, "%s: %s: %s [%s]\n", f.Where, f.Severity, f.What, f.Rule)
		for _, n := range f.Related {
			fmt.Fprintf(&out, "\t%s: %s\n", n.Where, n.What)
		}
		if !explained[f.Rule] {
			explained[f.Rule] = true
			fmt.Fprintf(&out, "\twhy: %s\n\tdo:  %s\n", f.Why, f.Do)
		}
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// WriteJSON writes the result as one JSON object.
func (r Result) WriteJSON(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "\t")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(r)
}

func (r Result) writeFacts(out io.Writer) {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	row := func(name, format string, args ...any) {
		fmt.Fprintf(table, "%s\t%s\n", name, fmt.Sprintf(format, args...))
	}
	if r.Process != nil {
		r.Process.rows(row, r.Binary)
	}
	if r.Binary != nil {
		r.Binary.rows(row)
	}
	table.Flush() // writes to a strings.Builder, which does not fail
}

func (b *Binary) rows(row func(name, format string, args ...any)) {
	row("binary", "%s", b.Path)
	row("go", "%s", joined(b.GoVersion, b.Platform))
	if b.Main != "" {
		row("package", "%s", b.Main)
	}
	if b.Module != "" {
		row("module", "%s", b.Module)
	}
	var kind []string
	if b.CGO {
		kind = append(kind, "cgo enabled")
	}
	if b.Race {
		kind = append(kind, "race detector")
	}
	if kind = append(kind, b.Flags...); len(kind) > 0 {
		row("build", "%s", strings.Join(kind, ", "))
	}
	if len(b.GODEBUG) > 0 {
		row("built-in GODEBUG", "%s", strings.Join(b.GODEBUG, " "))
	}
	row("dependencies", "%d", len(b.Modules))
}

func joined(parts ...string) string { return strings.TrimSpace(strings.Join(parts, " ")) }

func (p *Process) rows(row func(name, format string, args ...any), b *Binary) {
	row("process", "%d %s", p.PID, p.Name)
	procs, source := p.Procs(b)
	row("GOMAXPROCS", "%d (%s)", procs, source)
	var keys []string
	for key := range p.Environment {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		row("environment", "%s=%s", key, p.Environment[key])
	}
	row("CPUs", "%d by affinity", p.CPUs)
	if g := p.Group; g != nil {
		row("cgroup", "v%d %s", g.Version, g.Directory)
		if g.Quota > 0 {
			row("quota", "%.2f CPUs, throttled in %d of %d periods, for %v", g.Quota, g.Throttled, g.Periods, g.Stopped.Round(time.Millisecond))
		}
		row("weight", "%.2f of an ordinary group's", g.Weight)
	}
	row("threads", "%d", p.Threads)
	row("scheduling", "%s, nice %d", p.Policy, p.Nice)
	row("ran, waited for a CPU", "%v, %v", p.Ran.Round(time.Millisecond), p.Waited.Round(time.Millisecond))
	row("memory", "%d MiB resident", p.Resident>>20)
	for _, reason := range p.Unreadable {
		row("not readable", "%s", reason)
	}
}
