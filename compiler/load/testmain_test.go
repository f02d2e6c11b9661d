package load

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

const tested = `
-- go.mod --
module example.com/m

go 1.26
-- low/low.go --
package low

func Value() int { return 1 }
-- low/low_test.go --
package low

import "testing"

func helper() int { return Value() }

func TestValue(t *testing.T) { helper() }
-- low/external_test.go --
package low_test

import (
	"testing"

	"example.com/m/low"
	"example.com/m/user"
)

func TestExternal(t *testing.T) { _ = low.Value() + user.Twice() }
-- user/user.go --
package user

import "example.com/m/low"

func Twice() int { return 2 * low.Value() }
-- prog/main.go --
package main

type kind int

func main() {}
-- prog/main_test.go --
package main

import "testing"

func TestKind(t *testing.T) { _ = kind(1) }
-- broken/broken_test.go --
package broken

import "testing"

func TestBroken(t *testing.T) { undefinedName() }
`

func testedProgram(t *testing.T, pattern string) Config {
	cfg := program(t, tested)
	cfg.Patterns, cfg.Test = []string{pattern}, true
	return cfg
}

// TestTestProgram: the program has one variant of each package, the one that is tested with its _test.go files.
func TestTestProgram(t *testing.T) {
	cfg := testedProgram(t, "./low")
	s, err := List(cfg)
	if err != nil {
		t.Fatal(err)
	}
	if s.Name() != "low.test" || s.ImportPath() != "example.com/m/low.test" || !s.IsMain() {
		t.Errorf("it is %q, %q, main %v", s.Name(), s.ImportPath(), s.IsMain())
	}
	p, err := s.Load()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for _, pkg := range p.Packages {
		seen[pkg.Path]++
	}
	for _, path := range []string{"example.com/m/low", "example.com/m/low_test", "example.com/m/user", "example.com/m/low.test", "testing"} {
		if seen[path] != 1 {
			t.Errorf("%s is there %d times", path, seen[path])
		}
	}
	low, user := p.ByPath["example.com/m/low"], p.ByPath["example.com/m/user"]
	if low.Types.Scope().Lookup("helper") == nil {
		t.Error("the tested package lacks what its _test.go file declares")
	}
	if !slices.Contains(user.Imports, low) {
		t.Error("a package between tests and tested package imports another variant")
	}
	if p.Main.Types.Path() != "main" {
		t.Errorf("the program's package is %q", p.Main.Types.Path())
	}
}

func TestTestOfMainPackage(t *testing.T) {
	p := mustLoad(t, testedProgram(t, "./prog"))
	pkg := p.ByPath["example.com/m/prog"]
	if got := pkg.Types.Path(); got != "example.com/m/prog" {
		t.Errorf("the tested package main has the path %q", got)
	}
	if p.Main == pkg {
		t.Error("the tested package is taken for the program")
	}
}

func TestNoTests(t *testing.T) {
	if _, err := List(testedProgram(t, "./user")); !errors.Is(err, ErrNoTests) {
		t.Errorf("got %v", err)
	}
}

func TestTestProgramErrors(t *testing.T) {
	for pattern, want := range map[string]string{
		"./broken": "broken/broken_test.go:5:33: undefined: undefinedName",
		"./...":    "matches 3 packages with tests",
		"./absent": "directory not found",
	} {
		if got := mustFail(t, testedProgram(t, pattern)); !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q", pattern, got, want)
		}
	}
}

func TestFind(t *testing.T) {
	cfg := testedProgram(t, "./...")
	found, err := Find(cfg)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range found {
		name := strings.TrimPrefix(f.Path, "example.com/m/")
		if f.HasTests {
			name += "+"
		}
		if f.Err != nil {
			name += "!"
		}
		got = append(got, name)
	}
	if want := []string{"broken+", "low+", "prog+", "user"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	cfg.Patterns = []string{"./absent"}
	found, err = Find(cfg)
	if err != nil || len(found) != 1 || found[0].Err == nil || !strings.Contains(found[0].Err.Error(), "directory not found") {
		t.Errorf("of what is absent: %+v, %v", found, err)
	}
}
