package conform

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// Outcome is how a test ended.
type Outcome string

// The outcomes of a test.
const (
	Pass     Outcome = "pass"
	Fail     Outcome = "fail"
	Excluded Outcome = "excluded"
)

// Result is the outcome of one test, with a cause on one line when it failed.
type Result struct {
	Test    Test
	Outcome Outcome
	Cause   string
	Took    time.Duration
	Texts   Texts // of errorcheck tests
}

// Runner runs tests through the mote command.
type Runner struct {
	Root    string        // GOROOT/test
	Mote    string        // the mote binary
	Target  string        // a target that boots in the emulator
	Opt     string        // -opt of mote, empty for its default
	Timeout time.Duration // per test, build included
	Jobs    int           // how many at the same time
	Done    func(Result)  // called for each result as it comes, one at a time; may be nil
	Masks   *Masks        // when not nil, gathers how long interrupts are masked
}

// Run runs all tests and returns their results in the same order.
func (r *Runner) Run(tests []Test) []Result {
	return inParallel(tests, r.Jobs, r.Done, func(t Test) Result { return Result{Cause: r.cause(t)} })
}

// inParallel gives every test to run, which fills in what was wrong, unless it is excluded.
func inParallel(tests []Test, jobs int, done func(Result), run func(Test) Result) []Result {
	results := make([]Result, len(tests))
	next := make(chan int)
	var group sync.WaitGroup
	var report sync.Mutex
	for range max(jobs, 1) {
		group.Go(func() {
			for i := range next {
				results[i] = timed(tests[i], run)
				if done != nil {
					report.Lock()
					done(results[i])
					report.Unlock()
				}
			}
		})
	}
	for i := range tests {
		next <- i
	}
	close(next)
	group.Wait()
	return results
}

// timed runs a single test.
func timed(t Test, run func(Test) Result) Result {
	if t.Exclude != "" {
		return Result{Test: t, Outcome: Excluded, Cause: t.Exclude}
	}
	start := time.Now()
	res := run(t)
	res.Test, res.Outcome, res.Took = t, Pass, time.Since(start)
	if res.Cause != "" {
		res.Outcome = Fail
	}
	return res
}

// cause runs t and says what was wrong with it, or nothing.
func (r *Runner) cause(t Test) string {
	dir, err := os.MkdirTemp("", "conform")
	if err != nil {
		return err.Error()
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(r.Root, filepath.FromSlash(t.Name))
	work, pkg := filepath.Dir(file), []string{filepath.Base(file)}
	args := t.Args
	for len(args) > 0 && strings.HasSuffix(args[0], ".go") { // more files of the program
		pkg, args = append(pkg, args[0]), args[1:]
	}
	if t.Action == "rundir" {
		if err := layOut(strings.TrimSuffix(file, ".go")+".dir", dir); err != nil {
			return err.Error()
		}
		work, pkg = dir, []string{"."}
	}
	out, err := r.mote(t.Name, work, pkg, args)
	if err != nil {
		return summary(err, out)
	}
	return compare(strings.TrimSuffix(file, ".go")+".out", out)
}

// checkStacks is the build tag with which a program compares how deep its stacks get with what the compiler says.
const checkStacks = "mote.checkstack"

// mote builds and runs a package and returns what the program wrote to standard output and standard error.
func (r *Runner) mote(test, dir string, pkg, args []string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), r.Timeout)
	defer cancel()
	if r.Masks != nil {
		return r.masked(ctx, test, dir, pkg, args)
	}
	line := []string{"run", "-deterministic", "-tags", checkStacks, "-target", r.Target, "-timeout", r.Timeout.String()}
	if r.Opt != "" {
		line = append(line, "-opt="+r.Opt)
	}
	cmd := exec.CommandContext(ctx, r.Mote, slices.Concat(line, pkg, args)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off")
	cmd.WaitDelay = time.Second
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	if ctx.Err() != nil {
		err = fmt.Errorf("timeout after %v", r.Timeout)
	}
	return out.Bytes(), err
}

// compare checks the output against the .out file beside the test; without one it must be empty.
func compare(golden string, got []byte) string {
	want, err := os.ReadFile(golden)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err.Error()
	}
	if bytes.Equal(bytes.ReplaceAll(got, []byte("\r\n"), []byte("\n")), want) {
		return ""
	}
	if len(want) == 0 {
		return "output should be empty: " + firstLine(got)
	}
	return "output differs: " + difference(got, want)
}

// difference names the first line that differs.
func difference(got, want []byte) string {
	g, w := strings.Split(string(got), "\n"), strings.Split(string(want), "\n")
	for i := range w {
		if i >= len(g) {
			return fmt.Sprintf("line %d missing, want %.80q", i+1, w[i])
		}
		if g[i] != w[i] {
			return fmt.Sprintf("line %d is %.80q, want %.80q", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("%d more lines", len(g)-len(w))
}

var important = regexp.MustCompile(`^(panic:|fatal error:|internal error|runtime:)|(error|undefined|not supported)`)

// summary is the most telling line of a failed run.
func summary(err error, out []byte) string {
	for line := range strings.Lines(string(out)) {
		line = strings.TrimSpace(line)
		if important.MatchString(line) {
			return fmt.Sprintf("%v: %.160s", err, line)
		}
	}
	return fmt.Sprintf("%v: %.160s", err, firstLine(out))
}

func firstLine(out []byte) string {
	line, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	return fmt.Sprintf("%.160s", line)
}
