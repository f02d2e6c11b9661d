package packages

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// Runner runs a suite with the mote command.
type Runner struct {
	Mote    string // the command
	Dir     string // working directory: decides which module packages come from
	Target  string
	Timeout time.Duration // for the tests of one package
	Jobs    int
	Done    func(Result) // called as results come, from one goroutine at a time; may be nil
}

// Result is how a package fared.
type Result struct {
	Package Package
	Passed  int      // tests, sub-tests, examples and fuzz seeds that passed
	Skipped int      // that skip themselves
	Failed  []string // top-level tests
	OK      bool     // the package passed
	Cause   string   // the line that tells most about a failure
	Output  string   // everything printed, of a package that failed
}

// Run runs the packages and returns their results in order.
func (r *Runner) Run(ctx context.Context, packages []Package) []Result {
	results := make([]Result, len(packages))
	slots := make(chan struct{}, max(r.Jobs, 1))
	var all sync.WaitGroup
	var mu sync.Mutex
	for i, p := range packages {
		if p.NotApplicable != "" {
			results[i] = Result{Package: p}
			continue
		}
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			results[i] = r.test(ctx, p)
			if r.Done != nil {
				mu.Lock()
				defer mu.Unlock()
				r.Done(results[i])
			}
		})
	}
	all.Wait()
	return results
}

// test runs one package.
func (r *Runner) test(ctx context.Context, p Package) Result {
	args := []string{"test", "-json", "-short", "-p=1", "-target=" + r.Target, "-timeout=" + r.Timeout.String()}
	if skip := p.skipPattern(); skip != "" {
		args = append(args, "-skip="+skip)
	}
	cmd := exec.CommandContext(ctx, r.Mote, append(args, p.Path)...)
	cmd.Dir = r.Dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	res := Result{Package: p}
	if err := res.read(out); err != nil {
		res.Cause = err.Error()
	}
	res.OK = err == nil
	if exit := new(exec.ExitError); err != nil && !errors.As(err, &exit) {
		res.Cause = err.Error()
	}
	res.Output += stderr.String()
	if !res.OK && res.Cause == "" {
		res.Cause = res.cause()
	}
	return res
}

// event is an event of go test -json, of either kind.
type event struct {
	Action, Test, Output string
}

// read counts what the events tell.
func (r *Result) read(events []byte) error {
	var text strings.Builder
	for dec := json.NewDecoder(bytes.NewReader(events)); dec.More(); {
		var e event
		if err := dec.Decode(&e); err != nil {
			return fmt.Errorf("output of mote test -json: %w", err)
		}
		switch {
		case e.Action == "output" || e.Action == "build-output":
			text.WriteString(e.Output)
		case e.Test == "":
		case e.Action == "pass":
			r.Passed++
		case e.Action == "skip":
			r.Skipped++
		case e.Action == "fail" && !strings.Contains(e.Test, "/"):
			r.Failed = append(r.Failed, e.Test)
		}
	}
	r.Output = text.String()
	return nil
}

// cause picks the line that tells most.
func (r *Result) cause() string {
	for _, mark := range []string{"fatal error: ", "panic: ", "[fault kind=", "*** Test killed", "emulator: "} {
		for line := range strings.Lines(r.Output) {
			if strings.HasPrefix(line, mark) {
				return withTests(strings.TrimSpace(line), r.Failed)
			}
		}
	}
	if len(r.Failed) > 0 {
		return withTests("", r.Failed)
	}
	for line := range strings.Lines(r.Output) {
		if !strings.HasPrefix(line, "#") && strings.TrimSpace(line) != "" {
			return strings.TrimSpace(line)
		}
	}
	return "no output"
}

func withTests(text string, tests []string) string {
	if len(tests) == 0 {
		return text
	}
	return strings.TrimSpace(text + " (" + strings.Join(tests, " ") + ")")
}
