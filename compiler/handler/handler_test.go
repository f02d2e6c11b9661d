package handler_test

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"mote/compiler/callgraph"
	"mote/compiler/escape"
	"mote/compiler/handler"
	"mote/compiler/initeval"
	"mote/compiler/load"
	"mote/compiler/lower"
	"mote/compiler/reach"
	"mote/internal/diag"
	"mote/target"
)

// analyze takes one file of package main through the stages up to handler.
func analyze(t *testing.T, board, file string) (*load.Program, *handler.Result, diag.List) {
	t.Helper()
	machine, err := target.Load(board)
	if err != nil {
		t.Fatal(err)
	}
	p, err := load.Load(load.Config{Dir: filepath.Dir(file), Patterns: []string{file}, GOARCH: machine.GOARCH,
		Tags: append(machine.Tags, "gc.marksweep"), CacheDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	inits := initeval.Evaluate(p)
	r, err := reach.Analyze(p, inits, reach.Options{})
	if err != nil {
		t.Fatal(err)
	}
	e := escape.Analyze(p, r, escape.MaxObject)
	found := handler.Find(p, r, machine)
	out, err := lower.Lower(lower.Input{Target: machine, Program: p, Reach: r, Escape: e, Initeval: inits, Handlers: found, Opt: "z"})
	if err != nil {
		t.Fatal(err)
	}
	var list diag.List
	if err := found.Check(p, callgraph.New(p, r, out.RuntimeCalls), e, machine); err != nil && !errors.As(err, &list) {
		t.Fatalf("%T is no list: %v", err, err)
	}
	return p, found, list
}

// TestErrors compares what is reported about the programs in testdata with the comments on their lines: `// ERROR regexp`, several
// separated by " AND ".
func TestErrors(t *testing.T) {
	files, err := filepath.Glob("testdata/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no programs: %v", err)
	}
	for _, file := range files {
		for _, board := range []string{"mps2-an385", "riscv-virt"} {
			t.Run(filepath.Base(file)+"/"+board, func(t *testing.T) {
				abs, err := filepath.Abs(file)
				if err != nil {
					t.Fatal(err)
				}
				text, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				_, _, list := analyze(t, board, abs)
				compare(t, list, expected(string(text), board))
			})
		}
	}
}

var comment = regexp.MustCompile(`// ERROR(\(\S+\))? (.*)`)

// expected are the expressions by line. A board in parentheses limits a comment to it.
func expected(text, board string) map[int][]string {
	want := map[int][]string{}
	for i, line := range strings.Split(text, "\n") {
		if m := comment.FindStringSubmatch(line); m != nil && (m[1] == "" || m[1] == "("+board+")") {
			want[i+1] = strings.Split(m[2], " AND ")
		}
	}
	return want
}

func compare(t *testing.T, list diag.List, want map[int][]string) {
	t.Helper()
	for _, d := range list {
		found := false
		for i, expr := range want[d.Pos.Line] {
			if regexp.MustCompile(expr).MatchString(d.Text) {
				want[d.Pos.Line] = append(want[d.Pos.Line][:i:i], want[d.Pos.Line][i+1:]...)
				found = true
				break
			}
		}
		if !found {
			t.Errorf("not expected: %s", d.Pos.String()+": "+d.Text)
		}
		if d.Hint == "" {
			t.Errorf("%v: no hint", d.Pos)
		}
	}
	for line, exprs := range want {
		for _, expr := range exprs {
			t.Errorf("line %d: nothing matches %s", line, expr)
		}
	}
}

func TestHandlers(t *testing.T) {
	file := filepath.Join(t.TempDir(), "main.go")
	source := `package main

import "runtime/interrupt"

type device struct{ n int }

func (d *device) handle(interrupt.Interrupt) { d.n++ }

var d device

var early = interrupt.New(9, plain)

func plain(interrupt.Interrupt) {}

func main() {
	interrupt.New(3, d.handle)
	interrupt.New(2, func(i interrupt.Interrupt) { d.n = i.Number() })
	interrupt.New(9, plain)
	early.Enable()
	first := interrupt.New(4, plain)
	first.SetPriority(0x60)
	first.Enable()
	late := interrupt.New(5, plain)
	late.Enable()
	late.SetPriority(0x60)
	println(d.n)
}
`
	if err := os.WriteFile(file, []byte(source), 0o666); err != nil {
		t.Fatal(err)
	}
	p, found, list := analyze(t, "mps2-an385", file)
	if len(list) > 0 {
		t.Fatal(list)
	}
	want := []struct {
		num      int
		fn       string
		receiver bool
	}{{2, "main.main.func1", false}, {3, "main.(*device).handle", true}, {4, "main.plain", false}, {5, "main.plain", false}, {9, "main.plain", false}}
	if len(found.Handlers) != len(want) {
		t.Fatalf("%d handlers", len(found.Handlers))
	}
	for i, h := range found.Handlers {
		if name := p.SymbolName(h.Func); h.Num != want[i].num || name != want[i].fn || (h.Receiver != nil) != want[i].receiver {
			t.Errorf("handler %d is %d %s, receiver %v", i, h.Num, name, h.Receiver)
		}
	}
	if got, want := found.Levels(p), (map[int]int{2: 0x80, 3: 0x80, 4: 0x60, 9: 0x80}); !maps.Equal(got, want) {
		t.Errorf("levels %v, want %v", got, want)
	}
}
