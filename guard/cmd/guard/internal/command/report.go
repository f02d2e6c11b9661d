package command

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/mote-go/mote/guard/report"
)

func reportCommand() command {
	return command{
		name:     "report",
		synopsis: "[-json | -pprof file] [-limit duration] [-top n] trace",
		short:    "say from a trace which functions made goroutines wait",
		long: `Report reads a Go trace (runtime/trace, a flight recorder's snapshot, /debug/pprof/trace, go test -trace; Go 1.22 or later; "-" for
standard input) and prints the functions that made other goroutines wait: those that held a processor too long, were too many, kept a
lock, or blocked in system calls, with line, stack and goroutine labels.`,
		setup: setupReport,
	}
}

func setupReport(fs *flag.FlagSet) runner {
	asJSON := fs.Bool("json", false, "print the report as JSON")
	profile := fs.String("pprof", "", "write the blame as a profile for 'go tool pprof' to this `file` instead")
	limit := fs.Duration("limit", 10*time.Millisecond, "shortest `wait` that counts")
	top := fs.Int("top", 20, "`number` of functions to report")
	return func(ctx context.Context, streams Streams, args []string) (int, error) {
		switch {
		case len(args) == 0:
			return statusUsage, usagef("no trace given")
		case len(args) > 1:
			return statusUsage, usagef("unexpected argument %q: one trace at a time", args[1])
		case *asJSON && *profile != "":
			return statusUsage, usagef("-json and -pprof exclude each other")
		case *limit <= 0:
			return statusUsage, usagef("-limit=%v: must be positive", *limit)
		case *top <= 0:
			return statusUsage, usagef("-top=%d: must be positive", *top)
		}
		r, err := analyze(ctx, streams, args[0], report.Options{Limit: *limit, Top: *top})
		if err != nil {
			return statusFailed, err
		}
		switch {
		case *profile != "":
			return statusOK, writeFile(*profile, r.WritePprof)
		case *asJSON:
			return statusOK, r.WriteJSON(streams.Out)
		}
		return statusOK, r.WriteText(streams.Out)
	}
}

// analyze reads the trace in the named file, or on standard input for "-".
func analyze(ctx context.Context, streams Streams, name string, o report.Options) (*report.Report, error) {
	in, label := streams.In, "standard input"
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, short(err)
		}
		defer f.Close() // also when interrupted: what still reads it then fails, and is not waited for
		in, label = f, name
	}
	r, err := await(ctx, func() (*report.Report, error) { return report.Analyze(in, o) })
	if err != nil {
		return nil, fmt.Errorf("%s: %w", label, reason(err))
	}
	return r, nil
}

// short leaves the operation out of errors of files: the name and the reason say it all.
func short(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return fmt.Errorf("%s: %w", p.Path, p.Err)
	}
	return err
}

// reason leaves the name out too.
func reason(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// writeFile writes a file whole or not at all.
func writeFile(name string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return short(err)
	}
	err = errors.Join(write(f), f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
