// Package conform runs the Go distribution's own tests (GOROOT/test) through mote and scores them.
//
// It takes the files that begin with "// run" or "// rundir", builds each with bin/mote, boots it in the emulator and
// compares exit status and output as cmd/internal/testdir does for gc; and the files that begin with "// errorcheck",
// loads each and compares where errors are reported with the comments in it. What cannot apply stands in exclude.txt and
// errorexclude.txt with a reason. Start reading at Discover, Runner.Run and ErrorRunner.Run.
package conform

import (
	"bufio"
	_ "embed"
	"fmt"
	"go/build/constraint"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Test is one test of GOROOT/test.
type Test struct {
	Name    string   // path below GOROOT/test, slash-separated: "chan/select.go"
	Action  string   // "run", "rundir", "errorcheck" or "errorcheckdir"
	Args    []string // program arguments that follow the action
	Lang    string   // language version of errorcheck tests, as "go1.17"; empty is the newest
	Few     bool     // errorcheck tests that expect ten errors at most to be reported
	Exclude string   // why it cannot apply; empty when it can
}

//go:embed exclude.txt
var excludeList string

//go:embed errorexclude.txt
var errorExcludeList string

// exclusions parses a list: one test a line, its name, white space, the reason.
func exclusions(file, list string) (map[string]string, error) {
	out := map[string]string{}
	for i, line := range strings.Split(list, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, reason, ok := strings.Cut(line, " ")
		reason = strings.TrimSpace(reason)
		if !ok || reason == "" {
			return nil, fmt.Errorf("%s:%d: %q has no reason", file, i+1, name)
		}
		if _, twice := out[name]; twice {
			return nil, fmt.Errorf("%s:%d: %q stands twice", file, i+1, name)
		}
		out[name] = reason
	}
	return out, nil
}

// Discover lists the run and rundir tests below root (GOROOT/test) by name. tags are the build tags of the target.
func Discover(root string, tags []string) ([]Test, error) {
	return discover(root, tags, "exclude.txt", excludeList, (*Test).action)
}

// DiscoverErrors lists the errorcheck and errorcheckdir tests below root by name.
func DiscoverErrors(root string, tags []string) ([]Test, error) {
	return discover(root, tags, "errorexclude.txt", errorExcludeList, (*Test).errorAction)
}

// discover lists the tests whose directive action knows. list excludes some and has the name listName.
func discover(root string, tags []string, listName, list string, action func(*Test, []string)) ([]Test, error) {
	excluded, err := exclusions(listName, list)
	if err != nil {
		return nil, err
	}
	var tests []Test
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if strings.HasSuffix(path, ".dir") || d.Name() == "testdata" {
				return fs.SkipDir
			}
			return nil
		}
		if filepath.Ext(path) != ".go" {
			return nil
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		t, ok, err := parse(path, filepath.ToSlash(rel), tags, action)
		if err != nil || !ok {
			return err
		}
		if reason, ok := excluded[t.Name]; ok {
			t.Exclude = reason
			delete(excluded, t.Name)
		}
		tests = append(tests, t)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for name := range excluded {
		return nil, fmt.Errorf("%s: there is no test %q", listName, name)
	}
	slices.SortFunc(tests, func(a, b Test) int { return strings.Compare(a.Name, b.Name) })
	return tests, nil
}

// parse reads the directives before the package clause of one file.
func parse(path, name string, tags []string, action func(*Test, []string)) (t Test, ok bool, err error) {
	f, err := os.Open(path)
	if err != nil {
		return t, false, err
	}
	defer f.Close()
	t.Name = name
	seen := false
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		switch {
		case strings.HasPrefix(line, "package "):
			return t, t.Action != "", nil
		case constraint.IsGoBuild(line):
			expr, err := constraint.Parse(line)
			if err != nil {
				return t, false, fmt.Errorf("%s: %w", name, err)
			}
			if !expr.Eval(func(tag string) bool { return satisfied(tag, tags) }) {
				t.Exclude = "its build constraint " + strings.TrimPrefix(line, "//go:build ") + " does not hold"
			}
		case !seen && strings.HasPrefix(line, "// "): // the first comment is the directive
			seen = true
			if words := strings.Fields(line)[1:]; len(words) > 0 {
				action(&t, words)
			}
		}
	}
	return t, t.Action != "", lines.Err()
}

// action interprets the words after "//". Flags of the go command come first, then program arguments.
func (t *Test) action(words []string) {
	if words[0] != "run" && words[0] != "rundir" {
		return
	}
	t.Action = words[0]
	for i, w := range words[1:] {
		switch {
		case w == "-race":
			t.Exclude = "needs the race detector"
			return
		case w == "-goexperiment":
			t.Exclude = "needs a GOEXPERIMENT of gc"
			return
		case strings.Contains(w, "checkptr"):
			t.Exclude = "tests gc's -d=checkptr instrumentation"
			return
		case strings.Contains(w, "maymorestack"), strings.Contains(w, "converthash"):
			t.Exclude = "tests a debugging flag of gc"
			return
		case strings.HasPrefix(w, "-"):
			continue // inlining and checking flags of gc don't change what the program does
		case w == "4" && t.Args == nil && i > 0 && words[i] == "-l":
			continue
		default:
			t.Args = append(t.Args, w)
		}
	}
}

// satisfied tells whether a build tag holds for a mote target.
func satisfied(tag string, tags []string) bool {
	return slices.Contains(tags, tag) || tag == "noos" || tag == "gc" || strings.HasPrefix(tag, "go1.")
}
