package testrun

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"
)

// report is what is written about a package: its program's output and the line with the result.
type report struct {
	to      io.Writer
	held    *bytes.Buffer // output that is not shown yet, nil where it goes out at once
	last    byte          // what was written last; 0 before
	lines   lineReader    // sees everything
	noTests bool          // the program said that it had nothing to run
	failing []string      // tests that the program said have failed
	finish  func() error
}

// noTestsToRun is how the testing package begins the line that says so.
const noTestsToRun = "testing: warning: no tests to run"

// newReport starts the report of a package that goes to out in the end.
func (s *schedule) newReport(ctx context.Context, path string, out io.Writer) (*report, error) {
	r := &report{to: out, finish: func() error { return nil }}
	r.lines.look = r.look
	switch {
	case s.JSON:
		events, err := s.startTest2JSON(ctx, path, out)
		if err != nil {
			return nil, err
		}
		r.to, r.finish = events, events.Close
	case !s.streams():
		r.held = new(bytes.Buffer)
	}
	return r, nil
}

// Write implements io.Writer.
func (r *report) Write(p []byte) (int, error) {
	if len(p) > 0 {
		r.last = p[len(p)-1]
	}
	r.lines.Write(p)
	if r.held != nil {
		return r.held.Write(p)
	}
	return r.to.Write(p)
}

// look notes what the result depends on.
func (r *report) look(line string) {
	if line == noTestsToRun {
		r.noTests = true
	} else if rest, ok := strings.CutPrefix(line, "--- FAIL: "); ok {
		name, _, _ := strings.Cut(rest, " ")
		r.failing = append(r.failing, name)
	}
}

// failed reports whether the program itself said that a test has failed.
func (r *report) failed(test string) bool { return slices.Contains(r.failing, test) }

// drop forgets what is held: a package that passes says only so.
func (r *report) drop() {
	if r.held != nil {
		r.held.Reset()
	}
}

// empty reports whether nothing was written.
func (r *report) empty() bool { return r.last == 0 }

// endLine sees to it that what follows begins a line.
func (r *report) endLine() {
	if !r.empty() && r.last != '\n' {
		io.WriteString(r, "\n")
	}
}

// note is what follows the time a package took.
func (r *report) note() string {
	if r.noTests {
		return " [no tests to run]"
	}
	return ""
}

// close writes what is held and ends the report.
func (r *report) close() error {
	if r.held != nil {
		r.to.Write(r.held.Bytes())
	}
	return r.finish()
}
