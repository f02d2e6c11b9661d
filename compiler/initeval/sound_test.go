package initeval

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"
)

// TestOrder checks that an initialiser is not moved before a residual one where that could be noticed.
func TestOrder(t *testing.T) {
	const residual = `var ch = make(chan int)
	func runTime() { ch <- 1 }
	`
	cases := []struct {
		name, src string
		want      map[string]string // variable -> dump, "run time" for any reason
		late      bool              // the last init function must be residual
	}{
		{"written by residual", `var x = 1
			func init() { runTime(); x = 2 }
			var y int
			func init() { y = x }`, map[string]string{"x": "1", "y": "zero"}, true},
		{"read by residual", `var x = 1
			func init() { runTime(); println(x) }
			func init() { x = 5 }`, map[string]string{"x": "1"}, true},
		{"only read by both", `var x = 1
			func init() { runTime(); println(x) }
			var y int
			func init() { y = x }`, map[string]string{"x": "1", "y": "1"}, false},
		{"through a callee", `var x = 1
			func set() { x = 2 }
			func init() { runTime(); set() }
			var y int
			func init() { y = x }`, map[string]string{"y": "zero"}, true},
		{"through a pointer", `var x = 1
			var p = &x
			func init() { runTime(); *p = 2 }
			var y int
			func init() { y = x }`, map[string]string{"y": "zero", "p": "&x+0"}, true},
		{"through a slice of a global array", `var arr [4]int
			var s = arr[1:]
			func init() { runTime(); s[0] = 2 }
			var y int
			func init() { y = arr[1] }`, map[string]string{"y": "zero"}, true},
		{"through a func value", `var x = 1
			var f = func() { x = 2 }
			func init() { runTime(); f() }
			var y int
			func init() { y = x }`, map[string]string{"y": "zero"}, true},
		{"through a captured variable", `func counter() (func(), func() int) { n := 0; return func() { n++ }, func() int { return n } }
			var inc, get = counter()
			func init() { runTime(); inc() }
			var y int
			func init() { y = get() }`, map[string]string{"y": "zero"}, true},
		{"through an interface", `var x = 1
			type i interface{ m() }
			type t struct{}
			func (t) m() { x = 2 }
			var v i = t{}
			func init() { runTime(); v.m() }
			var y int
			func init() { y = x }`, map[string]string{"y": "zero"}, true},
		{"through reflection or fmt", `var x = 1
			type t struct{}
			func (t) String() string { x = 2; return "" }
			type outer struct { In any }
			func init() { runTime(); println(show(outer{t{}})) }
			func show(v any) string { o := v.(outer); return o.In.(interface{ String() string }).String() }
			var y int
			func init() { y = x }`, map[string]string{"y": "zero"}, true},
		{"through a goroutine", `var x = 1
			func init() { go func() { x = 2 }() }
			var y int
			func init() { y = x }`, map[string]string{"y": "zero"}, true},
		{"residual links an object that a later one reaches", `var x = 1
			var p *int
			var q = &x
			func init() { runTime(); p = q }
			func init() { runTime(); *p = 3 }
			var y int
			func init() { y = x }`, map[string]string{"y": "zero"}, true},
		{"address only", `var x = 1
			func init() { runTime(); x = 2 }
			var p *int
			func init() { p = &x }`, map[string]string{"p": "&x+0"}, false},
		{"unrelated", `var x = 1
			func init() { runTime(); x = 2 }
			var y int
			func init() { y = 7 }`, map[string]string{"y": "7"}, false},
		{"map variable", `var m = map[int]int{}
			var y int
			func init() { y = len(m) }`, map[string]string{"m": "run time", "y": "zero"}, true},
		{"panicking", `var a []int
			var y int
			func init() { y = 3; _ = a[y] }`, map[string]string{"y": "zero"}, true},
	}
	files := map[string]string{}
	imports := ""
	for i, c := range cases { // a package each, as loading is what takes time
		files[fmt.Sprintf("c%d/c.go", i)] = "package c\n" + residual + c.src
		imports += fmt.Sprintf("import _ \"m/c%d\"\n", i)
	}
	files["main.go"] = "package main\n" + imports + "func main() {}\n"
	p, r := evaluate(t, files)
	for i, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			pkg := p.ByPath[fmt.Sprintf("m/c%d", i)]
			for name, want := range c.want {
				got, _, _ := strings.Cut(dumpIn(pkg, r, name), ":")
				if got != want {
					t.Errorf("%s = %s, want %s", name, got, want)
				}
			}
			last := pkg.Inits[len(pkg.Inits)-1]
			if r.Why[last] != "" != c.late {
				t.Errorf("last initialiser: %q, want residual %v", r.Why[last], c.late)
			}
		})
	}
}

// TestRollback: a failing initialiser leaves no trace in memory, whatever it wrote before.
func TestRollback(t *testing.T) {
	p, r := evaluate(t, map[string]string{"main.go": `package main

type node struct { next *node; v [3]int }

var (
	x    = 1
	list = &node{v: [3]int{1, 2, 3}}
	s    = []string{"a", "b"}
	fresh *node
)

func init() {
	x = 2
	list.next = &node{}
	list.v[1] = 9
	s[0] = "changed"
	s = append(s, "c")
	fresh = list
	println("run time")
}

func main() {}
`})
	for name, want := range map[string]string{"x": "1", "list": "&{0 {1 2 3}}+0", "s": `[2:2]&{"a" "b"}+0`, "fresh": "zero"} {
		if got := dump(p, r, name); got != want {
			t.Errorf("%s = %s, want %s", name, got, want)
		}
	}
}

// TestAliases: pointers to one object at build time are pointers to one object in the image.
func TestAliases(t *testing.T) {
	p, r := evaluate(t, map[string]string{"main.go": `package main

type t struct { a, b int }

var (
	back  = []int{1, 2, 3, 4}
	left  = back[:2]
	right = back[2:]
	obj   = &t{1, 2}
	field = &obj.b
	inc, get = func() (func(), func() int) { n := 5; return func() { n++ }, func() int { return n } }()
)

func main() {}
`})
	value := func(name string) Value { return r.Static[p.Main.SSA.Members[name].(*ssa.Global)].Value }
	back, left, right := value("back").(*Slice), value("left").(*Slice), value("right").(*Slice)
	if back.Base.Obj != left.Base.Obj || back.Base.Obj != right.Base.Obj || right.Base.Offset != 8 || right.Cap != 2 || left.Cap != 4 {
		t.Errorf("slices: %+v %+v %+v", back, left, right)
	}
	if o, f := value("obj").(*Ref), value("field").(*Ref); o.Obj != f.Obj || f.Offset != 4 {
		t.Errorf("pointer to a field: %+v %+v", o, f)
	}
	inc, get := value("inc").(*Func), value("get").(*Func)
	if inc.Bindings[0].(*Ref).Obj != get.Bindings[0].(*Ref).Obj {
		t.Error("closures do not share their variable")
	}
}

func TestPure(t *testing.T) {
	p, r := evaluate(t, map[string]string{"main.go": `package main

import ("reflect"; "regexp"; "time")

type set map[string]bool

func build(names ...string) set { s := set{}; for _, n := range names { s[n] = true }; return s }
func noisy() map[int]int { calls++; return map[int]int{} }
func fill(m map[int]int) map[int]int { m[1] = 2; return m }
func share() map[int]int { global[3] = 4; return nil }

var calls int
var global = map[int]int{}

var literal = map[string][]int{"a": {1, 2}}
var nested  = map[string]map[string]int{"a": {"b": 1}}
var built   = build("a", "b")
var filled  = fill(map[int]int{})
var channel = make(chan int, 1)
var re      = regexp.MustCompile("a+")
var typ     = reflect.TypeFor[int]()
var iface   = reflect.TypeOf((*error)(nil)).Elem()
var start   = time.Now()
var counted = noisy() // impure
var shared  = share() // impure
var other   = fill(global) // impure
var _       = noisy() // impure

func main() {}
`})
	impure := map[string]bool{"counted": true, "shared": true, "other": true, "_": true}
	checked := 0
	for _, in := range r.Residual {
		if in.Pkg != p.Main {
			continue
		}
		name := in.Lhs[0].Name()
		if r.Pure[in] == impure[name] {
			t.Errorf("%s: pure is %v", name, r.Pure[in])
		}
		checked++
	}
	if checked < 13 {
		t.Errorf("only %d residual initialisers", checked)
	}
}
