package load

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/txtar"

	"mote/internal/diag"
)

// program lays archive out as a module and configures its loading.
func program(t *testing.T, archive string) Config {
	t.Helper()
	dir := t.TempDir()
	for _, f := range txtar.Parse([]byte(archive)).Files {
		if err := writeFile(filepath.Join(dir, filepath.FromSlash(f.Name)), f.Data); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "go.mod")); err != nil {
		if err := writeFile(filepath.Join(dir, "go.mod"), []byte("module example.com/m\n\ngo 1.26\n")); err != nil {
			t.Fatal(err)
		}
	}
	return Config{Dir: dir, Go: "go", GOOS: "noos", GOARCH: "thumb", Tags: []string{"armv7m", "gc.marksweep"}, CacheDir: t.TempDir()}
}

// mustLoad loads the program in archive and has go/ssa check what it built.
func mustLoad(t *testing.T, cfg Config) *Program {
	t.Helper()
	s, err := List(cfg)
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.load(ssaMode | ssa.SanityCheckFunctions)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// mustFail loads a program that has errors and returns their text, with positions relative to the program's folder.
func mustFail(t *testing.T, cfg Config) string {
	t.Helper()
	_, err := Load(cfg)
	var list diag.List
	if !errors.As(err, &list) {
		t.Fatalf("got error %v (%T), want diagnostics", err, err)
	}
	return list.Format(cfg.Dir)
}

func TestPackagesComeAfterTheirImports(t *testing.T) {
	p := mustLoad(t, program(t, `
-- main.go --
package main

import "example.com/m/sub"

func main() { println(sub.F()) }
-- sub/sub.go --
package sub

func F() int { return 1 }
`))
	seen := make(map[*Package]bool)
	for _, pkg := range p.Packages {
		for _, dep := range pkg.Imports {
			if !seen[dep] {
				t.Errorf("%s comes before %s, which it imports", pkg.Path, dep.Path)
			}
		}
		seen[pkg] = true
	}
	if p.Main == nil || p.Main.Path != "example.com/m" || p.Main.Types.Path() != "main" {
		t.Errorf("main package is %+v", p.Main)
	}
	if p.ByPath["runtime"] == nil || !p.ByPath["runtime"].Standard {
		t.Error("package runtime is not loaded")
	}
}

func TestFilesOutsideAModule(t *testing.T) {
	cfg := program(t, "-- x.go --\npackage main\n\nfunc main() {}\n")
	if err := os.Remove(filepath.Join(cfg.Dir, "go.mod")); err != nil {
		t.Fatal(err)
	}
	cfg.Patterns = []string{"x.go"}
	if p := mustLoad(t, cfg); p.Main == nil {
		t.Error("no main package")
	}
}

func TestErrors(t *testing.T) {
	tests := []struct {
		name, archive string
		patterns      []string
		want          string
	}{
		{"type errors in order", `
-- b.go --
package main

var x int = "s"
-- a.go --
package main

import "os"

func main() { undefinedName() }
`, nil, `
./a.go:3:8: "os" imported and not used
./a.go:5:15: undefined: undefinedName
./b.go:3:13: cannot use "s" (untyped string constant) as int value in variable declaration`},
		{"note on another place", "-- main.go --\npackage main\n\nvar x, y int\n\nfunc x() {}\nfunc main() {}\n", nil, `
./main.go:5:6: x redeclared in this block
	./main.go:3:5: other declaration of x`},
		{"importers of a broken package say nothing", `
-- main.go --
package main

import "example.com/m/sub"

func main() { sub.F() }
-- sub/sub.go --
package sub

func F() { return 1 }
`, nil, `
./sub/sub.go:3:19: too many return values
	have (number)
	want ()`},
		{"ten at most", "-- main.go --\npackage main\n\nfunc main() {\n" + strings.Repeat("\tx = 1\n", 12) + "}\n", nil,
			undefinedLines(4, 10) + "\n./main.go:13:2: too many errors"},
		{"syntax", "-- main.go --\npackage main\n\nfunc main() { if }\n", nil, `
./main.go:3:18: syntax error: unexpected }, expected expression`},
		{"package not found", "-- main.go --\npackage main\n\nimport _ \"nosuch/pkg\"\n\nfunc main() {}\n", nil, `
./main.go:3:8: package nosuch/pkg is not in std`},
		{"import cycle", `
-- main.go --
package main

import _ "example.com/m/a"

func main() {}
-- a/a.go --
package a

import _ "example.com/m/b"
-- b/b.go --
package b

import _ "example.com/m/a"
`, nil, "import cycle not allowed"},
		{"build constraints", "-- main.go --\n//go:build never\n\npackage main\n\nfunc main() {}\n", nil, "build constraints exclude all Go files"},
		{"cgo", "-- main.go --\npackage main\n\nimport \"C\"\n\nfunc main() {}\n", nil, `
./main.go:3:8: package example.com/m uses cgo, which a microcontroller target does not have
	hint: use a package in plain Go`},
		{"several packages", "-- a/a.go --\npackage a\n-- b/b.go --\npackage b\n", []string{"./..."}, `
"./..." matches 2 packages, and an image is made of one
	hint: name one package`},
		{"no such folder", "-- a/a.go --\npackage a\n", []string{"./nosuch"}, "nosuch"},
		{"linkname of nothing", "-- main.go --\npackage main\n\nimport _ \"unsafe\"\n\n//go:linkname f g\n\nfunc main() {}\n", nil, `
./main.go:5:1: //go:linkname must refer to declared function or variable`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cfg := program(t, tt.archive)
			cfg.Patterns = tt.patterns
			got := mustFail(t, cfg)
			want, whole := strings.CutPrefix(tt.want, "\n")
			if whole && !strings.HasPrefix(got, want) || !strings.Contains(got, want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// undefinedLines is the report of count lines from line on that each assign to an undefined x.
func undefinedLines(line, count int) string {
	var b strings.Builder
	for i := range count {
		fmt.Fprintf(&b, "\n./main.go:%d:2: undefined: x", line+i)
	}
	return b.String()
}

func TestOverlay(t *testing.T) {
	cfg := program(t, `
-- main.go --
package main

import (
	"bytes"
	"unicode/utf16"
)

func main() { println(bytes.Extra(), utf16.Only(), utf16.Size) }
`)
	cfg.GOOS, cfg.GOARCH = "linux", "arm" // which needs no port
	cfg.Overlay = fstest.MapFS{
		"embed.go":                    {Data: []byte("package lib")},
		"README.md":                   {Data: []byte("no Go")},
		"bytes/extra.go":              {Data: []byte("//go:build mote\n\npackage bytes\n\nfunc Extra() int { return len(Title(nil)) }\n")},
		"bytes/extra_test.go":         {Data: []byte("package bytes_of_a_test")},
		"unicode/utf16/REPLACE":       {Data: []byte("a test")},
		"unicode/utf16/only.go":       {Data: []byte("package utf16\n\n//mote:asm\n//mote:inline \"a b\" c\nfunc Only() int\n")},
		"unicode/utf16/size.go":       {Data: []byte("package utf16\n\nimport \"internal/kernel/heap\"\n\nconst Size = heap.Size\n")},
		"internal/kernel/heap/h.go":   {Data: []byte("package heap\n\nconst Size = 4\n")},
		"internal/kernel/heap/heap.S": {Data: []byte("nothing")},
	}
	p := mustLoad(t, cfg)
	if pkg := p.ByPath["unicode/utf16"]; len(pkg.Files) != 2 || !pkg.Overlay {
		t.Errorf("the replaced package has %d files, want those of the port alone", len(pkg.Files))
	}
	only := p.Lookup("unicode/utf16", "Only")
	if d := p.Directive(only, "inline"); d == nil || !slices.Equal(d.Args, []string{"a b", "c"}) {
		t.Errorf("directive inline is %v", d)
	}
	if p.Directive(only, "asm") == nil || p.Funcs["unicode/utf16.Only"] == nil {
		t.Error("a function in assembly is not a definition")
	}
	if pos := p.Position(only.Pos()); pos.String() != "lib/unicode/utf16/only.go:5:6" {
		t.Errorf("a function of the port is at %s", pos)
	}
	again, err := writeOverlay([]tree{{files: cfg.Overlay}}, goroot(t, cfg), cfg.CacheDir)
	if err != nil {
		t.Fatal(err)
	}
	if entries, _ := os.ReadDir(filepath.Join(cfg.CacheDir, "lib")); len(entries) != 1 {
		t.Errorf("the same port was written %d times", len(entries))
	}
	if _, ok := again.replace[filepath.Join(goroot(t, cfg), "src/unicode/utf16/utf16.go")]; !ok {
		t.Error("a file of the replaced package is not hidden")
	}
}

func goroot(t *testing.T, cfg Config) string {
	t.Helper()
	env, err := goEnv(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return env.GOROOT
}

func TestLinkname(t *testing.T) {
	p := mustLoad(t, program(t, `
-- main.go --
package main

import (
	_ "unsafe"

	"example.com/m/sub"
)

//go:linkname pulled example.com/m/sub.hidden
func pulled() int

//go:linkname pushed example.com/m/sub.Missing
func pushed() int { return 2 }

//go:linkname shared example.com/m/sub.shared
var shared int

func main() { println(pulled(), sub.Missing(), shared) }
-- sub/sub.go --
package sub

var shared = 3

func hidden() int { return 1 }

func Missing() int
-- sub/empty.s --
`))
	const sub = "example.com/m/sub"
	if got, want := p.Definition(p.Main.SSA.Func("pulled")), p.Func(sub, "hidden"); got != want {
		t.Errorf("pulled is defined by %v, want %v", got, want)
	}
	if got, want := p.Definition(p.Func(sub, "Missing")), p.Main.SSA.Func("pushed"); got != want {
		t.Errorf("Missing is defined by %v, want %v", got, want)
	}
	if got, want := p.GlobalDefinition(p.Main.SSA.Var("shared")), p.ByPath[sub].SSA.Var("shared"); got != want {
		t.Errorf("shared is defined by %v, want %v", got, want)
	}
}

func TestVars(t *testing.T) {
	archive := `
-- main.go --
package main

type text string

var a string
var b, c = "old b", "old c"
var d text = "old d"
var n int
var computed = f()

func f() string { return "x" }

func main() { println(a, b, c, d, n, computed) }
`
	cfg := program(t, archive)
	cfg.Vars = map[string]string{"main.a": "A", "main.c": "C \"q\"", "main.d": "D"}
	p := mustLoad(t, cfg)
	got := make(map[string]string)
	for _, init := range p.Main.Inits {
		for _, instr := range init.Fn.Blocks[0].Instrs {
			if store, ok := instr.(*ssa.Store); ok {
				if c, ok := store.Val.(*ssa.Const); ok {
					got[store.Addr.Name()] += c.Value.ExactString()
				}
			}
		}
	}
	for name, want := range map[string]string{"a": `"A"`, "b": `"old b"`, "c": `"C \"q\""`, "d": `"D"`} {
		if got[name] != want {
			t.Errorf("%s is initialised with %s, want %s", name, got[name], want)
		}
	}
	for name, want := range map[string]string{
		"main.n":        "the variable is a int, and only a string can be set",
		"main.computed": "not constant",
		"main.nosuch":   `package "main" has no variable "nosuch"`,
		"nosuch/p.v":    `package "nosuch/p" is not part of the program`,
		"nodot":         "not a package path and a variable",
	} {
		cfg.Vars = map[string]string{name: "v"}
		if got := mustFail(t, cfg); !strings.Contains(got, want) {
			t.Errorf("-X %s: got %q, want %q", name, got, want)
		}
	}
}

func TestWholeProgramIsSane(t *testing.T) {
	p := mustLoad(t, program(t, `
-- main.go --
package main

import (
	"encoding/json"
	"fmt"
	"os"
)

func main() { json.NewEncoder(os.Stdout).Encode(fmt.Sprint()) }
`))
	fns := allFunctions(p)
	if len(fns) < 1000 {
		t.Errorf("only %d functions", len(fns))
	}
	byName := make(map[string]*ssa.Function)
	for _, fn := range fns {
		name := p.SymbolName(fn)
		if other := byName[name]; other != nil && fn.Blocks != nil && other.Blocks != nil {
			t.Errorf("%v and %v are both called %s", fn, other, name)
		}
		byName[name] = fn
		if strings.ContainsAny(name, "$ \n") && !strings.Contains(name, "struct {") && !strings.Contains(name, "interface {") && !strings.Contains(name, "[") {
			t.Errorf("%v is called %q", fn, name)
		}
		if strings.HasSuffix(name, "·2") && !strings.Contains(name, ".init·") {
			t.Logf("name that needed a number: %s (%v, %s)", name, fn, fn.Synthetic)
		}
	}
}

func TestSum(t *testing.T) {
	cfg := program(t, "-- main.go --\npackage main\n\nfunc main() {}\n")
	sum := func() string {
		t.Helper()
		s, err := List(cfg)
		if err != nil {
			t.Fatal(err)
		}
		sum, err := s.Sum()
		if err != nil {
			t.Fatal(err)
		}
		return sum
	}
	first := sum()
	if second := sum(); second != first {
		t.Error("the sum of an unchanged program differs")
	}
	cfg.Vars = map[string]string{"main.v": "1"}
	if sum() == first {
		t.Error("-X does not change the sum")
	}
	cfg.Vars = nil
	cfg.Tags = []string{"other"}
	if sum() == first {
		t.Error("a tag does not change the sum")
	}
	cfg.Tags = nil
	if err := writeFile(filepath.Join(cfg.Dir, "main.go"), []byte("package main\n\nfunc main() {} \n")); err != nil {
		t.Fatal(err)
	}
	if sum() == first {
		t.Error("an edit does not change the sum")
	}
}

// allFunctions returns what can be reached from main and the initialisers by reference.
func allFunctions(p *Program) []*ssa.Function {
	var out []*ssa.Function
	seen := make(map[*ssa.Function]bool)
	add := func(fn *ssa.Function) {
		if fn != nil && !seen[fn] {
			seen[fn] = true
			out = append(out, fn)
		}
	}
	add(p.Main.SSA.Func("main"))
	for _, pkg := range p.Packages {
		for _, init := range pkg.Inits {
			add(init.Fn)
		}
	}
	for i := 0; i < len(out); i++ {
		for _, b := range out[i].Blocks {
			for _, instr := range b.Instrs {
				for _, op := range instr.Operands(nil) {
					if fn, ok := (*op).(*ssa.Function); ok {
						add(fn)
					}
				}
			}
		}
	}
	return out
}
