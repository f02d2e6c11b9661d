// Package record leaves evidence: an execution trace of the seconds around a starvation, in a file.
//
// A flight recorder that is always on costs 13 to 18% of the CPU time of a busy service. So it is switched on by suspicion, when a delay
// exceeds half of the limit, and off again after some calm. Suspicion comes before starvation often enough; where it does not, the trace begins some milliseconds
// late, and since starvation lasts, little is lost. While it is on, CPU samples are taken, too: with them a trace tells where runs were that are too short to be
// preempted. (The program's own CPU profile fails to start meanwhile; if it runs already, its samples are in the trace.)
//
// From Go 1.25 on the trace comes from runtime/trace.FlightRecorder, which keeps a window and can run beside the program's own trace. With
// older releases it is a trace of its own from suspicion on, begun anew after each window; the program cannot trace itself meanwhile. Either way nothing is
// begun while the program traces itself.
//
// The files are named guard-TIME-CAUSE.trace, are complete when they have that name, and are limited in number and size. What is in them
// says `guard report FILE` or package report, which Config.Analyze attaches without making this package depend on it. Start reading in plan.go.
package record

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"
)

// Config says when to record and how much to keep. The zero value of all but Dir means the defaults.
type Config struct {
	Dir      string        // of the files; it must exist, and files named guard-*.trace and guard-*.txt in it belong to the recorder
	Limit    time.Duration // of delays, as for classify; more than half of it arms the recorder; 1 ms to 10 s; 10 ms
	Window   time.Duration // how much of the past the recorder keeps, 100 ms to 1 min; 2 s
	MaxBytes int64         // of that, in memory, 64 KiB to 256 MiB; 8 MiB
	Collect  time.Duration // from the first verdict of starvation to the snapshot, if it lasts; at most Window; 500 ms
	Calm     time.Duration // without suspicion, after which the recorder is switched off; 5 s
	MaxArmed time.Duration // without a snapshot, after which it is, all the same; 1 min
	CoolDown time.Duration // after switching off for a snapshot or for MaxArmed; 1 min

	MaxFiles   int   // traces kept, the oldest are removed; 8
	TotalBytes int64 // of traces kept, at least MaxBytes; 64 MiB

	NoSamples bool // take no CPU samples

	// Analyze makes a report of a snapshot, which is put beside it as a file of text, and a summary of one line for the log. It runs on the
	// recorder's goroutine. report.Recorded is one.
	Analyze func(trace io.Reader, text io.Writer) (summary string, err error)
	Logger  *slog.Logger   // nil: slog.Default()
	Notice  func(Snapshot) // called after each, on the recorder's goroutine; it may block
}

// Snapshot is a trace that was written.
type Snapshot struct {
	At      time.Time
	Cause   string // of the verdict that led to it
	File    string
	Bytes   int64
	Text    string // the report's file, or ""
	Summary string // from Analyze
}

// bound is a limit that a field must keep.
type bound struct {
	field     string
	value     *time.Duration
	low, high time.Duration
	standard  time.Duration
}

func (c Config) withDefaults() (Config, error) {
	if c.Dir == "" {
		return c, errors.New("record: Dir is empty, expected a directory")
	}
	if info, err := os.Stat(c.Dir); err != nil {
		return c, fmt.Errorf("record: Dir: %w", err)
	} else if !info.IsDir() {
		return c, fmt.Errorf("record: Dir: %s is not a directory", c.Dir)
	}
	collect := c.Collect
	for _, b := range []bound{
		{"Limit", &c.Limit, time.Millisecond, 10 * time.Second, 10 * time.Millisecond},
		{"Window", &c.Window, 100 * time.Millisecond, time.Minute, 2 * time.Second},
		{"Collect", &c.Collect, time.Millisecond, time.Minute, 500 * time.Millisecond},
		{"Calm", &c.Calm, time.Millisecond, time.Hour, 5 * time.Second},
		{"MaxArmed", &c.MaxArmed, 10 * time.Millisecond, time.Hour, time.Minute},
		{"CoolDown", &c.CoolDown, time.Millisecond, 24 * time.Hour, time.Minute},
	} {
		if *b.value == 0 {
			*b.value = b.standard
		}
		if *b.value < b.low || *b.value > b.high {
			return c, fmt.Errorf("record: %s is %v, expected %v to %v", b.field, *b.value, b.low, b.high)
		}
	}
	if collect == 0 {
		c.Collect = min(c.Collect, c.Window)
	}
	if c.Collect > c.Window {
		return c, fmt.Errorf("record: Collect is %v, expected at most Window, %v", c.Collect, c.Window)
	}
	return c.sized()
}

// sized checks the limits that are not times.
func (c Config) sized() (Config, error) {
	if c.MaxBytes == 0 {
		c.MaxBytes = 8 << 20
	}
	if c.MaxBytes < 64<<10 || c.MaxBytes > 256<<20 {
		return c, fmt.Errorf("record: MaxBytes is %d, expected 64 KiB to 256 MiB", c.MaxBytes)
	}
	if c.MaxFiles == 0 {
		c.MaxFiles = 8
	}
	if c.MaxFiles < 1 || c.MaxFiles > 10_000 {
		return c, fmt.Errorf("record: MaxFiles is %d, expected 1 to 10000", c.MaxFiles)
	}
	if c.TotalBytes == 0 {
		c.TotalBytes = max(64<<20, c.MaxBytes)
	}
	if c.TotalBytes < c.MaxBytes {
		return c, fmt.Errorf("record: TotalBytes is %d, expected at least MaxBytes, %d", c.TotalBytes, c.MaxBytes)
	}
	if c.Logger == nil {
		c.Logger = slog.Default()
	}
	return c, nil
}
