package initeval

import (
	"fmt"
	"go/types"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/load"
)

// evaluate loads the files of a package main and evaluates the whole program. Package runtime and the like are those of linux/arm.
func evaluate(t testing.TB, files map[string]string) (*load.Program, *Result) {
	t.Helper()
	dir := t.TempDir()
	if files["go.mod"] == "" {
		files["go.mod"] = "module m\n\ngo 1.26\n"
	}
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	p, err := load.Load(load.Config{Dir: dir, GOOS: "linux", GOARCH: "arm", CacheDir: t.TempDir(), Overlay: fstest.MapFS{}})
	if err != nil {
		t.Fatal(err)
	}
	return p, Evaluate(p)
}

// dump renders what r knows about the variable name of package main: "run time" for those with a residual initialiser.
func dump(p *load.Program, r *Result, name string) string { return dumpIn(p.Main, r, name) }

func dumpIn(pkg *load.Package, r *Result, name string) string {
	for _, in := range r.Residual {
		for _, v := range in.Lhs {
			if in.Pkg == pkg && v.Name() == name {
				return "run time: " + r.Why[in]
			}
		}
	}
	g, ok := pkg.SSA.Members[name].(*ssa.Global)
	if !ok {
		return "no such variable"
	}
	o := r.Static[g]
	if o == nil {
		return "zero"
	}
	return contents(o, 0)
}

func contents(o *Object, depth int) string {
	if o.Data != nil {
		return fmt.Sprintf("%q", o.Data)
	}
	return render(o.Value, depth)
}

func render(v Value, depth int) string {
	if depth > 4 {
		return "..."
	}
	switch v := v.(type) {
	case nil:
		return "0"
	case *Const:
		return v.Val.ExactString()
	case *Float:
		return fmt.Sprint(v.Val)
	case *Aggregate:
		var parts []string
		for _, e := range v.Elems {
			parts = append(parts, render(e, depth+1))
		}
		return "{" + strings.Join(parts, " ") + "}"
	case *Ref:
		if v.Obj.Global != nil {
			return fmt.Sprintf("&%s+%d", v.Obj.Global.Name(), v.Offset)
		}
		return fmt.Sprintf("&%s+%d", contents(v.Obj, depth+1), v.Offset)
	case *Func:
		s := "func " + v.Fn.Name()
		for _, b := range v.Bindings {
			s += " " + render(b, depth+1)
		}
		return s
	case *String:
		return fmt.Sprintf("%q", v.Val)
	case *Slice:
		return fmt.Sprintf("[%d:%d]%s", v.Len, v.Cap, render(v.Base, depth+1))
	case *Iface:
		return types.TypeString(v.Type, types.RelativeTo(nil)) + " " + render(v.Val, depth+1)
	}
	return fmt.Sprintf("%T", v)
}

// TestValues checks variables against the `// want` comment on their line.
func TestValues(t *testing.T) {
	src := `package main

import (
	"errors"
	"math"
	"math/bits"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"
	"unsafe"
)

type point struct{ x, y int }

func (p point) sum() int { return p.x + p.y }
func (p *point) grow() *point { p.x++; return p }

type summer interface{ sum() int }

func fib(n int) int { if n < 2 { return n }; return fib(n-1) + fib(n-2) }

func variadic(xs ...int) (n int) { for _, x := range xs { n += x }; return }

func two() (int, string) { return 7, "seven" }

func sum[T int | float64](xs []T) (s T) { for _, x := range xs { s += x }; return }

func counter() func() int { n := 0; return func() int { n++; return n } }

func withDefer() (n int) { defer func() { n *= 2 }(); n = 21; return }

func seq(yield func(int) bool) { for i := 0; i < 5; i++ { if !yield(i) { return } } }

func ranges() (n int) { for i := range seq { if i == 3 { break }; n += i }; return }

func runes(s string) (n int, c rune) { for i, r := range s { n += i; c = r }; return }

var (
	a       = 1 + 2 // want 3
	wrapped = add(math.MaxInt32, 1) // want -2147483648
	u8      = uint8(add(200, 100)) // want 44
	i64     = int64(add(5, 0)) << 40 // want 5497558138880
	f       = fib(15) // want 610
	fl      = math.Sqrt(float64(add(2, 0))) * 0.5 // want *
	negzero = math.Copysign(0, -1) // want -0
	inf     = math.Inf(-1) // want -Inf
	bitsOf  = math.Float64bits(1.5) // want 4609434218613702656
	fromB   = math.Float32frombits(0x40490fdb) // want 13176795/4194304
	pop     = bits.OnesCount64(0xF0F0) // want 8
	str     = "a" + strings.Repeat("bc", add(2, 0)) // want "abcbc"
	num     = strconv.Itoa(add(1234, 0)) // want "1234"
	quoted  = strconv.Quote("x\n") // want "\"x\\n\""
	err     = errors.New("bad") // want *errors.errorString &{"bad"}+0
	p1      = &point{1, 2} // want &{2 2}+0
	p2      = p1.grow() // want &{2 2}+0
	m       = p1.sum() // want 4
	iface   summer = *p1 // want main.point {2 2}
	viaI    = iface.sum() // want 4
	arr     = [4]int{1: 5, 3: 7} // want {0 5 0 7}
	sl      = []string{"x", "", "y"} // want [3:3]&{"x" 0 "y"}+0
	part    = arr[1:3] // want [2:3]&arr+4
	elem    = &arr[3] // want &arr+12
	app     = append([]int(nil), 1, 2, 3) // want [3:3]&{1 2 3}+0
	cop     = copied() // want [2:2]&"hi"+0
	vari    = variadic(1, 2, 3) // want 6
	n7, s7  = two() // want 7
	gen     = sum([]float64{0.5, 0.25}) // want 3/4
	next    = counter() // want func counter$1 &2+0
	called  = add(next(), next()) // want 3
	after   = next // want func counter$1 &2+0
	dd      = withDefer() // want 42
	rg      = ranges() // want 3
	rn, rc  = runes("aé€") // want 4
	meth    = p1.grow // want func grow$bound &{2 2}+0
	fn      = fib // want func fib
	nilmap  map[string]int // want zero
	nomap   = nilmap["x"] // want zero
	maplen  = len(nilmap) + 1 // want 1
	cplx    = complex(float64(add(1, 0)), 2) // want {1 2}
	dur     = 3 * time.Second // want 3000000000
	once    = sync.OnceFunc(func() {}) // want *
	cnt     = func() *atomic.Int32 { var c atomic.Int32; c.Add(5); c.CompareAndSwap(5, 6); return &c }() // want &{0 6}+0
	builder = func() string { var b strings.Builder; b.WriteString("ab"); b.WriteByte('c'); return b.String() }() // want "abc"
	repl    = strings.NewReplacer("a", "b").Replace("banana") // want "bbnbnb"
	conv    = string([]byte{65, 66}) + string(rune(add(0x20ac, 0))) // want "AB€"
	runesOf = []rune("é") // want [1:1]&{233}+0
	cnt8    = utf8.RuneCountInString("é€") // want 2
	anyInt  any = add(5, 5) // want int 10
	typed   = anyInt.(int) + 1 // want 11
	_, okS  = anyInt.(string) // want zero
	cmp     = any(point{1, 2}) == any(point{1, 2}) // want true
	sw      = func() string { switch v := anyInt.(type) { case string: return v; case int: return "int" }; return "" }() // want "int"
	size    = unsafe.Sizeof(uintptr(0)) + uintptr(add(0, 0)) // want 4
	mx      = max(add(3, 0), 9, 2) // want 9
	shl     = 1 << add(31, 0) // want -2147483648
	shr     = -8 >> add(1, 0) // want -4
	big     = uint32(1) << add(32, 0) // want zero
	div     = -7 / add(2, 0) // want -3
	rem     = -7 % add(2, 0) // want -1
	u64     = uint64(add(-1, 0)) // want 18446744073709551615
	clr     = func() []int { s := []int{1, 2}; clear(s[:1]); return s }() // want [2:2]&{0 2}+0
	toArr   = [2]int(sl2) // want {8 9}
	sl2     = []int{8, 9, 10} // want [3:3]&{8 9 10}+0
	self    = node{v: 3} // want {3 &self+0}
	boxes   = []any{1, "s", nil, point{}} // want [4:4]&{int 1 string "s" 0 main.point 0}+0
	mapped  = map[string]int{"a": 1} // want run time: makes or changes a map
	chann   = make(chan int) // want run time: uses a channel
	divz    = 1 / add(0, 0) // want run time: division by zero
	oob     = sl[add(3, 0)] // want run time: index out of range
	outOf   = int32(1e10 * float64(add(1, 0))) // want run time: conversion of a floating point number out of range
	loop    = func() int { n := 0; for i := 0; i < 100_000_000; i++ { n += i }; return n }() // want run time: takes more than 2097152 steps
	deep    = func() int { var f func(int) int; f = func(n int) int { return f(n + 1) + 1 }; return f(0) }() // want run time: more than 400 nested calls
	huge    = make([]byte, add(1<<21, 0)) // want run time: make of 2097152 elements
	now     = time.Now() // want run time: *
	later   = early + 1 // want 6
	early   = add(2, 3) // want 5
)

type node struct { v int; next *node }

func init() { self.next = &self }

func add(x, y int) int { return x + y }

func copied() []byte { b := make([]byte, 2); copy(b, "hip"); return b }

func main() {}
`
	p, r := evaluate(t, map[string]string{"main.go": src})
	for _, line := range strings.Split(src, "\n") {
		decl, want, ok := strings.Cut(line, "// want ")
		if !ok {
			continue
		}
		names, _, _ := strings.Cut(strings.TrimSpace(decl), " ")
		if strings.HasPrefix(names, "_,") {
			names = strings.Fields(decl)[1]
		}
		name := strings.TrimSuffix(names, ",")
		got := dump(p, r, name)
		if prefix, any := strings.CutSuffix(want, "*"); any && strings.HasPrefix(got, prefix) && got != "zero" {
			continue
		}
		if got != want {
			t.Errorf("%s = %s, want %s", name, got, want)
		}
	}
}
