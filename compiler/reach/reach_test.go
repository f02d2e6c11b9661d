package reach

import (
	"go/types"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mote/compiler/initeval"
	"mote/compiler/load"
	"mote/compiler/rtype"
)

// analyzed is a program after Analyze.
type analyzed struct {
	t    *testing.T
	prog *load.Program
	res  *Result
	err  error
}

// analyze takes one file of package main through the stages up to reach.
func analyze(t *testing.T, source string) *analyzed {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "main.go")
	if err := os.WriteFile(file, []byte("package main\n"+source), 0o644); err != nil {
		t.Fatal(err)
	}
	p, err := load.Load(load.Config{Dir: dir, Patterns: []string{file}, GOARCH: "thumb", Tags: []string{"armv7m", "gc.marksweep"}, CacheDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	res, err := Analyze(p, initeval.Evaluate(p), Options{})
	return &analyzed{t, p, res, err}
}

func (a *analyzed) must() *analyzed {
	a.t.Helper()
	if a.err != nil {
		a.t.Fatal(a.err)
	}
	return a
}

// reaches checks for functions by linker symbol; a name that begins with "!" must not be reached.
func (a *analyzed) reaches(names ...string) {
	a.t.Helper()
	got := map[string]bool{}
	for _, fn := range a.res.Funcs {
		got[a.prog.SymbolName(fn)] = true
	}
	for _, name := range names {
		if want := !strings.HasPrefix(name, "!"); got[strings.TrimPrefix(name, "!")] != want {
			a.t.Errorf("%s: reached is %v", strings.TrimPrefix(name, "!"), !want)
		}
	}
}

func (a *analyzed) typ(name string) types.Type {
	return a.prog.Main.Types.Scope().Lookup(name).Type()
}

func TestHelloReachesLittle(t *testing.T) {
	a := analyze(t, `func main() { println("hi") }`).must()
	a.reaches("main.main", "runtime.start", "runtime.printstring", "!runtime.makechan", "!runtime.mapassign")
	for _, fn := range a.res.Funcs {
		if fn.Pkg != nil && fn.Pkg.Pkg.Path() == "reflect" {
			t.Fatalf("%s is reached", fn)
		}
	}
}

func TestMethodsNeedACallAndAnInterface(t *testing.T) {
	a := analyze(t, `
type namer interface{ name() string }
type A struct{}
func (A) name() string { return "a" }
func (A) unused() {}
type B struct{}                            // never in an interface
func (B) name() string { return "b" }
type C struct{}
func (C) name() int { return 1 }           // another type
func show(n namer) { println(n.name()) }
func main() {
	show(A{})
	var b B
	_ = b
	var x any = C{}
	_ = x
}`).must()
	a.reaches("main.A.name", "!main.A.unused", "!main.B.name", "!main.C.name")
	if a.res.InInterface.At(a.typ("A")) == nil || a.res.InInterface.At(a.typ("B")) != nil {
		t.Error("A is converted to an interface and B is not")
	}
	if len(a.res.Itabs) == 0 {
		t.Fatal("no itabs")
	}
	sels := rtype.MethodSet(&a.prog.SSA.MethodSets, a.typ("A"))
	for _, sel := range sels {
		if want := sel.Obj().Name() == "name"; a.res.Methods(a.typ("A"), sel) != want {
			t.Errorf("method %s kept: %v", sel.Obj().Name(), !want)
		}
	}
}

func TestAssertionsKeepTheirMethods(t *testing.T) {
	a := analyze(t, `
type quacker interface{ quack() }
type D struct{}
func (*D) quack() { println("q") }
func main() {
	var x any = new(D)
	if q, ok := x.(quacker); ok {
		_ = q
	}
}`).must()
	a.reaches("main.(*D).quack", "runtime.assertE2I2", "!runtime.panicdottypeE")
}

func TestReflectionKeepsMethods(t *testing.T) {
	methods := `
import (
	"fmt"
	"reflect"
)
type T struct{ X int }
func (T) Get() int { return 1 }
func (T) Put() {}
func (T) String() string { return "" }
var _ = fmt.Sprint
`
	tests := []struct {
		name, body string
		want       []string
	}{
		{"none", `_ = reflect.TypeOf(T{}).String()`, []string{"!main.T.Get", "!main.T.Put", "!reflect.Value.call"}},
		{"constant name", `reflect.ValueOf(T{}).MethodByName("Get").Call(nil)`, []string{"main.T.Get", "!main.T.Put", "reflect.Value.call"}},
		{"fmt", `fmt.Println(T{}, reflect.TypeFor[T]())`, []string{"main.T.String", "!main.T.Get", "!main.T.Put", "!reflect.Value.call"}},
		{"made types", `reflect.New(reflect.StructOf(reflect.VisibleFields(reflect.TypeOf(T{})))); reflect.MapOf(reflect.TypeFor[T](), reflect.SliceOf(reflect.TypeFor[T]()))`,
			[]string{"!main.T.Get", "!main.T.Put"}},
		{"functions", `reflect.MakeFunc(reflect.TypeOf(T.Get), nil).Call([]reflect.Value{reflect.ValueOf(T{})})`,
			[]string{"reflect.Value.call", "!main.T.Put"}},
		{"equality and fields", `reflect.DeepEqual(T{}, reflect.ValueOf(T{}).Field(0).Interface())`, []string{"!main.T.Get", "!main.T.Put"}},
		{"number", `n := 0; reflect.ValueOf(T{}).Method(n).Call(nil)`, []string{"main.T.Get", "main.T.Put"}},
		{"name", `n := "P"; _, _ = reflect.TypeOf(T{}).MethodByName(n + "ut")`, []string{"main.T.Get", "main.T.Put"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			analyze(t, methods+"func main() {"+test.body+"}").must().reaches(test.want...)
		})
	}
}

func TestInitialisersOfUnreachedVariablesAreDropped(t *testing.T) {
	a := analyze(t, `
import "os"
var used = map[string]int{"a": 1}
var unused = map[string]int{"b": 2}
var effect = func() int { println("x"); return len(os.Args) }()
func main() { println(used["a"]) }`).must()
	vars := map[string]bool{}
	for _, init := range a.res.Inits {
		for _, v := range init.Lhs {
			if v.Pkg() == a.prog.Main.Types {
				vars[v.Name()] = true
			}
		}
	}
	if vars["unused"] || !vars["effect"] {
		t.Errorf("initialisers of %v are left", vars)
	}
	for _, g := range a.res.Globals {
		if g.Name() == "unused" {
			t.Error("unused is reached")
		}
	}
}

func TestConstantBranchesAreNotFollowed(t *testing.T) {
	a := analyze(t, `
const debug = false
func dump() {}
func run() {}
func main() {
	if debug {
		dump()
	} else {
		run()
	}
}`).must()
	a.reaches("!main.dump", "main.run")
}

func TestMissingBody(t *testing.T) {
	a := analyze(t, `
import _ "unsafe"
//go:linkname f some/where.f
func f()
func main() { f() }`)
	if a.err == nil || !strings.Contains(a.err.Error(), "main.go:") || !strings.Contains(a.err.Error(), "some/where.f") {
		t.Errorf("error is %v", a.err)
	}
}

func TestReadOnly(t *testing.T) {
	a := analyze(t, `
import "errors"
type rec struct{ name string; n [3]int; next *rec }
var table = []rec{{"a", [3]int{1, 2, 3}, nil}, {"b", [3]int{4, 5, 6}, nil}} // read through a function
var counts = [4]int{1, 2, 3, 4}                                           // written by name
var shared = []int{5, 6, 7}                                               // written through a parameter
var array = [3]string{"x", "y", "z"}                                      // sliced and only read
var pointed = &rec{name: "p"}                                             // written through a field
var failure = errors.New("no")
func find(t []rec, s string) int {
	for i := range t {
		if t[i].name == s {
			return t[i].n[1]
		}
	}
	return 0
}
func set(s []int, i int) { s[i] = 1 }
func last(s []string) string { return s[len(s)-1] }
func main() {
	counts[find(table, "b")&3]++
	set(shared, 1)
	println(last(array[:]), counts[0], failure.Error())
	pointed.next = nil
}`).must()
	want := map[string]bool{"table": true, "counts": false, "shared": false, "array": true, "pointed": false}
	for _, obj := range a.res.Objects {
		if obj.Global == nil || obj.Global.Pkg.Pkg != a.prog.Main.Types {
			continue
		}
		target := obj
		switch v := obj.Value.(type) {
		case *initeval.Slice:
			target = v.Base.Obj
		case *initeval.Ref:
			target = v.Obj
		case *initeval.Iface:
			if ref := v.Val.(*initeval.Ref); !ref.Obj.ReadOnly {
				t.Error("the error value is writable")
			}
			continue
		}
		name := obj.Global.Name()
		if ro, ok := want[name]; ok && target.ReadOnly != ro {
			t.Errorf("%s: read-only is %v", name, target.ReadOnly)
		}
		delete(want, name)
	}
	if len(want) > 0 {
		t.Errorf("no static data for %v", want)
	}
}
