package noheap_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"mote/compiler/callgraph"
	"mote/compiler/escape"
	"mote/compiler/initeval"
	"mote/compiler/load"
	"mote/compiler/lower"
	"mote/compiler/noheap"
	"mote/compiler/reach"
	"mote/internal/diag"
	"mote/target"
)

// check takes one file of package main through the stages up to lowering and checks it.
func check(t *testing.T, source string) diag.List {
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
	escapes := escape.Analyze(p, r, escape.MaxObjectNoHeap)
	out, err := lower.Lower(lower.Input{Target: machine, Program: p, Reach: r, Escape: escapes, Initeval: inits, Opt: "z", NoHeap: true})
	if err != nil {
		t.Fatal(err)
	}
	err = noheap.Check(noheap.Input{Program: p, Reach: r, Escape: escapes, Graph: callgraph.New(p, r, out.RuntimeCalls)})
	if err == nil {
		return nil
	}
	var list diag.List
	if !errors.As(err, &list) {
		t.Fatal(err)
	}
	return list
}

var wantComment = regexp.MustCompile(`// want (.*)`)

// checkWant compares the errors of each line with its comment: the texts in backquotes, each of which must begin one error.
func checkWant(t *testing.T, source string) {
	t.Helper()
	got := map[int][]string{}
	for _, d := range check(t, source) {
		if d.Hint == "" {
			t.Errorf("no hint: %s", d.Text)
		}
		got[d.Pos.Line] = append(got[d.Pos.Line], d.Text)
	}
	for i, line := range strings.Split(source, "\n") {
		var wants []string
		if m := wantComment.FindStringSubmatch(line); m != nil {
			wants = strings.Split(m[1], "; ")
		}
		texts := got[i+1]
		for n := range max(len(wants), len(texts)) {
			switch {
			case n >= len(texts):
				t.Errorf("line %d: no error, want %q: %s", i+1, wants[n], line)
			case n >= len(wants):
				t.Errorf("line %d: error %q: %s", i+1, texts[n], line)
			case !strings.HasPrefix(texts[n], wants[n]):
				t.Errorf("line %d: error %q, want %q", i+1, texts[n], wants[n])
			}
		}
	}
}

func TestOwn(t *testing.T) {
	checkWant(t, `package main

type node struct {
	next *node
	v    int
}

type number int

func (n number) String() string { return "n" }

var (
	list  *node
	sink  any
	text  string
	bytes []byte
	call  func() int
	table = map[int]int{1: 2} // want make(map[int]int) escapes to heap
	ch    = make(chan int)    // want make(chan int) escapes to heap: a channel
	fixed = &node{v: 1}
	boxed any = number(2000)
)

func keep(n *node)    { list = n }
func through(n *node) { keep(n) }
func read(n *node) int { return n.v }

func values(n int) *node {
	x := node{v: 1} // want moved to heap: x: passed to through (main.go:32), where it is passed to keep (main.go:25), where it is stored to global list (main.go:24)
	y := node{v: 2}
	z := node{v: 3} // want moved to heap: z: returned (main.go:37)
	through(&x)
	list = &node{list, n} // want &node{...} escapes to heap: stored to global list
	list.next = new(node) // want new(node) escapes to heap: stored through a pointer
	sink = n              // want n escapes to heap: stored to global sink
	read(&y)
	return &z
}

func texts(s string, b []byte) {
	text = s + "!"     // want s + "!" escapes to heap: joining strings
	text = string(b)   // want string(b) escapes to heap: the conversion copies
	if string(b) == s {
		bytes = append(b, 1) // want append may grow b on the heap
	}
	bytes = bytes[:len(bytes)+1]
}

func slices(n int) {
	m := make([]int, n)       // want make([]int, n) escapes to heap: size is not constant
	bytes = []byte{1, byte(n)} // want []byte{...} escapes to heap: stored to global bytes
	local := []int{1, n}
	fitting := make([]byte, 2000)
	var large [5000]byte
	large[n] = 1
	println(len(m), len(local), local[0], fitting[n], large[n+1])
}

func closures(n int) { // want moved to heap: n: stored to global call (main.go:60)
	call = func() int { return n } // want func literal escapes to heap: stored to global call
	run(func() int { return n })
	for range n {
		defer println(n) // want defer println(...) escapes to heap: it may run more than once
	}
	defer println(n)
}

func run(f func() int) { println(f()) }

func again() {}

func starts() {
	go values(1) // want go values(...): what the goroutine is called with is on the heap
	go again()
}

func maps(n int) {
	table[n] = n // want an assignment to an element of table may grow the map
	println(table[n])
}

func box(v any) bool { _, ok := v.(number); return ok }

func main() {
	values(1)
	texts("a", nil)
	slices(1)
	closures(1)
	starts()
	maps(1)
	println(box(number(len(text)))) 
	ch <- len(bytes)
	println(<-ch, fixed.v, boxed != nil, call())
	if sink == nil {
		panic("a " + text) // want "a " + text escapes to heap
	}
}
`)
}

// What std allocates is one error at the call, whatever the call does besides.
func TestStd(t *testing.T) {
	checkWant(t, `package main

import (
	"errors"
	"fmt"
	"strconv"
	"time"
)

var errNone = errors.New("none")

var convert = strconv.FormatInt // nothing to report: it may never be called

func try(n int) error {
	if n == 0 {
		return errNone
	}
	return errors.New("some") // want errors.New allocates: &errors.errorString{...} escapes to heap
}

func main() {
	fmt.Println("a", try(1)) // want fmt.Println allocates: 
	f := strconv.Itoa // want a func value of strconv.Itoa allocates
	if len(errNone.Error()) > 5 {
		f = func(n int) string { return "x" }
	}
	println(len(f(1)), len(convert(2, 10))) // want the call of convert may be one of strconv.FormatInt allocates
	if err := try(0); err != nil {
		println(err.Error())
	}
	time.Sleep(1)
	println(time.Now().Unix() > 0)
	var array [10]int
	println(array[len(f(2))])
}
`)
}

// A program that stays within its variables has nothing to complain about, run-time errors and all.
func TestNone(t *testing.T) {
	checkWant(t, `package main

import (
	"errors"
	"slices"
	"sort"
	"sync"
	"sync/atomic"
	"time"
)

type shape interface{ area() int }
type square struct{ side int }

func (s *square) area() int { return s.side * s.side }

var (
	mu     sync.Mutex
	count  atomic.Int32
	shapes = []shape{&square{1}, &square{2}}
	data   = [...]int{3, 1, 2}
	errBad = errors.New("bad")
)

func check(n int) (err error) {
	defer func() {
		if recover() != nil {
			err = errBad
		}
	}()
	data[n]++
	return nil
}

func main() {
	mu.Lock()
	defer mu.Unlock()
	count.Add(1)
	total := 0
	for _, s := range shapes {
		total += s.area()
	}
	sort.Ints(data[:])
	slices.SortFunc(data[:], func(a, b int) int { return a - b })
	time.Sleep(time.Millisecond)
	if err := check(total); err != nil {
		println(err.Error())
	}
}
`)
}

// Initialisers of std count when nothing else is wrong, at the import that brings them.
func TestInitialisers(t *testing.T) {
	list := check(t, `package main

import "encoding/base64"

func main() { println(base64.StdEncoding.EncodedLen(3)) }
`)
	if len(list) == 0 {
		return // evaluated when the program is built
	}
	if len(list) != 1 || list[0].Pos.Line != 3 || !strings.HasPrefix(list[0].Text, "package encoding/base64 allocates when the program starts") {
		t.Errorf("errors %v", fmt.Sprint(list))
	}
}
