package testrun

import (
	"bytes"
	"context"
	"io"
)

// report is what is written about a package: its program's output and the line with the result.
type report struct {
	to      io.Writer
	held    *bytes.Buffer // output that is not shown yet, nil where it goes out at once
	last    byte          // what was written last; 0 before
	noTests bool          // the program said that it had nothing to run
	line    []byte        // the beginning of the current line, as far as noTestsToRun goes
	finish  func() error
}

// noTestsToRun is how the testing package begins the line that says so.
const noTestsToRun = "testing: warning: no tests to run"

// newReport starts the report of a package that goes to out in the end.
func (s *schedule) newReport(ctx context.Context, path string, out io.Writer) (*report, error) {
	r := &report{to: out, finish: func() error { return nil }}
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
	r.look(p)
	if r.held != nil {
		return r.held.Write(p)
	}
	return r.to.Write(p)
}

// look notes what the result depends on.
func (r *report) look(p []byte) {
	for _, c := range p {
		if c == '\n' {
			r.noTests = r.noTests || string(r.line) == noTestsToRun
			r.line = r.line[:0]
		} else if len(r.line) < len(noTestsToRun) {
			r.line = append(r.line, c)
		}
		r.last = c
	}
}

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
