package lower

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"mote/compiler/escape"
	"mote/compiler/initeval"
	"mote/compiler/load"
	"mote/compiler/reach"
	"mote/target"
)

// lowerProgram takes the program made of the given files of package main through all stages up to IR.
func lowerProgram(t *testing.T, board string, files ...string) (*Output, *load.Program) {
	t.Helper()
	tgt, err := target.Load(board)
	if err != nil {
		t.Fatal(err)
	}
	p, err := load.Load(load.Config{Patterns: files, GOARCH: tgt.GOARCH, Tags: tgt.Tags, CacheDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	ev := initeval.Evaluate(p)
	r, err := reach.Analyze(p, ev, reach.Options{})
	if err != nil {
		t.Fatal(err)
	}
	out, err := Lower(Input{Target: tgt, Program: p, Reach: r, Initeval: ev, Escape: escape.Analyze(p, r, escape.MaxObject), Opt: "z"})
	if err != nil {
		t.Fatal(err)
	}
	for _, fn := range out.Unreached {
		t.Errorf("reach did not find %v, which the code calls", fn)
	}
	return out, p
}

// TestSameText lowers a program twice: the cache relies on equal output.
func TestSameText(t *testing.T) {
	first, _ := lowerProgram(t, "mps2-an385", "testdata/std.go")
	again, _ := lowerProgram(t, "mps2-an385", "testdata/std.go")
	if len(first.Modules) != len(again.Modules) {
		t.Fatalf("%d and %d modules", len(first.Modules), len(again.Modules))
	}
	for i, m := range first.Modules {
		a, b := stripPaths(m.Text), stripPaths(again.Modules[i].Text)
		if m.Path != again.Modules[i].Path || a != b {
			t.Errorf("module %s differs between two runs", m.Path)
		}
	}
}

// stripPaths removes the names of the temporary folders that the port's files are in.
func stripPaths(text string) string { return cacheDir.ReplaceAllString(text, "") }

var cacheDir = regexp.MustCompile(`/[^" ]*/TestSameText[^"/]*/[0-9]+`)

// compileIR runs clang over every module, which checks that the IR is well formed.
func compileIR(t *testing.T, out *Output) {
	t.Helper()
	clang, err := exec.LookPath("clang-19")
	if err != nil {
		t.Skip("clang-19 is not installed (Debian package clang-19)")
	}
	dir := t.TempDir()
	for _, m := range out.Modules {
		name := filepath.Join(dir, strings.ReplaceAll(m.Path, "/", "_")+".ll")
		if err := os.WriteFile(name, []byte(m.Text), 0o644); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(clang, "-x", "ir", "-flto=thin", "-c", "-o", name+".o", name)
		if msg, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("clang refuses module %s: %v\n%s", m.Path, err, msg)
		}
	}
}

func TestProgramsCompile(t *testing.T) {
	files, err := filepath.Glob("testdata/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no test programs: %v", err)
	}
	for _, file := range files {
		for _, board := range []string{"mps2-an385", "microbit"} {
			t.Run(filepath.Base(file)+"/"+board, func(t *testing.T) {
				out, _ := lowerProgram(t, board, file)
				compileIR(t, out)
			})
		}
	}
}
