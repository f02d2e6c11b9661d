package suite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"time"
)

// runner is the state of a run.
type runner struct {
	options  Options
	builder  builder
	temp     string
	postgres *postgres // nil until it is needed
}

// Run runs what the options ask for and returns the numbers; it writes nothing but progress. It blocks until all is done or ctx is, and leaves no
// process and no file behind in either case. What cannot be had on this machine (a Go release, PostgreSQL) is in Result.Skipped.
func Run(ctx context.Context, options Options) (*Result, error) { return run(ctx, options, "") }

// run does it with programs built in bin, or if that is empty, in a temporary directory.
func run(ctx context.Context, options Options, bin string) (*Result, error) {
	options, err := options.withDefaults()
	if err != nil {
		return nil, err
	}
	if runtime.GOOS != "linux" {
		return nil, errors.New("guard bench runs on Linux only: its load generator is built on epoll")
	}
	dir, err := source(options.Dir)
	if err != nil {
		return nil, err
	}
	temp, err := os.MkdirTemp("", "guard-bench")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(temp)
	// PostgreSQL, which may run as another user, has its data below.
	if err := os.Chmod(temp, 0o711); err != nil {
		return nil, err
	}
	if bin == "" {
		bin = temp
	}
	r := &runner{options: options, temp: temp}
	r.builder = builder{dir: dir, bin: bin, servers: map[string]program{}, log: r.log}
	defer r.stopPostgres()
	return r.run(ctx)
}

// run goes through the plan.
func (r *runner) run(ctx context.Context) (*Result, error) {
	result := &Result{At: time.Now().UTC().Truncate(time.Second), Machine: thisMachine()}
	for _, s := range plan(r.options) {
		if r.options.NoLoad {
			break
		}
		c, err := r.compare(ctx, s)
		if reason := (skip{}); errors.As(err, &reason) {
			r.log("%s: skipped: %s", s.Name(), reason.reason)
			result.Skipped = append(result.Skipped, Skipped{s.Name(), reason.reason})
			continue
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		result.Comparisons = append(result.Comparisons, c)
	}
	r.stopPostgres()
	if !r.options.NoOverhead {
		list, err := r.overheads(ctx)
		if err != nil {
			return nil, err
		}
		result.Overheads = list
	}
	result.Lines = lines(result)
	return result, nil
}

// stopPostgres stops the database if it runs.
func (r *runner) stopPostgres() {
	if r.postgres != nil {
		r.postgres.stop()
		r.postgres = nil
	}
}

// log reports progress.
func (r *runner) log(format string, args ...any) {
	if r.options.Progress != nil {
		fmt.Fprintf(r.options.Progress, format+"\n", args...)
	}
}
