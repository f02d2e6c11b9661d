package load

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"
)

const namesProgram = `
-- main.go --
package main

import "example.com/m/sub"

type T struct{ sub.Base }

func (T) V()  {}
func (*T) P() {}

type G[E any] struct{ v E }

func (g *G[E]) M() func() { return func() { _ = g } }

var initialised = func() int { return 1 }
var second = func() func() { return func() {} }

func init() { func() {}() }
func init() {}

func generic[A, B any](a A) any {
	type local struct{ a A }
	return local{a}
}

func localTypes() (any, any) {
	type l struct{ sub.Base }
	{
		type l struct{ *sub.Base }
		return l{}, func() {}
	}
}

func otherLocal() any {
	type l int
	return generic[l, int](0)
}

func seq(yield func(int) bool) {}

func nested() func() {
	for x := range seq {
		defer func() { _ = x }()
		for range seq {
			func() {}()
		}
	}
	return func() {
		func() { func() {}() }()
		func() {}()
	}
}

type I interface{ V() }

func main() {
	var t T
	var i I = t
	sink := []any{t.V, T.V, (*T).P, i.V, I.V, t.Exported, &t, &G[int]{}, (&G[string]{}).M(), (&G[map[string]T]{}).M(), second()}
	a, b := localTypes()
	sink = append(sink, a, b, otherLocal(), generic[string, sub.Base](""), generic[*T, func(...int) error](nil))
	nested()
	_ = sink
	_ = initialised
}
-- sub/sub.go --
package sub

type Base struct{}

func (Base) Exported()   {}
func (Base) unexported() {}
`

func TestSymbolNames(t *testing.T) {
	p := mustLoad(t, program(t, namesProgram))
	want := []string{
		"main.(*G[map[string]main.T]).M", "main.(*G[map[string]main.T]).M.func1", "main.(*G[string]).M.func1",
		"main.I.V-fm", "main.I.V-thunk", "main.(*T).P-thunk", "main.T.V", "main.T.V-fm", "main.T.V-thunk", "example.com/m/sub.Base.Exported-fm",
		"main.init.0", "main.init.0.func1", "main.init.1", "main.init.func1", "main.init.func2", "main.init.func2.1",
		"main.generic[main.l·4,int]", "main.generic[string,example.com/m/sub.Base]", "main.generic[*main.T,func(...int) error]",
		"main.localTypes.func1",
		"main.nested-range1", "main.nested-range2", "main.nested.func1", "main.nested.func2", "main.nested.func3", "main.nested.func3.1", "main.nested.func3.1.1", "main.nested.func3.2",
		"main.main",
	}
	var got []string
	for _, fn := range mainFunctions(p) {
		got = append(got, p.SymbolName(fn))
	}
	for _, name := range want {
		if !slices.Contains(got, name) {
			t.Errorf("no function is called %s", name)
		}
	}
	slices.Sort(got)
	if len(slices.Compact(slices.Clone(got))) != len(got) {
		t.Error("two functions share a name")
	}
	if t.Failed() {
		t.Logf("names:\n%s", strings.Join(got, "\n"))
	}
	other := mustLoad(t, program(t, namesProgram))
	var again []string
	for _, fn := range mainFunctions(other) {
		again = append(again, other.SymbolName(fn))
	}
	slices.Sort(again)
	if !slices.Equal(got, again) {
		t.Errorf("a second run gives other names:\n%q\n%q", got, again)
	}
}

// mainFunctions returns the functions of the test program, wrappers of its types among them.
func mainFunctions(p *Program) []*ssa.Function {
	var out []*ssa.Function
	for _, fn := range allFunctions(p) {
		if fn.Pkg == nil || fn.Pkg == p.Main.SSA || strings.Contains(fn.String(), "example.com") {
			out = append(out, fn)
			for _, anon := range fn.AnonFuncs {
				out = appendNested(out, anon)
			}
		}
	}
	slices.SortFunc(out, func(a, b *ssa.Function) int { return strings.Compare(a.String(), b.String()) })
	return slices.Compact(out)
}

func appendNested(out []*ssa.Function, fn *ssa.Function) []*ssa.Function {
	if slices.Contains(out, fn) {
		return out
	}
	out = append(out, fn)
	for _, anon := range fn.AnonFuncs {
		out = appendNested(out, anon)
	}
	return out
}

func TestTypeString(t *testing.T) {
	p := mustLoad(t, program(t, `
-- main.go --
package main

type T struct{}
type G[K comparable, V any] map[K]V
type alias = T

var (
	v0 struct { a int; B string "tag"; T }
	v1 struct { a int; B string; T T }
	v2 interface { M(x int, y ...byte) (rune, error); m() }
	v3 chan (<-chan int)
	v4 chan<- func() func(struct{})
	v5 G[string, *alias]
	v6 [3]map[any][]error
	v7 struct{ alias }
	v8 func(a, b int)
	v9 func(a []int)
)

func main() {}
`))
	want := map[string]string{
		"v0": "struct { main.a int; B string \"tag\"; ? T main.T }",
		"v1": "struct { main.a int; B string; T main.T }",
		"v2": "interface { M(int, ...uint8) (int32, error); main.m() }",
		"v3": "chan (<-chan int)",
		"v4": "chan<- func() func(struct {})",
		"v5": "main.G[string,*main.T]",
		"v6": "[3]map[interface {}][]error",
		"v7": "struct { ? main.alias main.T }",
		"v8": "func(int, int)",
		"v9": "func([]int)",
	}
	for name, text := range want {
		if got := p.TypeString(p.Lookup(p.Main.Path, name).Type()); got != text {
			t.Errorf("%s: got %s, want %s", name, got, text)
		}
	}
}
