package command

import (
	"context"
	"flag"
	"fmt"
	"io"

	"github.com/mote-go/mote/guard/doctor"
)

func doctorCommand() command {
	return command{
		name:     "doctor",
		synopsis: "[-json | -sarif] [-level severity] [-tests] [-tags list] [packages | -binary file | -pid n]",
		short:    "find what makes goroutines wait in sources, a binary or a process",
		long: `Doctor looks for known risks of starvation: in the sources of packages (the one in the working directory if none is named), in a Go
binary (release, flags, GODEBUG, modules) or in a running process (its binary, environment, CPUs, quota, threads; Linux). It prints what it
knows of the binary or process, and each finding with its reason and what to do. The status is 1 when there are findings.`,
		setup: setupDoctor,
	}
}

// doctorFlags are those of doctor.
type doctorFlags struct {
	json, sarif, tests, rules bool
	level, tags, binary       string
	pid                       int
}

func setupDoctor(fs *flag.FlagSet) runner {
	var f doctorFlags
	fs.BoolVar(&f.json, "json", false, "print the result as JSON")
	fs.BoolVar(&f.sarif, "sarif", false, "print the findings as a SARIF 2.1.0 log")
	fs.StringVar(&f.level, "level", "warning", "least `severity` that is reported: info, warning, error")
	fs.BoolVar(&f.tests, "tests", false, "analyse tests too")
	fs.StringVar(&f.tags, "tags", "", "comma-separated `list` of build tags")
	fs.StringVar(&f.binary, "binary", "", "inspect this binary `file`")
	fs.IntVar(&f.pid, "pid", 0, "inspect the process with this `number`")
	fs.BoolVar(&f.rules, "rules", false, "list the rules and exit")
	return func(ctx context.Context, streams Streams, args []string) (int, error) {
		level, err := f.check(fs, args)
		if err != nil {
			return statusUsage, err
		}
		if f.rules {
			return statusOK, f.list(streams.Out)
		}
		result, err := f.inspect(ctx, fs, args)
		if err != nil {
			return statusFailed, err
		}
		result = result.AtLeast(level)
		if err := f.write(result, streams.Out); err != nil {
			return statusFailed, err
		}
		if len(result.Findings) > 0 {
			return statusFailed, nil
		}
		return statusOK, nil
	}
}

// given tells whether a flag is on the command line.
func given(fs *flag.FlagSet, name string) bool {
	found := false
	fs.Visit(func(f *flag.Flag) { found = found || f.Name == name })
	return found
}

func (f *doctorFlags) check(fs *flag.FlagSet, args []string) (doctor.Severity, error) {
	level, err := doctor.ParseSeverity(f.level)
	binary, pid := given(fs, "binary"), given(fs, "pid")
	switch {
	case err != nil:
		return 0, usagef("-level: %v", err)
	case f.json && f.sarif:
		return 0, usagef("-json and -sarif exclude each other")
	case binary && pid:
		return 0, usagef("-binary and -pid exclude each other")
	case (binary || pid) && len(args) > 0:
		return 0, usagef("unexpected argument %q: packages, -binary and -pid exclude each other", args[0])
	case (binary || pid) && (f.tests || f.tags != ""):
		return 0, usagef("-tests and -tags are about packages")
	case binary && f.binary == "":
		return 0, usagef("-binary: no file given")
	case pid && f.pid <= 0:
		return 0, usagef("-pid=%d: must be positive", f.pid)
	case f.rules && (f.sarif || len(args) > 0):
		return 0, usagef("-rules goes with -json only")
	}
	return level, nil
}

func (f *doctorFlags) inspect(ctx context.Context, fs *flag.FlagSet, args []string) (doctor.Result, error) {
	switch {
	case given(fs, "binary"):
		b, err := doctor.ReadBinary(f.binary)
		if err != nil {
			return doctor.Result{}, err
		}
		return b.Check(), nil
	case given(fs, "pid"):
		p, b, err := doctor.ReadProcess("/", f.pid)
		if err != nil {
			return doctor.Result{}, err
		}
		return p.Check(b), nil
	}
	if len(args) == 0 {
		args = []string{"."}
	}
	o := doctor.PackageOptions{Tests: f.tests}
	if f.tags != "" {
		o.Flags = []string{"-tags=" + f.tags}
	}
	return await(ctx, func() (doctor.Result, error) { return doctor.Packages(ctx, o, args...) })
}

func (f *doctorFlags) write(r doctor.Result, out io.Writer) error {
	switch {
	case f.json:
		return r.WriteJSON(out)
	case f.sarif:
		return r.WriteSARIF(out)
	}
	return r.WriteText(out)
}

func (f *doctorFlags) list(out io.Writer) error {
	if f.json {
		return writeJSON(out, doctor.Rules())
	}
	for _, r := range doctor.Rules() {
		if _, err := fmt.Fprintf(out, "%s (%s)\n\twhy: %s\n\tdo:  %s\n", r.ID, r.Severity, r.Why, r.Do); err != nil {
			return err
		}
	}
	return nil
}
