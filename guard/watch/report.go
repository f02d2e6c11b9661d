package watch

import (
	"fmt"
	"strings"
	"time"
)

// Judgement is what a silence looks like from outside.
type Judgement string

// The judgements.
const (
	Captured  Judgement = "captured"  // threads compute without end: nothing else gets a processor of the scheduler
	Contended Judgement = "contended" // threads could run, but the system gives the CPUs to others
	Throttled Judgement = "throttled" // the control group's quota has run out
	Blocked   Judgement = "blocked"   // every thread waits in the kernel
	Over      Judgement = "over"      // the process gives signs again
)

// Report is what the child saw when it had not been given a sign for the limit, or, with Judgement Over, that there was one again.
type Report struct {
	At        time.Time     `json:"at"`
	PID       int           `json:"pid"`
	Silent    time.Duration `json:"silent_ns"`
	Judgement Judgement     `json:"judgement"`
	Window    time.Duration `json:"window_ns"` // the last part of the silence, over which CPU time was measured
	CPU       time.Duration `json:"cpu_ns"`    // of all threads, in Window
	Throttled time.Duration `json:"throttled_ns"`
	Threads   []Thread      `json:"threads"`
	Left      int           `json:"left_out"` // threads that are not listed
	Note      string        `json:"note,omitempty"`
}

// Thread is one thread of the silent process. What cannot be read is empty.
type Thread struct {
	ID      int           `json:"tid"`
	Name    string        `json:"name"`
	State   string        `json:"state"`   // one letter, as in proc(5)
	CPU     time.Duration `json:"cpu_ns"`  // in Window
	Syscall string        `json:"syscall"` // the call it is in, or "running"
	Wait    string        `json:"wait"`    // the kernel function it waits in
	Stack   []string      `json:"stack"`   // where it is in the program, innermost first: one frame, or all that ptrace could find
}

// String gives the report as lines of text.
func (r Report) String() string {
	var b strings.Builder
	if r.Judgement == Over {
		fmt.Fprintf(&b, "guard: process %d gives signs again, after %v of silence\n", r.PID, r.Silent.Round(time.Millisecond))
		return b.String()
	}
	fmt.Fprintf(&b, "guard: process %d has given no sign for %v: %s; its threads used %v of CPU time in the last %v\n", r.PID, r.Silent.Round(time.Millisecond), r.Judgement,
		r.CPU.Round(time.Millisecond), r.Window.Round(time.Millisecond))
	if r.Throttled > 0 {
		fmt.Fprintf(&b, "  its control group was throttled for %v\n", r.Throttled.Round(time.Millisecond))
	}
	if r.Note != "" {
		fmt.Fprintf(&b, "  %s\n", r.Note)
	}
	fmt.Fprintf(&b, "  %8s %-16s %-5s %9s  %-28s %s\n", "thread", "name", "state", "CPU", "system call", "waits in")
	for _, t := range r.Threads {
		fmt.Fprintf(&b, "  %8d %-16s %-5s %9v  %-28s %s\n", t.ID, t.Name, t.State, t.CPU.Round(100*time.Microsecond), t.Syscall, t.Wait)
		for _, f := range t.Stack {
			fmt.Fprintf(&b, "           at %s\n", f)
		}
	}
	if r.Left > 0 {
		fmt.Fprintf(&b, "  and %d threads more\n", r.Left)
	}
	return b.String()
}

// judgement says what a silence means from the CPU time that threads had in a window, and how many could run.
func judgement(threads []Thread, window, throttled time.Duration) Judgement {
	var cpu time.Duration
	could := 0
	for _, t := range threads {
		cpu += t.CPU
		if t.State == "R" {
			could++
		}
	}
	switch {
	case throttled > window/4:
		return Throttled
	case cpu > window/2:
		return Captured
	case could > 0:
		return Contended
	}
	return Blocked
}
