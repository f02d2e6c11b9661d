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
	lineReader
	name    string // "" if it cannot be told
	timeout bool   // it ran out of time, and the testing package names it
	listed  bool   // the next line names a test that ran out of time
}

func newCulprit() *culprit {
	c := new(culprit)
	c.lineReader.look = c.look
	return c
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
// no more can be done, as when nobody knows which test it was.
func (s *schedule) goOn(ctx context.Context, pkg load.Found, img *compiler.Image, name string, out *report) {
	if name == "" {
		return
	}
	names, err := s.names(ctx, pkg, img)
	if err != nil {
		return
	}
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
		found, rest := newCulprit(), &lineWriter{to: out, edit: withoutPass}
		status, err := s.emulate(ctx, pkg, img, s.arguments(pattern), io.MultiWriter(rest, found))
		rest.Close()
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
		return marker
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
func withoutPass(line []byte) []byte {
	if string(bytes.TrimPrefix(line, []byte(marker))) == "PASS\n" {
		return nil
	}
	return line
}
