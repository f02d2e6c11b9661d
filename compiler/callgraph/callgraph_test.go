package callgraph_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/callgraph"
	"mote/compiler/escape"
	"mote/compiler/initeval"
	"mote/compiler/load"
	"mote/compiler/lower"
	"mote/compiler/reach"
	"mote/target"
)

// build takes one file of package main through the stages up to lowering.
func build(t *testing.T, source string) (*load.Program, *callgraph.Graph) {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "main.go")
	if err := os.WriteFile(file, []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	machine, err := target.Load("mps2-an385")
	if err != nil {
		t.Fatal(err)
	}
	p, err := load.Load(load.Config{Dir: dir, Patterns: []string{file}, GOARCH: machine.GOARCH, Tags: append(machine.Tags, "gc.none"), CacheDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	inits := initeval.Evaluate(p)
	r, err := reach.Analyze(p, inits, reach.Options{})
	if err != nil {
		t.Fatal(err)
	}
	out, err := lower.Lower(lower.Input{Target: machine, Program: p, Reach: r, Escape: escape.Analyze(p, r, escape.MaxObject), Initeval: inits, Opt: "z"})
	if err != nil {
		t.Fatal(err)
	}
	return p, callgraph.New(p, r, out.RuntimeCalls)
}

const program = `package main

type speaker interface{ speak() int }
type dog struct{ n int }
type cat struct{ n int }
type mute struct{ n int }

func (d dog) speak() int   { return bark(d.n) }
func (c *cat) speak() int  { return meow(c.n) }
func (m mute) speak() int  { return silence(m.n) }

//go:noinline
func bark(n int) int { return n }
//go:noinline
func meow(n int) int { return n + 1 }
//go:noinline
func silence(n int) int { return 0 }

func call(s speaker) int { return s.speak() }

var table = [...]func(int) int{double, triple}

func double(n int) int    { return 2 * n }
func triple(n int) int    { return 3 * n }
func quadruple(n int) int { return 4 * n }

func pick(n int) int { return table[n](n) }

func later() { defer bark(1) }

func start() { go worker() }

func worker() { println(quadruple(1)) }

type node struct{ next *node }

var list *node

func grow() { list = &node{list} }

func generic[T any](v T) { grow(); println(any(v) != nil) }

func main() {
	println(call(dog{len(table)}), call(&cat{2}), pick(len(table)&1), mute{}.speak())
	later()
	start()
	f := func() { grow() }
	f()
	generic(0)
}
`

func TestCalls(t *testing.T) {
	p, g := build(t, program)
	for _, test := range []struct{ fn, want string }{
		{"main.call", "interface main.(*cat).speak, interface main.(*dog).speak, interface main.dog.speak, runtime runtime.panicmem"},
		{"main.pick", "value main.double, value main.triple"},
		{"main.later", "direct main.bark"},
		{"main.start", "started main.worker, runtime runtime.newproc"},
		{"main.grow", "runtime runtime.newobject"},
	} {
		var got []string
		for _, c := range g.Calls(p.Funcs[test.fn]) {
			name := [...]string{"direct", "runtime", "interface", "value", "started", "made"}[c.Kind]
			got = append(got, name+" "+p.SymbolName(c.Callee))
		}
		for _, want := range strings.Split(test.want, ", ") {
			if !slices.Contains(got, want) && want != "interface main.(*dog).speak" {
				t.Errorf("%s: calls %q, want %s", test.fn, got, want)
			}
		}
		if slices.Contains(got, "interface main.mute.speak") || slices.Contains(got, "value main.quadruple") {
			t.Errorf("%s: calls %q", test.fn, got)
		}
	}
}

func TestSearch(t *testing.T) {
	p, g := build(t, program)
	sink := p.Funcs["runtime.mallocgc"]
	tree := g.Search([]*ssa.Function{p.Funcs["main.main"]}, callgraph.Search{Leaf: func(fn *ssa.Function) bool {
		return callgraph.Panics(fn) || fn.Name() == "newproc"
	}})
	if !tree.Has(sink) || tree.Has(p.Funcs["main.worker"]) {
		t.Fatalf("mallocgc found: %v; worker found: %v", tree.Has(sink), tree.Has(p.Funcs["main.worker"]))
	}
	var names []string
	chain := tree.Chain(sink)
	for _, c := range chain {
		names = append(names, c.Callee.Name())
	}
	if got := strings.Join(names, " "); got != "generic[int] grow newobject mallocgc" && got != "main$1 grow newobject mallocgc" {
		t.Errorf("chain %s", got)
	}
	if line := p.Position(chain[1].Site.Pos()).Line; line == 0 {
		t.Errorf("no position of %v", chain[1].Site)
	}
	for _, c := range chain {
		if own, want := g.Own(c.Callee), c.Callee.Name() != "newobject" && c.Callee.Name() != "mallocgc"; own != want {
			t.Errorf("%s: own is %v", c.Callee, own)
		}
	}
	if len(tree.Chain(p.Funcs["main.main"])) != 0 {
		t.Error("the root has a chain")
	}
}

// What indirect calls in a function's code can run: its own and those of all that may have been inlined there.
func TestWithin(t *testing.T) {
	_, g := build(t, `package main

import (
	"reflect"
	"sort"
)

type shape interface{ area() int }
type square struct{ side int }

func (s square) area() int { return s.side }

var shapes = []shape{square{1}}
var ops = [...]func(int) int{double}
var byPair = func(a, b int, c string) bool { return a < b }

func double(n int) int { return 2 * n }

func direct() { areas() }
func areas() {
	for _, s := range shapes {
		println(s.area())
	}
}
func table(n int) int { return ops[n](n) }
func plain() int      { return double(3) }
func started(f func(int) int) { go f(1) }
func sorts(x []int)   { sort.Slice(x, func(i, j int) bool { return x[i] < x[j] }) }
func compares(a, b any) bool { return a == b }

func main() {
	direct()
	println(table(0), plain(), compares(shapes[0], 1))
	started(double)
	sorts([]int{2, 1})
	println(reflect.TypeOf(1).Name())
}
`)
	none := func(*ssa.Function) bool { return false }
	for symbol, want := range map[string]string{
		"main.areas":           "main.square.area",
		"main.direct":          "main.square.area",
		"main.square.area·i":   "",
		"main.table":           "main.double",
		"main.plain":           "",
		"main.started.gowrap1": "main.double",
		"main.compares":        "?",
		"main.gone":            "?",
	} {
		names, ok := g.Within(symbol, none)
		if ok != (want != "?") || want != "" && ok && !slices.Contains(names, want) || want == "" && len(names) != 0 {
			t.Errorf("%s: %q, %v, want %q", symbol, names, ok, want)
		}
	}
}
