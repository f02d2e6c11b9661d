package testrun

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"mote/compiler"
	"mote/compiler/load"
)

// A test that faults, panics or hangs takes the program with it. go test ends there; here the device boots again and goes on behind that
// test, which is reported as failed. Which one it was the program says itself, if it tells about each test; if not, it boots once more to
// tell. Tests that waited in t.Parallel when another one crashed are not started again.

// maxBoots bounds how often a package's program boots.
const maxBoots = 20

// maxSkip bounds in bytes the list of tests that a program is told to skip: a device has little room for its command line.
const maxSkip = 12 << 10

// crashed reports whether a run ended otherwise than the testing package ends it.
func crashed(status int, err error) bool { return err != nil || status > 1 }

// culprit looks for the test that was running in what a program printed before it crashed.
type culprit struct {
	name    string // "" if it cannot be told
	timeout bool   // it ran out of time, and the testing package names it
	line    []byte
	listed  bool // the next line names a test that ran out of time
}

// Write implements io.Writer.
func (c *culprit) Write(p []byte) (int, error) {
	for _, b := range p {
		if b == '\n' {
			c.look(strings.TrimPrefix(string(c.line), "\x16"))
			c.line = c.line[:0]
		} else if len(c.line) < maxLine {
			c.line = append(c.line, b)
		}
	}
	return len(p), nil
}

func (c *culprit) look(line string) {
	name := ""
	switch {
	case c.listed:
		name, _, _ = strings.Cut(strings.TrimSpace(line), " ")
		c.timeout = true
	case c.timeout:
	default:
		for _, begin := range []string{"=== RUN   ", "=== CONT  ", "=== NAME  "} {
			if rest, ok := strings.CutPrefix(line, begin); ok {
				name = rest
			}
		}
	}
	if name != "" {
		c.name, _, _ = strings.Cut(name, "/")
	}
	c.listed = line == "\trunning tests:"
}

// blame returns the test that was running when a program crashed, given what it printed; it boots again where that does not say.
func (s *schedule) blame(ctx context.Context, pkg load.Found, img *compiler.Image, skip string, found *culprit) string {
	if found.name == "" {
		telling := *s
		telling.Options.Verbose = true
		telling.emulate(ctx, pkg, img, telling.arguments(skip), found)
	}
	return found.name
}

// goOn runs what stands behind the test name, and again, as long as tests crash. It returns when all have had their turn, or
// no more can be done.
func (s *schedule) goOn(ctx context.Context, pkg load.Found, img *compiler.Image, name string, out *report) {
	names, err := s.names(ctx, pkg, img)
	if err != nil {
		return
	}
	rest := &withoutPass{to: out, pass: s.marker() + "PASS\n"}
	defer rest.Close()
	var skip []string
	for range maxBoots {
		i := slices.Index(names, name)
		if i < 0 || ctx.Err() != nil {
			return
		}
		if !out.failed(name) {
			fmt.Fprintf(out, "%s--- FAIL: %s (0.00s)\n", s.marker(), name)
		}
		skip, names = append(skip, names[:i+1]...), names[i+1:]
		pattern := "^(" + strings.Join(skip, "|") + ")$"
		if len(names) == 0 || len(pattern) > maxSkip {
			return
		}
		found := new(culprit)
		status, err := s.emulate(ctx, pkg, img, s.arguments(pattern), io.MultiWriter(rest, found))
		if !crashed(status, err) {
			return
		}
		out.endLine()
		name = s.blame(ctx, pkg, img, pattern, found)
	}
}

// marker begins lines of a test's end in the form that test2json reads.
func (s *schedule) marker() string {
	if s.JSON {
		return "\x16"
	}
	return ""
}

// names are the program's tests, fuzz tests and examples in the order in which they run.
func (s *schedule) names(ctx context.Context, pkg load.Found, img *compiler.Image) ([]string, error) {
	var list bytes.Buffer
	status, err := s.emulate(ctx, pkg, img, []string{"-test.list=^(Test|Fuzz|Example)"}, &list)
	if err != nil || status != 0 {
		return nil, fmt.Errorf("listing the tests: status %d, %w", status, err)
	}
	return strings.Fields(list.String()), nil
}

// withoutPass leaves out the line with which a program says that it has passed: what came before it has not.
type withoutPass struct {
	to    io.Writer
	pass  string // the line
	line  []byte // held, while it may become that one
	plain bool   // the current line is another
}

// Write implements io.Writer.
func (w *withoutPass) Write(p []byte) (int, error) {
	var out []byte
	for _, c := range p {
		if w.plain {
			out = append(out, c)
			w.plain = c != '\n'
			continue
		}
		w.line = append(w.line, c)
		switch {
		case string(w.line) == w.pass:
			w.line = w.line[:0]
		case !strings.HasPrefix(w.pass, string(w.line)):
			out = append(out, w.line...)
			w.line, w.plain = w.line[:0], c != '\n'
		}
	}
	if _, err := w.to.Write(out); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Close writes what is held.
func (w *withoutPass) Close() error {
	_, err := w.to.Write(w.line)
	return err
}
