package escape

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/load"
)

func analyze(t *testing.T, src string) (*load.Program, *Result) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"main.go": src, "go.mod": "module m\n\ngo 1.26\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	p, err := load.Load(load.Config{Dir: dir, GOOS: "linux", GOARCH: "arm", CacheDir: t.TempDir(), Overlay: fstest.MapFS{}})
	if err != nil {
		t.Fatal(err)
	}
	return p, Analyze(p, everything(p), MaxObject)
}

var wantComment = regexp.MustCompile(`// want "(.*)"`)

// check compares the verdicts with the comments: `want "stack"` means that all allocations of the line may be in the frame,
// `want "escapes: text"` that one may not, for a reason that contains text.
func check(t *testing.T, src string) {
	t.Helper()
	p, res := analyze(t, src)
	byLine := make(map[int][]ssa.Instruction)
	note := func(in ssa.Instruction) {
		if pos := p.Position(Position(in)); filepath.Base(pos.Filename) == "main.go" && in.Parent().Pkg == p.Main.SSA {
			byLine[pos.Line] = append(byLine[pos.Line], in)
		}
	}
	for in := range res.Stack {
		note(in)
		if res.Reason[in] != "" {
			t.Errorf("%s is on the stack and has a reason: %s", in, res.Reason[in])
		}
	}
	for in := range res.Reason {
		note(in)
	}
	for i, line := range strings.Split(src, "\n") {
		m := wantComment.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		sites := byLine[i+1]
		if len(sites) == 0 {
			t.Errorf("line %d: no allocation: %s", i+1, line)
		}
		why, escapes := strings.CutPrefix(m[1], "escapes: ")
		found := false
		var got []string
		for _, in := range sites {
			if res.Stack[in] != (res.Reason[in] == "") {
				t.Errorf("line %d: %s: no verdict", i+1, in)
			}
			found = found || res.Reason[in] != "" && strings.Contains(res.Reason[in], why)
			got = append(got, in.String()+": "+strconv.Quote(res.Reason[in]))
			if !escapes && !res.Stack[in] {
				t.Errorf("line %d: %s escapes: %s: %s", i+1, in, res.Reason[in], line)
			}
		}
		if escapes && !found {
			t.Errorf("line %d: want %q, got %q: %s", i+1, m[1], got, line)
		}
	}
}

func TestFlows(t *testing.T) {
	check(t, `package main

import (
	"errors"
	"hash/maphash"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"unsafe"
)

type node struct { next *node; val int; p *int }

var global *node
var sink any
var ch = make(chan *node, 1)
var m = map[string]*node{}

func read(n *node) int { return n.val }
func same(n *node) *node { return n }
func keep(n *node) { global = n }
func link(a, b *node) { a.next = b }
func content(n **node) *node { return *n }
func pair(a, b *node) (*node, *node) { return b, a }
func rec(n *node, k int) int { if k == 0 { return n.val }; return rec(n, k-1) }
func recKeep(n *node, k int) { if k == 0 { global = n; return }; recKeep(n, k-1) }

func f1() int { n := &node{val: 1}; return read(n) }           // want "stack"
func f2() *node { n := &node{val: 1}; return n }               // want "escapes: returned"
func f3() int { n := &node{val: 1}; return same(n).val }       // want "stack"
func f4() *node { n := &node{val: 1}; return same(n) }         // want "escapes: returned"
func f5() { n := &node{val: 1}; keep(n) }                      // want "escapes: passed to keep, which keeps it"
func f6() { n := &node{}; global = n }                         // want "escapes: stored to global global"
func f7() int {
	a := &node{}                                                // want "stack"
	b := &node{}                                                // want "escapes: passed to link"
	link(a, b)
	return a.val
}
func f8() int {
	a := &node{}                                                // want "stack"
	b := node{next: a}
	c := &b
	return c.next.val
}
func f9() *node {
	a := &node{}                                                // want "escapes: returned"
	p := &a
	return content(p)
}
func f10() *node {
	a := &node{}                                                // want "stack"
	b := &node{}                                                // want "escapes: returned"
	x, _ := pair(a, b)
	return x
}
func f11() int { n := &node{}; return rec(n, 3) }              // want "stack"
func f12() { n := &node{}; recKeep(n, 3) }                     // want "escapes: passed to recKeep"
func f13() { n := &node{}; ch <- n }                           // want "escapes: sent to a channel"
func f14() { n := &node{}; m["a"] = n }                        // want "escapes: stored in a map"
func f15() { n := &node{}; panic(n) }                          // want "escapes: passed to panic"
func f16() { n := &node{}; go read(n) }                        // want "escapes: passed to a goroutine"
func f17() { n := &node{}; defer keep2(n) }                    // want "stack"
func keep2(n *node) {}
func f18(c bool) int {
	a, b := &node{}, &node{}                                    // want "stack"
	if c { a = b }
	return a.val
}
func f19() int { x := 1; p := &node{p: &x}; return *p.p }      // want "stack"
func f20() *int { x := 1; p := &node{p: &x}; return p.p }      // want "escapes: returned"
func f21() { sink = 1234567 }
func f22(k int) { sink = k }                                   // want "escapes: stored to global sink"
func f23(k int) bool { var a any = k; _, ok := a.(int); return ok } // want "stack"
func f24() int { s := make([]int, 10); s[1] = 2; return s[1] } // want "stack"
func f25() []int { s := make([]int, 10); return s[1:] }        // want "escapes: returned"
func f26(n int) int { s := make([]int, n); return len(s) }     // want "escapes: size is not constant"
func f27() int { var s [1000]int; return sum(s[:]) }           // want "escapes: too large for the stack (4000 bytes, limit 512)"
func sum(s []int) (n int) { for _, x := range s { n += x }; return }
func f28() int { return variadic(&node{}, &node{}) }           // want "stack"
func variadic(ns ...*node) int { return len(ns) }
func f29() *node { return first(&node{}) }                     // want "escapes: returned"
func first(ns ...*node) *node { return ns[0] }
func f30(s []*node) []*node { return append(s, &node{}) }      // want "escapes: appended to a slice"
func f31() int { s := append(make([]int, 0, 4), 1, 2); return len(s) } // want "stack"
func f32(d []*node) { n := &node{}; copy(d, []*node{n}) }      // want "escapes: stored through a pointer"
func f33(b *strings.Builder) { b.WriteString("x") }
func f34() string { b := &strings.Builder{}; b.WriteString("x"); return b.String() } // want "stack"
func f35() int32 { var n atomic.Int32; n.Add(1); return n.Load() } // want "stack"
func f36() *node { var p atomic.Pointer[node]; p.Store(&node{}); return nil } // want "escapes: which keeps it"
func f37() int { x := 1; p := unsafe.Pointer(&x); return *(*int)(p) } // want "stack"
func f38() { x := new(int); keepAddress(uintptr(unsafe.Pointer(x))) } // want "escapes: passed to keepAddress"
var address uintptr
func keepAddress(p uintptr) { address = p }
func f38b() uint32 { x := new(int); return uint32(uintptr(unsafe.Pointer(x))) } // want "escapes: address converted to a number"
func f39() string { b := make([]byte, 3); return unsafe.String(&b[0], 3) } // want "escapes: returned"
func f39b() { n := &node{}; _ = maphash.Comparable(maphash.Seed{}, n) } // want "escapes: passed to Comparable"
func f40() error { return errors.New("x") }
func f41(s []int) { sort.Slice(s, func(i, j int) bool { return s[i] < s[j] }) } // want "stack"
func f42() { var mu sync.Mutex; mu.Lock(); defer mu.Unlock() } // want "escapes: "

func main() {}
`)
}

func TestClosures(t *testing.T) {
	check(t, `package main

import "iter"

type node struct { next *node; val int }

var hook func()
var global *node

func call(f func()) { f() }
func apply(f func(*node) int, n *node) int { return f(n) }
func later(f func()) { hook = f }

func f1() int { x := 0; func() { x++ }(); return x }           // want "stack"
func f2() int { x := 0; call(func() { x++ }); return x }       // want "stack"
func f3() { x := 0; later(func() { x++ }) }                    // want "escapes: which keeps it"
func f4() func() int { x := 0; return func() int { x++; return x } } // want "escapes: returned"
func f5() int { x := 0; defer func() { x++ }(); return x }     // want "stack"
func f6() { x := 0; go func() { x++ }() }                      // want "escapes: passed to a goroutine"
func f7() { n := &node{}; call(func() { global = n }) }        // want "escapes: captured by a closure that keeps it"
func f8() int { n := &node{}; return apply(func(n *node) int { return n.val }, n) } // want "stack"
func f9() *node { n := &node{}; return func() *node { return n }() } // want "escapes: returned"
func f10() int { n := &node{}; return func() *node { return n }().val } // want "stack"
func f11() int { n := &node{}; g := n.get; return g() }        // want "stack"
func (n *node) get() int { return n.val }
func f12() int { var fib func(int) int; fib = func(n int) int { if n < 2 { return n }; return fib(n-1) + fib(n-2) }; return fib(9) } // want "stack"

func seq(yield func(int) bool) { for i := range 3 { if !yield(i) { return } } }
func seqOf(n int) iter.Seq[int] { return func(yield func(int) bool) { for i := range n { if !yield(i) { return } } } } // want "escapes: returned"
func f13() (s int) { for i := range seq { s += i }; return }   // want "stack"
func f14() (s int) {
	for i := range seqOf(4) { // want "stack"
		s += i
	}
	return
}
func f15(ns []*node) { for range seq { n := &node{}; defer n.get() } } // want "escapes: kept by defer"
func f16() { for i := range 3 { defer func() { println(i) }() } } // want "escapes: kept by defer in a loop"

type shape interface{ area(*node) *node }
type square struct{ a [3]int }
func (s square) area(n *node) *node { return n }
type circle struct{ r int }
func (c *circle) area(n *node) *node { global = &node{val: c.r}; return nil } // want "escapes: stored to global global"
type keeper interface{ keep(*node) }
type k1 struct{}
func (k1) keep(n *node) { global = n }
type k2 struct{}
func (k2) keep(n *node) {}

func f17(s shape) int { n := &node{}; s.area(n); return 1 }    // want "stack"
func f18(s shape) *node { n := &node{}; return s.area(n) }     // want "escapes: returned"
func f19(k keeper) { n := &node{}; k.keep(n) }                 // want "escapes: passed to interface call of keep"
func f20() { var s shape = &circle{1}; s.area(nil) }           // want "stack"
func f21(q square) { var s shape = q; s.area(nil) }            // want "stack"

type selfer interface{ self() any }
type big struct{ p *node; x [4]int }
func (b big) self() any { return b.p }
func f22() any { n := &node{}; var s selfer = big{p: n}; return s.self() } // want "escapes: returned"

func main() {}
`)
}

func TestLoops(t *testing.T) {
	check(t, `package main

type node struct { next *node; val int }

func read(n *node) int { return n.val }
func all(ns ...any) int { return len(ns) }

func f1() (s int) {
	for i := range 10 {
		n := &node{val: i} // want "stack"
		s += read(n)
	}
	return
}
func f2() (s int) {
	var list *node
	for i := range 10 {
		list = &node{list, i} // want "escapes: kept from one iteration of a loop to the next"
	}
	for ; list != nil; list = list.next { s += list.val }
	return
}
func f3() (s int) {
	var arr [10]*node
	for i := range 10 {
		arr[i] = &node{val: i} // want "escapes: stored in a variable that outlives the iteration of a loop"
	}
	return arr[3].val
}
func f4() (s int) {
	for i := range 10 {
		s += all(i, s) // want "stack"
	}
	return
}
func f5() (s int) {
	for i := range 10 {
		n := &node{} // want "stack"
		for j := range 10 {
			n.next = &node{val: i + j} // want "escapes: stored in a variable that outlives the iteration of a loop"
		}
		s += n.next.val
	}
	return
}
func f6() (s int) {
	for i := range 10 {
		a := &node{val: i} // want "stack"
		b := &node{next: a} // want "stack"
		s += b.next.val
	}
	return
}
func f7() (s int) {
	var fs [3]func() int
	for i := range 3 {
		fs[i] = func() int { i++; return i } // want "escapes: outlives the iteration"
	}
	return fs[1]()
}
func f8() (s int) {
	for i := range 3 {
		f := func() int { i++; return i } // want "stack"
		s += f()
	}
	return
}
func f9(k int) (s int) {
	var last *node
again:
	n := &node{val: k} // want "escapes: kept from one iteration"
	if last != nil { s += last.val }
	last = n
	if k--; k > 0 { goto again }
	return
}
func f10() (s int) {
	for range 10 {
		buf := make([]byte, 16) // want "stack"
		s += len(buf[:3])
	}
	return
}
func f11() bool {
	var prev any
	for i := range 10 {
		var a any = i
		if prev == a { return true } // want "escapes: kept from one iteration"
		prev = a
	}
	return false
}

func main() {}
`)
}

func TestInherent(t *testing.T) {
	p, _ := analyze(t, `package main

func f(m map[int]int, s []int, a, b string) {
	m[1] = 2
	s = append(s, 1)
	s = append(s)
	a += b
	_ = []byte(a)
	_ = make(chan int)
	_ = map[int]int{}
	go f(m, s, a, b)
}

func main() {}
`)
	got := make(map[int]string)
	for _, b := range p.Main.SSA.Func("f").Blocks {
		for _, in := range b.Instrs {
			if why := Inherent(in); why != "" {
				got[p.Position(Position(in)).Line] = why
			}
		}
	}
	want := map[int]string{
		4: "an assignment to a map may grow it", 5: "append may grow the slice", 7: "joining strings makes a new one", 8: "the conversion copies",
		9: "a channel is on the heap", 10: "a map is on the heap", 11: "a goroutine needs a stack",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
