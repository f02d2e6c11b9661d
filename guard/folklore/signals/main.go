// Signals runs the mode programs of guard/modes and prints, as a Markdown table, what each signal showed of each mode, what the classifier said, and how
// soon. Numbers are the worst of a run, in the middle of several runs.
//
//	go run ./folklore/signals -runs 5 hogs quota
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"sort"
	"time"

	"github.com/mote-go/mote/guard/internal/recording"
	"github.com/mote-go/mote/guard/modes/harness"
)

func main() {
	runs := flag.Int("runs", 3, "how `often` each mode is run")
	duration := flag.Duration("duration", 1500*time.Millisecond, "how `long` a mode starves")
	dir := flag.String("modes", "./modes", "`directory` of the mode programs' sources")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := survey(ctx, *dir, flag.Args(), *runs, *duration); err != nil {
		fmt.Fprintln(os.Stderr, err)
		stop()
		os.Exit(1)
	}
}

// survey builds the modes into a temporary directory and runs them.
func survey(ctx context.Context, dir string, names []string, runs int, duration time.Duration) (err error) {
	bin, err := os.MkdirTemp("", "modes")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(bin)) }()
	if len(names) == 0 {
		if names, err = modes(dir); err != nil {
			return err
		}
	}
	fmt.Println(header)
	for _, name := range names {
		program := filepath.Join(bin, name)
		build := exec.CommandContext(ctx, "go", "build", "-o", program, ".")
		build.Dir = filepath.Join(dir, name)
		if out, err := build.CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w\n%s", name, err, out)
		}
		var all []seen
		for i := 0; i < runs; i++ {
			s, err := run(ctx, program, duration)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			all = append(all, s)
		}
		fmt.Println(row(name, all))
	}
	return nil
}

// modes lists the programs below dir that are modes: those that hand a Mode to the harness.
func modes(dir string) ([]string, error) {
	mains, err := filepath.Glob(filepath.Join(dir, "*", "main.go"))
	if err != nil {
		return nil, err
	}
	var names []string
	for _, m := range mains {
		text, err := os.ReadFile(m)
		if err != nil {
			return nil, err
		}
		if bytes.Contains(text, []byte("harness.Main(")) {
			names = append(names, filepath.Base(filepath.Dir(m)))
		}
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%s: no mode programs there", dir)
	}
	return names, nil
}

// run runs a mode program once.
func run(ctx context.Context, program string, duration time.Duration) (seen, error) {
	file := program + ".samples"
	cmd := exec.CommandContext(ctx, program, "-duration", fmt.Sprint(duration), "-samples", file)
	out, err := cmd.Output() // fails also when the verdict is not the wanted one: that is a result
	var result harness.Result
	if json.Unmarshal(out, &result) != nil {
		return seen{}, fmt.Errorf("%w, printed %q", err, out)
	}
	s := seen{verdict: result.Verdict, detected: result.Detected}
	if result.Skip != "" {
		s.verdict = "skipped: " + result.Skip
		return s, nil
	}
	recorded, err := recording.ReadFile(file)
	if err != nil {
		return seen{}, err
	}
	s.fill(recorded)
	return s, nil
}

// middle returns the median of a few numbers.
func middle(all []seen, of func(seen) float64) float64 {
	var values []float64
	for _, s := range all {
		values = append(values, of(s))
	}
	sort.Float64s(values)
	return values[len(values)/2]
}
