package report

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var results = flag.String("results", "", "write the share of wrong culprits to this `file`, as JSON")

// marked is a line of a mode program that is said to be the culprit.
type marked struct {
	function   string
	line       int
	first, end int // of the innermost loop around it, or the line itself
}

// TestModes has every mode program with a culprit starve itself under the tracer and compares the first culprit with the comment
// in its source. A tight loop may be named by any of its lines.
func TestModes(t *testing.T) {
	if testing.Short() {
		t.Skip("runs for 20 seconds")
	}
	sources, err := filepath.Glob("../modes/*/main.go")
	if err != nil || len(sources) == 0 {
		t.Fatal("no mode programs: ", err)
	}
	var functions, lines, all int
	for _, source := range sources {
		want := marks(t, source)
		if len(want) == 0 {
			continue
		}
		mode := filepath.Base(filepath.Dir(source))
		exe := filepath.Join(t.TempDir(), mode)
		build := exec.Command("go", "build", "-o", exe, "./"+filepath.Base(filepath.Dir(source)))
		build.Dir = "../modes"
		if out, err := build.CombinedOutput(); err != nil {
			t.Logf("%s: not built: %v\n%s", mode, err, out) // cgo without a C compiler
			continue
		}
		function, line, skip := try(t, exe, want)
		if !skip && !line { // the machine may have been busy with something else
			function, line, skip = try(t, exe, want)
		}
		if skip {
			continue
		}
		all++
		if function {
			functions++
		}
		if line {
			lines++
		}
	}
	if *results != "" {
		text := fmt.Sprintf(`{"name": "culprits not named rightly, function and line, of %d", "value": %.3f, "unit": "share", "bar": 0.1}`+"\n", all, 1-float64(lines)/float64(all))
		if err := os.WriteFile(*results, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("of %d modes with a culprit: function right in %d, line too in %d", all, functions, lines)
	if 10*functions < 9*all || 10*lines < 8*all {
		t.Errorf("of %d culprits, %d functions and %d lines were named rightly", all, functions, lines)
	}
}

// try runs a mode program and says whether the first culprit is the marked one.
func try(t *testing.T, exe string, want []marked) (function, line, skip bool) {
	t.Helper()
	file := exe + ".trace"
	out, err := exec.Command(exe, "-quiet=50ms", "-duration=800ms", "-trace", file).Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) { // that its verdict was wrong is no matter here
		t.Fatal(err)
	}
	var result struct{ Skip string }
	if err := json.Unmarshal(out, &result); err != nil {
		t.Fatalf("%s: %v: %s", exe, err, out)
	}
	if result.Skip != "" {
		t.Logf("%s: %s", filepath.Base(exe), result.Skip)
		return false, false, true
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	begin := time.Now()
	r, err := Analyze(f, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Culprits) == 0 {
		t.Logf("%s: no culprit", filepath.Base(exe))
		return false, false, false
	}
	c := r.Culprits[0]
	t.Logf("%s: %s %s line %d, %.0f%% (%v)", filepath.Base(exe), c.Kind, c.Func, c.Line, 100*c.Share, time.Since(begin).Round(time.Millisecond))
	for _, m := range want {
		if strings.HasSuffix(c.Func, "."+m.function) {
			function = true
			line = line || c.Line >= m.first && c.Line <= m.end
		}
	}
	return function, line, false
}

// marks finds the comments in a source that mark culprits.
func marks(t *testing.T, source string) []marked {
	t.Helper()
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, source, nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	var all []marked
	for _, group := range f.Comments {
		for _, c := range group.List {
			if strings.TrimSpace(c.Text) == "// culprit" {
				line := set.Position(c.Pos()).Line
				m := marked{line: line, first: line, end: line}
				ast.Inspect(f, func(n ast.Node) bool { return m.within(set, n) })
				all = append(all, m)
			}
		}
	}
	return all
}

// within narrows m down to the function and the loop that contain its line.
func (m *marked) within(set *token.FileSet, n ast.Node) bool {
	if n == nil {
		return false
	}
	first, end := set.Position(n.Pos()).Line, set.Position(n.End()).Line
	if _, whole := n.(*ast.File); whole {
		return true
	}
	if m.line < first || m.line > end {
		return false
	}
	switch n := n.(type) {
	case *ast.FuncDecl:
		m.function = n.Name.Name
	case *ast.ForStmt, *ast.RangeStmt:
		m.first, m.end = first, end
	}
	return true
}
