package conform

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"mote/compiler/load"
	"mote/internal/diag"
)

// ErrorRunner checks that programs with mistakes are refused where they are wrong. It needs the go command alone.
type ErrorRunner struct {
	Root   string   // GOROOT/test
	GOARCH string   // of the target
	Tags   []string // of the target
	Cache  string   // a folder for the port's files
	Jobs   int      // how many at the same time
	Done   func(Result)
}

// errorAction interprets the words after "//" of an errorcheck test. Flags that only change what gc tells about its own work
// exclude it.
func (t *Test) errorAction(words []string) {
	if !slices.Contains([]string{"errorcheck", "errorcheckdir", "errorcheckoutput"}, words[0]) {
		return
	}
	t.Action = words[0]
	for i, w := range words[1:] {
		switch {
		case strings.HasPrefix(w, "-lang="):
			t.Lang = strings.TrimPrefix(w, "-lang=")
		case w == "-goexperiment":
			t.Exclude = "needs a GOEXPERIMENT of gc"
		case w == "-e=0":
			t.Few = true
		case w == "-0", w == "-e", w == "-t", w == "-d=panic", words[i] == "-t":
		case strings.HasPrefix(w, "-"):
			t.Exclude = "tests gc's flag " + w
			return
		default:
			t.Args = append(t.Args, w)
		}
	}
}

// Run checks all tests and returns their results in the same order.
func (r *ErrorRunner) Run(tests []Test) []Result {
	return inParallel(tests, r.Jobs, r.Done, func(t Test) Result {
		cause, texts := r.cause(t)
		return Result{Cause: cause, Texts: texts}
	})
}

// cause checks one test and says what was wrong, or nothing.
func (r *ErrorRunner) cause(t Test) (string, Texts) {
	dir, err := os.MkdirTemp("", "conform")
	if err != nil {
		return err.Error(), Texts{}
	}
	defer os.RemoveAll(dir)
	cfg := load.Config{GOARCH: r.GOARCH, Tags: r.Tags, CacheDir: r.Cache, AllErrors: !t.Few}
	sources, err := r.arrange(t, dir, &cfg)
	if err != nil {
		return err.Error(), Texts{}
	}
	var want []expectation
	for _, file := range sources {
		w, err := expectations(file)
		if err != nil {
			return err.Error(), Texts{}
		}
		want = append(want, w...)
	}
	return r.check(cfg, want)
}

// check loads a program and compares what is reported.
func (r *ErrorRunner) check(cfg load.Config, want []expectation) (string, Texts) {
	var list diag.List
	listing, err := load.List(cfg)
	if err == nil {
		_, err = listing.Load()
	}
	if err != nil && !errors.As(err, &list) {
		return err.Error(), Texts{}
	}
	return judge(want, list)
}

// arrange says in cfg what to load for t, below dir if not where it is, and returns the files with ERROR comments.
func (r *ErrorRunner) arrange(t Test, dir string, cfg *load.Config) ([]string, error) {
	file := filepath.Join(r.Root, filepath.FromSlash(t.Name))
	switch {
	case t.Action == "errorcheckdir":
		cfg.Dir = dir
		sources, last, err := layOutErrors(strings.TrimSuffix(file, ".go")+".dir", dir)
		cfg.Patterns = []string{last}
		return sources, err
	case t.Action == "errorcheckoutput":
		generated := filepath.Join(dir, "tmp__.go")
		cfg.Dir, cfg.Patterns = dir, []string{"tmp__.go"}
		return []string{generated}, r.generate(file, t.Args, generated)
	case t.Lang != "": // the language version is that of a module
		cfg.Dir = dir
		return []string{file}, makeModule(dir, strings.TrimPrefix(t.Lang, "go"), file)
	}
	cfg.Dir, cfg.Patterns = filepath.Dir(file), []string{filepath.Base(file)}
	return []string{file}, nil
}

// generate runs a test on the host; what it prints is the program with mistakes.
func (r *ErrorRunner) generate(file string, args []string, to string) error {
	cmd := exec.Command("go", append([]string{"run", filepath.Base(file)}, args...)...)
	cmd.Dir = filepath.Dir(file)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("%w: %s", err, stderr.Bytes())
	}
	return os.WriteFile(to, out, 0o644)
}
