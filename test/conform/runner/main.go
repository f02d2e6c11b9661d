// Command runner scores a target on the Go distribution's own tests.
//
//	go run ./test/conform/runner -target mps2-an385 [-run regexp] [-o table.txt]
//
// Its last line is `conform TARGET: N passed, N failed, N excluded`.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
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

func run() error {
	mote := flag.String("mote", "bin/mote", "the mote `binary`")
	board := flag.String("target", "mps2-an385", "the target to score")
	pattern := flag.String("run", "", "only tests whose name matches this `regexp`")
	table := flag.String("o", "", "write the table to this `file`")
	opt := flag.String("opt", "", "optimisation level of mote")
	timeout := flag.Duration("timeout", 2*time.Minute, "for each test, build included")
	jobs := flag.Int("j", runtime.NumCPU(), "tests at the same time")
	flag.Parse()

	match, err := regexp.Compile(*pattern)
	if err != nil {
		return err
	}
	t, err := target.Load(*board)
	if err != nil {
		return err
	}
	root := filepath.Join(runtime.GOROOT(), "test")
	all, err := conform.Discover(root, append(t.Tags, t.GOARCH))
	if err != nil {
		return err
	}
	var tests []conform.Test
	for _, c := range all {
		if match.MatchString(c.Name) {
			tests = append(tests, c)
		}
	}
	binary, err := filepath.Abs(*mote)
	if err != nil {
		return err
	}
	r := &conform.Runner{Root: root, Mote: binary, Target: *board, Opt: *opt, Timeout: *timeout, Jobs: *jobs, Done: progress(len(tests))}
	results := r.Run(tests)
	out := os.Stdout
	if *table != "" {
		if err := os.MkdirAll(filepath.Dir(*table), 0o755); err != nil {
			return err
		}
		if out, err = os.Create(*table); err != nil {
			return err
		}
		defer out.Close()
	}
	total, err := conform.WriteTable(out, results)
	if err != nil {
		return err
	}
	fmt.Printf("conform %s: %v\n", *board, total)
	return nil
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
