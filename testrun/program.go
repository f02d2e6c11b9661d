package testrun

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"mote/compiler"
	"mote/compiler/load"
	"mote/debug/trace"
	"mote/emulator"
	"mote/internal/diag"
)

// test builds and runs the tests of one package, writes its report to out, and returns whether it passed.
func (s *schedule) test(ctx context.Context, pkg load.Found, out io.Writer) (passed bool) {
	img, status := s.build(ctx, pkg)
	report, err := s.newReport(ctx, pkg.Path, out)
	if err == nil {
		switch {
		case img != nil:
			passed = s.boot(ctx, pkg, img, report)
		case status == "":
			fmt.Fprintf(report, "?   \t%s\t[no test files]\n", pkg.Path)
			passed = true
		default:
			fmt.Fprintf(report, "FAIL\t%s [%s]\n", pkg.Path, status)
		}
		err = report.close()
	}
	if err != nil {
		fmt.Fprintln(s.err, errorText(err))
	}
	return passed && err == nil
}

// build makes the test program. Without tests there is neither an image nor a status.
func (s *schedule) build(ctx context.Context, pkg load.Found) (img *compiler.Image, status string) {
	if pkg.Err != nil {
		s.buildFailed(pkg.Path, pkg.Err)
		return nil, "setup failed"
	}
	if !pkg.HasTests {
		return nil, ""
	}
	img, err := compiler.Build(ctx, s.testConfig(pkg))
	switch {
	case errors.Is(err, load.ErrNoTests):
		return nil, ""
	case err != nil:
		s.buildFailed(pkg.Path, err)
		return nil, "build failed"
	}
	return img, ""
}

// buildFailed tells why, as the go command does: on standard error, or as events.
func (s *schedule) buildFailed(path string, err error) {
	text := fmt.Sprintf("# %s [%[1]s.test]\n%s\n", path, errorText(err))
	if s.JSON {
		s.out.Write(buildEvents(path, text))
		return
	}
	io.WriteString(s.err, text)
}

// killDelay is how long a program may take to end by itself after its time has run out: it then prints the stacks of its goroutines.
const killDelay = 30 * time.Second

// boot runs the program and adds the last line of its report.
func (s *schedule) boot(ctx context.Context, pkg load.Found, img *compiler.Image, out *report) bool {
	begin := time.Now()
	found := newCulprit()
	status, err := s.emulate(ctx, pkg, img, s.arguments(""), io.MultiWriter(out, found))
	took := since(begin)
	if err == nil && status == 0 {
		if !s.Options.showsPasses() {
			out.drop()
		}
		fmt.Fprintf(out, "ok  \t%s\t%s%s\n", pkg.Path, took, out.note())
		return true
	}
	out.endLine()
	switch {
	case errors.Is(err, emulator.ErrTimeout):
		fmt.Fprintf(out, "*** Test killed: ran too long (%v).\n", s.Options.Timeout+killDelay)
	case err != nil:
		fmt.Fprintf(out, "%s\n", errorText(err))
	case out.empty():
		fmt.Fprintf(out, "exit status %d\n", status)
	}
	if crashed(status, err) {
		s.goOn(ctx, pkg, img, s.blame(ctx, pkg, img, "", found), out)
		out.endLine()
		took = since(begin)
	}
	fmt.Fprintf(out, "FAIL\t%s\t%s\n", pkg.Path, took)
	return false
}

func since(begin time.Time) string { return fmt.Sprintf("%.3fs", time.Since(begin).Seconds()) }

// arguments are the program's, with one more pattern of what not to run.
func (s *schedule) arguments(skip string) []string {
	o := s.Options
	if o.Skip != "" && skip != "" {
		skip = "|" + skip
	}
	o.Skip += skip
	return append(o.arguments(s.JSON), s.Args...)
}

// emulate boots the program in its package's folder, with traces in its output resolved. Benchmarks run with virtual time that follows the
// instructions.
func (s *schedule) emulate(ctx context.Context, pkg load.Found, img *compiler.Image, args []string, out io.Writer) (status int, err error) {
	elf, err := trace.Open(img.Path)
	if err != nil {
		return 0, err
	}
	defer elf.Close()
	cfg := emulator.Config{
		Target: s.Config.Build.Target,
		ELF:    img.Path,
		Name:   img.Name,
		Args:   args,
		Dir:    pkg.Dir,
		ICount: s.Options.Bench != "",
		Trace:  s.Config.Build.Commands,
	}
	if s.Options.Timeout > 0 {
		cfg.Timeout = s.Options.Timeout + killDelay
	}
	if cfg.ICount {
		counts := &lineWriter{to: out, edit: withInstructions}
		defer counts.Close()
		out = counts
	}
	filter := trace.NewWriter(out, elf, pkg.Dir)
	cfg.Stdout, cfg.Stderr = filter, filter
	res, err := emulator.Run(ctx, cfg)
	if closeErr := filter.Close(); err == nil {
		err = closeErr
	}
	return res.ExitCode, err
}

// errorText renders an error for a person.
func errorText(err error) string {
	var list diag.List
	if !errors.As(err, &list) {
		return strings.TrimSuffix(err.Error(), "\n")
	}
	dir, _ := os.Getwd()
	return list.Format(dir)
}
