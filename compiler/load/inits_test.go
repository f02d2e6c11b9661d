package load

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"
)

func TestInits(t *testing.T) {
	p := mustLoad(t, program(t, `
-- a.go --
package main

import "io"

var (
	x    = y + 1
	q, r = pair()
	_    = side()
	_ io.Reader = (*reader)(nil)
	iface any = x
	closure = func() int { return x }
	inst = generic("s")
	plain int
	table = map[string]int{"a": y}
	lit = point{x: z}
)

func init() { plain = 1 }

func pair() (int, string) { return z, "" }
func side() int { return 0 }
func generic[T any](v T) []T { return []T{v} }

type reader struct{}
type point struct{ x, y int }

func (*reader) Read([]byte) (int, error) { return 0, nil }

func main() {}
-- b.go --
package main

var y = z * 2
var z = side()

func init() { plain = 2 }
func init() { plain = 3 }
`))
	var got []string
	for _, init := range p.Main.Inits {
		var names []string
		for _, v := range init.Lhs {
			names = append(names, v.Name())
		}
		got = append(got, strings.Join(names, ",")+"="+p.SymbolName(init.Fn))
	}
	// The earliest declared variable that waits for no other one comes next, files in order of their names.
	want := []string{
		"_=main.init·1", "_=main.init·2", "inst=main.init·3", "z=main.init·4", "q,r=main.init·5", "lit=main.init·6", "y=main.init·7",
		"x=main.init·8", "iface=main.init·9", "closure=main.init·10", "table=main.init·11",
		"=main.init.0", "=main.init.1", "=main.init.2",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	stores := []string{"", "", "inst", "z", "q r", "lit", "y", "x", "iface", "closure", "table", "plain", "plain", "plain"}
	for i, want := range stores {
		if got := storedGlobals(p.Main.Inits[i].Fn); got != want {
			t.Errorf("initialiser %d stores to %q, want %q", i, got, want)
		}
	}
	if fn := p.Main.SSA.Func("init"); len(storedGlobals(fn)) > 0 {
		t.Error("the package initialiser of go/ssa is not empty")
	}
}

// Go's linker initialises the first package by path whose imports are done; packages without initialisation hold none up.
func TestPackageOrder(t *testing.T) {
	p := mustLoad(t, program(t, `
-- main.go --
package main

import (
	_ "example.com/m/b"
	_ "example.com/m/a"
	_ "example.com/m/c"
)

func main() {}
-- a/a.go --
package a

import _ "example.com/m/z"

func init() {}
-- b/b.go --
package b

import "example.com/m/y"

var V = y.F()
-- c/c.go --
package c

var V = map[string]int{}
-- y/y.go --
package y

func init() {}

func F() int { return 0 }
-- z/z.go --
package z

const C = 1
var Static = []int{C, len("x")}
`))
	var got []string
	for _, pkg := range p.Packages {
		if name, ok := strings.CutPrefix(pkg.Path, "example.com/m/"); ok {
			got = append(got, name)
		}
	}
	if want := "z a c y b"; strings.Join(got, " ") != want {
		t.Errorf("got %q, want %q", strings.Join(got, " "), want)
	}
}

// storedGlobals lists the globals that fn stores to directly.
func storedGlobals(fn *ssa.Function) string {
	var names []string
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if st, ok := instr.(*ssa.Store); ok {
				if g, ok := st.Addr.(*ssa.Global); ok {
					names = append(names, g.Name())
				}
			}
		}
	}
	return strings.Join(names, " ")
}

// An initialiser keeps the language version of its file: before Go 1.22 a loop has one variable for all rounds.
func TestInitVersion(t *testing.T) {
	p := mustLoad(t, program(t, `
-- old.go --
//go:build go1.21

package main

var old = func() (fs []func() int) {
	for i := 0; i < 2; i++ {
		fs = append(fs, func() int { return i })
	}
	return
}
-- new.go --
package main

var newer = func() (fs []func() int) {
	for i := 0; i < 2; i++ {
		fs = append(fs, func() int { return i })
	}
	return
}

func main() {}
`))
	for _, init := range p.Main.Inits {
		blocks := len(init.Fn.AnonFuncs[0].Blocks)
		if name := init.Lhs[0].Name(); name == "newer" && countAllocs(init.Fn.AnonFuncs[0]) < 2 {
			t.Errorf("%s has one loop variable (%d blocks)", name, blocks)
		}
	}
}

func countAllocs(fn *ssa.Function) int {
	n := 0
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if _, ok := instr.(*ssa.Alloc); ok {
				n++
			}
		}
	}
	return n
}
