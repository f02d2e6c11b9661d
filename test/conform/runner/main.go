// Command runner scores a target on the Go distribution's own tests.
//
//	go run ./test/conform/runner -target mps2-an385 [-errors] [-masked list.txt] [-run regexp] [-o table.txt]
//
// With -errors it is about programs with mistakes. With -masked it also measures how many instructions are executed with interrupts masked,
// writes that by function, and fails when a stretch is longer than conform.MaskBar. Its last line is `conform TARGET: N passed, N failed, N excluded`.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"time"

	"mote/target"
	"mote/test/conform"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "conform:", err)
		os.Exit(2)
	}
}

// options are the command line.
type options struct {
	mote, board, opt, table string
	masked                  string
	match                   *regexp.Regexp
	timeout                 time.Duration
	jobs                    int
	errors                  bool
}

func parse() (o options, err error) {
	flag.StringVar(&o.mote, "mote", "bin/mote", "the mote `binary`")
	flag.StringVar(&o.board, "target", "mps2-an385", "the target to score")
	flag.BoolVar(&o.errors, "errors", false, "the errorcheck tests instead of those that run")
	pattern := flag.String("run", "", "only tests whose name matches this `regexp`")
	flag.StringVar(&o.table, "o", "", "write the table to this `file`")
	flag.StringVar(&o.masked, "masked", "", "measure how long interrupts are masked, and write a list to this `file`")
	flag.StringVar(&o.opt, "opt", "", "optimisation level of mote")
	flag.DurationVar(&o.timeout, "timeout", 4*time.Minute, "for each test, build included")
	flag.IntVar(&o.jobs, "j", runtime.NumCPU(), "tests at the same time")
	flag.Parse()
	if o.match, err = regexp.Compile(*pattern); err != nil {
		return o, err
	}
	o.mote, err = filepath.Abs(o.mote)
	return o, err
}

func run() error {
	o, err := parse()
	if err != nil {
		return err
	}
	t, err := target.Load(o.board)
	if err != nil {
		return err
	}
	score := scoreRuns
	if o.errors {
		score = scoreErrors
	}
	results, err := score(o, t, filepath.Join(runtime.GOROOT(), "test"))
	if err != nil {
		return err
	}
	total, err := write(o.table, results)
	if err != nil {
		return err
	}
	fmt.Printf("conform %s: %v\n", o.board, total)
	return nil
}

func scoreRuns(o options, t *target.Target, root string) ([]conform.Result, error) {
	tests, err := conform.Discover(root, append(t.Tags, t.GOARCH))
	if err != nil {
		return nil, err
	}
	tests = matching(o.match, tests)
	r := &conform.Runner{Root: root, Mote: o.mote, Target: o.board, Opt: o.opt, Timeout: o.timeout, Jobs: o.jobs, Done: progress(len(tests))}
	if o.masked == "" {
		return r.Run(tests), nil
	}
	r.Masks = new(conform.Masks)
	results := r.Run(tests)
	return results, writeMasks(o.masked, r.Masks)
}

// writeMasks writes the list to a file and its head to standard output.
func writeMasks(name string, masks *conform.Masks) error {
	out, err := create(name)
	if err != nil {
		return err
	}
	defer out.Close()
	longest, err := masks.Write(out)
	if err != nil {
		return err
	}
	fmt.Printf("masked: the longest stretch has %d instructions, the bar is %d; all are in %s\n", longest, conform.MaskBar, name)
	if longest > conform.MaskBar {
		return fmt.Errorf("interrupts are masked for %d instructions, the bar is %d", longest, conform.MaskBar)
	}
	return nil
}

func scoreErrors(o options, t *target.Target, root string) ([]conform.Result, error) {
	tests, err := conform.DiscoverErrors(root, append(t.Tags, t.GOARCH))
	if err != nil {
		return nil, err
	}
	tests = matching(o.match, tests)
	cacheDir, err := os.MkdirTemp("", "conform")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(cacheDir)
	r := &conform.ErrorRunner{Root: root, GOARCH: t.GOARCH, Tags: t.Tags, Cache: cacheDir, Jobs: o.jobs, Done: progress(len(tests))}
	return r.Run(tests), nil
}

func matching(pattern *regexp.Regexp, all []conform.Test) []conform.Test {
	return slices.DeleteFunc(all, func(t conform.Test) bool { return !pattern.MatchString(t.Name) })
}

// write writes the table to a file, or to standard output when it has no name.
func write(name string, results []conform.Result) (conform.Tally, error) {
	if name == "" {
		return conform.WriteTable(os.Stdout, results)
	}
	out, err := create(name)
	if err != nil {
		return conform.Tally{}, err
	}
	defer out.Close()
	return conform.WriteTable(out, results)
}

// create makes a file and its folder.
func create(name string) (*os.File, error) {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return nil, err
	}
	return os.Create(name)
}

// progress prints failures as they come.
func progress(n int) func(conform.Result) {
	done := 0
	return func(r conform.Result) {
		done++
		if r.Outcome == conform.Fail {
			fmt.Printf("[%d/%d] FAIL %s: %s\n", done, n, r.Test.Name, r.Cause)
		}
	}
}
