package conform

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// TestExclusions keeps the list honest: every entry names an existing test, and it stays below 12% of all.
func TestExclusions(t *testing.T) {
	tests, err := Discover(testRoot(t), []string{"thumb"})
	if err != nil {
		t.Fatal(err)
	}
	var excluded int
	for _, c := range tests {
		if c.Exclude != "" {
			excluded++
		}
	}
	if len(tests) < 1000 {
		t.Fatalf("found %d tests, want at least 1000", len(tests))
	}
	if limit := len(tests) * 12 / 100; excluded >= limit {
		t.Errorf("%d of %d tests are excluded, the bar is %d", excluded, len(tests), limit)
	}
}

func TestAction(t *testing.T) {
	for _, c := range []struct {
		words   []string
		action  string
		args    int
		exclude bool
	}{
		{[]string{"run"}, "run", 0, false},
		{[]string{"run", "arg1", "arg2"}, "run", 2, false},
		{[]string{"run", "-gcflags", "-l", "4"}, "run", 0, false},
		{[]string{"run", "-race"}, "run", 0, true},
		{[]string{"runoutput"}, "", 0, false},
		{[]string{"rundir"}, "rundir", 0, false},
	} {
		var got Test
		got.action(c.words)
		if got.Action != c.action || len(got.Args) != c.args || (got.Exclude != "") != c.exclude {
			t.Errorf("%v: got %+v", c.words, got)
		}
	}
}

func TestLayOut(t *testing.T) {
	src, dst := t.TempDir(), t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(src, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("a.go", "package a\n")
	write("b.go", "package main\n\nimport \"./a\"\n")
	if err := layOut(src, dst); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(dst, "b.go"))
	if err != nil || string(got) != "package main\n\nimport \"test/a\"\n" {
		t.Errorf("main package: %q, %v", got, err)
	}
	if _, err := os.Stat(filepath.Join(dst, "a", "a.go")); err != nil {
		t.Error(err)
	}
}

func TestGeneralise(t *testing.T) {
	a, b := generalise(`exit status 2: x.go:12:3: undefined "foo"`), generalise(`exit status 1: y.go:9:1: undefined "bar"`)
	if a != b {
		t.Errorf("%q and %q are the same cause", a, b)
	}
}

// testRoot is GOROOT/test; some distributions leave it out.
func testRoot(t *testing.T) string {
	t.Helper()
	root := filepath.Join(runtime.GOROOT(), "test")
	if _, err := os.Stat(root); err != nil {
		t.Skipf("this Go distribution has no test folder: %v", err)
	}
	return root
}
