package callgraph_test

import (
	"testing"

	"mote/compiler/callgraph"
)

const runsProgram = `package main

import "mote/rtos"

type worker interface{ work() }
type one struct{}

//go:noinline
func (one) work() {}

var (
	w worker = one{}
	n int
	f = kept
)

//go:noinline
func kept() {}
//go:noinline
func once() { twice() }
//go:noinline
func twice() {}
//go:noinline
func looped() { inner() }
//go:noinline
func inner() {}
//go:noinline
func recursive() { if n++; n < 3 { recursive() } }
//go:noinline
func value(f func()) { f() }
//go:noinline
func passed() {}
//go:noinline
func deferred() {}
//go:noinline
func started() {}
//go:noinline
func task() {}
//go:noinline
func taskAndValue() {}
//go:noinline
func atInit() {}
//go:noinline
func behindGoto() {}

func init() { println(n); atInit() }

func main() {
	once()
	twice()
	for range 3 {
		looped()
		defer func() {}()
	}
	recursive()
	value(passed)
	f()
	defer deferred()
	go started()
	go func() { n++ }()
	func() { n++ }()
	rtos.Go(rtos.Task{}, task)
	rtos.Go(rtos.Task{}, taskAndValue)
	value(taskAndValue)
	captured := n
	rtos.Go(rtos.Task{}, func() { n += captured })
	w.work()
again:
	if n++; n < 10 {
		behindGoto()
		goto again
	}
}
`

func TestRuns(t *testing.T) {
	p, g := build(t, runsProgram)
	runs := g.Runs()
	for name, want := range map[string]int64{
		"main.main": 1, "main.once": 1, "main.twice": 2, "main.atInit": 1, "main.deferred": 1, "main.started": 1, "main.task": 1,
		"main.looped": callgraph.Many, "main.inner": callgraph.Many, "main.recursive": callgraph.Many, "main.passed": callgraph.Many,
		"main.kept": callgraph.Many, "main.taskAndValue": callgraph.Many, "main.one.work": callgraph.Many, "main.behindGoto": callgraph.Many,
		"main.main.func1": callgraph.Many, "main.main.func2": 1, "main.main.func3": 1, "main.main.func4": 1,
	} {
		fn := p.Funcs[name]
		for _, literal := range p.Funcs["main.main"].AnonFuncs {
			if p.SymbolName(literal) == name {
				fn = literal
			}
		}
		if fn == nil {
			t.Errorf("no %s", name)
		} else if got := runs.Of(fn); got != want {
			t.Errorf("%s runs %d times, want %d", name, got, want)
		}
	}
}
