// Package selfcheck is a program's look at itself and its surroundings before it begins its work: is the code in memory that of the file, is there foreign
// code, is the environment clean, are places read-only that should be, can the clock be right, does the kernel take memory back.
//
// It finds accidents and clumsy attacks: a patched binary in memory, a library that was forced in, a writable root, a clock at 1970. What it cannot
// know is in Limits: who has the same privilege as the program can change the checks along with the rest, and who controls the kernel can answer
// them as he likes. The root of trust must lie below: dm-verity, fs-verity or IMA appraisal with a verified boot.
//
// It needs Linux with /proc, and little else of the standard library, since it is for programs on devices. Start reading at Run.
package selfcheck

import (
	"fmt"
	"slices"
	"time"
)

// Options say what a program expects of its surroundings.
type Options struct {
	ReadOnly  []string  // paths that must not be writable: "/", "/app"
	Init      string    // path of the executable that PID 1 should be; empty: any
	NotBefore time.Time // the clock cannot be before this, the time of the build for example; zero: not checked
	NotAfter  time.Time // nor after this; zero: not checked
	Memory    int       // how many bytes to try the return of memory with; 0: 4 MiB, negative: not tried
}

// Level says what a finding means.
type Level string

// Levels.
const (
	OK      Level = "ok"
	Unknown Level = "unknown" // could not be found out, with the reason
	Warning Level = "warning" // unusual, and no reason to stop
	Failure Level = "failure" // the program should not go on
)

// Finding is the outcome of one check.
type Finding struct {
	Code  string `json:"code"` // what was looked at: "text", "mappings", "tracer", "init", "environment", "read-only", "clock", "memory"
	Level Level  `json:"level"`
	Text  string `json:"text"`
}

func (f Finding) String() string { return fmt.Sprintf("%s: %s [%s]", f.Code, f.Text, f.Level) }

// Report is the outcome of all checks, in the order in which they were made.
type Report struct {
	Findings []Finding     `json:"findings"`
	Took     time.Duration `json:"took_ns"`
}

// Err is an error that tells of all failures, or nil.
func (r *Report) Err() error {
	var text string
	for _, f := range r.Findings {
		if f.Level == Failure {
			text += "; " + f.String()
		}
	}
	if text == "" {
		return nil
	}
	return fmt.Errorf("self-check: %s", text[2:])
}

// Limits are what no program can find out about itself. They are part of what a service should tell of its checks.
func Limits() []string {
	return []string{
		"who has the same privilege as this program can change its checks with the rest of it",
		"memory is compared with the file as the kernel hands it out: who can change the file, or the kernel, changes both",
		"a hash of /proc/1/exe is that of a file and says nothing of the code that runs as PID 1",
		"the clock is only held to bounds; what sets it is trusted",
		"so trust must begin below: dm-verity for the root file system, fs-verity or IMA appraisal for files, and a verified boot",
	}
}

// Run makes all checks; it takes a few milliseconds, most of them for the text. It never panics and never stops the program: that is the caller's decision.
func Run(o Options) *Report {
	start := time.Now()
	c := &checker{}
	c.text()
	c.mappings()
	c.tracer()
	c.init(o.Init)
	c.environment()
	c.readOnly(o.ReadOnly)
	c.clock(start, o)
	if o.Memory >= 0 {
		c.memory(o.Memory)
	}
	return &Report{Findings: c.findings, Took: time.Since(start)}
}

// checker collects findings.
type checker struct{ findings []Finding }

func (c *checker) add(code string, level Level, format string, args ...any) {
	c.findings = append(c.findings, Finding{code, level, fmt.Sprintf(format, args...)})
}

// Worst is the most serious level of the findings with a code; OK if there is none.
func (r *Report) Worst(code string) Level {
	order := []Level{OK, Unknown, Warning, Failure}
	worst := OK
	for _, f := range r.Findings {
		if f.Code == code && slices.Index(order, f.Level) > slices.Index(order, worst) {
			worst = f.Level
		}
	}
	return worst
}

// clock holds the time to bounds, and the wall clock to the monotonic one.
func (c *checker) clock(now time.Time, o Options) {
	switch {
	case !o.NotBefore.IsZero() && now.Before(o.NotBefore):
		c.add("clock", Failure, "it says %s, and cannot be before %s", stamp(now), stamp(o.NotBefore))
	case !o.NotAfter.IsZero() && now.After(o.NotAfter):
		c.add("clock", Failure, "it says %s, and cannot be after %s", stamp(now), stamp(o.NotAfter))
	case o.NotBefore.IsZero() && now.Year() < 2020:
		c.add("clock", Warning, "it says %s: it was not set", stamp(now))
	default:
		c.add("clock", OK, "%s", stamp(now))
	}
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
