package testrun

import (
	"flag"
	"fmt"
	"strconv"
	"time"
)

// Options are those of go test that its program understands.
type Options struct {
	Run, Skip, List  string
	Bench, BenchTime string
	BenchMem         bool
	CPU, Shuffle     string
	Count, Parallel  uint
	Timeout          time.Duration
	Short, FailFast  bool
	FullPath         bool
	Verbose          bool
}

// Define makes the flags.
func (o *Options) Define(fs *flag.FlagSet) {
	fs.StringVar(&o.Run, "run", "", "run only the tests, examples and fuzz seeds that match `regexp`")
	fs.StringVar(&o.Skip, "skip", "", "do not run the tests, examples, fuzz seeds and benchmarks that match `regexp`")
	fs.StringVar(&o.List, "list", "", "list what matches `regexp` and run nothing")
	fs.StringVar(&o.Bench, "bench", "", "run the benchmarks that match `regexp`, and count instructions")
	fs.StringVar(&o.BenchTime, "benchtime", "", "run each benchmark for this `time`, or with a suffix x that often (default 1s)")
	fs.BoolVar(&o.BenchMem, "benchmem", false, "tell how much benchmarks allocate")
	fs.StringVar(&o.CPU, "cpu", "", "a comma-separated `list` of GOMAXPROCS values to run with")
	fs.StringVar(&o.Shuffle, "shuffle", "", "run in random order: off, on or a seed `N`")
	fs.UintVar(&o.Count, "count", 1, "run each test and benchmark `n` times")
	fs.UintVar(&o.Parallel, "parallel", 0, "how many `tests` that call t.Parallel run at once (default GOMAXPROCS)")
	fs.DurationVar(&o.Timeout, "timeout", 10*time.Minute, "a package whose tests take longer than this `time` fails; 0 is no limit")
	fs.BoolVar(&o.Short, "short", false, "tell tests to be quick")
	fs.BoolVar(&o.FailFast, "failfast", false, "start no more tests of a package after one has failed")
	fs.BoolVar(&o.FullPath, "fullpath", false, "show full file names in messages")
	fs.BoolVar(&o.Verbose, "v", false, "tell about each test, and show what it logs")
}

// showsPasses reports whether what a package prints is shown although it passes.
func (o *Options) showsPasses() bool { return o.Verbose || o.List != "" }

// arguments are the test program's.
func (o *Options) arguments(json bool) []string {
	args := []string{"-test.paniconexit0", fmt.Sprint("-test.timeout=", o.Timeout)}
	switch {
	case json:
		args = append(args, "-test.v=test2json")
	case o.Verbose:
		args = append(args, "-test.v=true")
	}
	for _, f := range []struct{ name, value string }{
		{"run", o.Run}, {"skip", o.Skip}, {"list", o.List}, {"bench", o.Bench}, {"benchtime", o.BenchTime}, {"cpu", o.CPU}, {"shuffle", o.Shuffle},
	} {
		if f.value != "" {
			args = append(args, "-test."+f.name+"="+f.value)
		}
	}
	for _, f := range []struct {
		name string
		on   bool
	}{{"benchmem", o.BenchMem}, {"short", o.Short}, {"failfast", o.FailFast}, {"fullpath", o.FullPath}} {
		if f.on {
			args = append(args, "-test."+f.name+"=true")
		}
	}
	if o.Count != 1 {
		args = append(args, "-test.count="+strconv.FormatUint(uint64(o.Count), 10))
	}
	if o.Parallel != 0 {
		args = append(args, "-test.parallel="+strconv.FormatUint(uint64(o.Parallel), 10))
	}
	return args
}
