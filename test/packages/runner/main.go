// Command runner runs a suite of packages on a device.
//
//	go run ./test/packages/runner -suite test/packages/std [-target mps2-an385] [-run regexp] [-table doc/std.md] [-logs folder]
//
// It exits with status 1 if a package failed that packages.txt does not say fails, or passed although it says so.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"time"

	"mote/test/packages"
)

func main() {
	surprise, err := run()
	if err != nil {
		fmt.Fprintln(os.Stderr, "packages:", err)
		os.Exit(2)
	}
	if surprise {
		os.Exit(1)
	}
}

// options are the command line.
type options struct {
	suite, table, logs string
	match              *regexp.Regexp
	runner             packages.Runner
}

func parse() (o options, err error) {
	mote := flag.String("mote", "bin/mote", "the mote `binary`")
	flag.StringVar(&o.suite, "suite", "test/packages/std", "the `folder` with packages.txt and skip.txt; packages are looked up from there")
	flag.StringVar(&o.runner.Target, "target", "mps2-an385", "the target to run on")
	pattern := flag.String("run", "", "only packages whose path matches this `regexp`")
	flag.StringVar(&o.table, "table", "", "put the table into this `file`, in place of the one that begins with its first table")
	flag.StringVar(&o.logs, "logs", "", "write the output of packages that fail into this `folder`")
	flag.DurationVar(&o.runner.Timeout, "timeout", 4*time.Minute, "for the tests of a package")
	flag.IntVar(&o.runner.Jobs, "j", runtime.NumCPU(), "packages at the same time")
	flag.Parse()
	if o.match, err = regexp.Compile(*pattern); err != nil {
		return o, err
	}
	if o.runner.Mote, err = filepath.Abs(*mote); err != nil {
		return o, err
	}
	o.runner.Dir = o.suite
	return o, err
}

// run reports whether a package fared otherwise than packages.txt says.
func run() (surprise bool, err error) {
	o, err := parse()
	if err != nil {
		return false, err
	}
	suite, err := packages.ReadSuite(o.suite)
	if err != nil {
		return false, err
	}
	var chosen []packages.Package
	for _, p := range suite.Packages {
		if o.match.MatchString(p.Path) {
			chosen = append(chosen, p)
		}
	}
	var logErr error
	o.runner.Done = func(r packages.Result) {
		surprise = surprise || r.OK == (r.Package.Known != "")
		report(r)
		if err := o.log(r); err != nil {
			logErr = err
		}
	}
	results := o.runner.Run(context.Background(), chosen)
	fmt.Printf("%s on %s: %v\n", filepath.Base(o.suite), o.runner.Target, packages.Count(results))
	if logErr != nil || o.table == "" {
		return surprise, logErr
	}
	return surprise, packages.ReplaceTable(o.table, results)
}

// report prints a result.
func report(r packages.Result) {
	if r.OK {
		fmt.Printf("ok    %s: %d passed, %d skipped, %d left out\n", r.Package.Path, r.Passed, r.Skipped, len(r.Package.Skips))
		return
	}
	fmt.Printf("FAIL  %s: %s\n", r.Package.Path, r.Cause)
}

// log keeps the output of a package that failed.
func (o *options) log(r packages.Result) error {
	if o.logs == "" || r.OK {
		return nil
	}
	if err := os.MkdirAll(o.logs, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(o.logs, strings.ReplaceAll(r.Package.Path, "/", "_")), []byte(r.Output), 0o644)
}
