// Package lower turns the reached part of a program from go/ssa form into LLVM modules, one per Go package.
//
// It follows doc/spec/abi.md to the letter and knows memory only by byte offsets: LLVM never lays out a Go type. It does not
// optimise what LLVM does better; it does decide what LLVM cannot know (what is on the stack, which nil checks are superfluous).
// Each instruction of go/ssa is lowered by a function lowerX in the file named after the feature; emitX functions append IR.
// The same input gives the same text. An internal failure panics with the function and instruction attached.
//
// Start reading at Lower, then function.go and instruction.go.
package lower

import (
	"sort"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/callgraph"
	"mote/compiler/escape"
	"mote/compiler/handler"
	"mote/compiler/initeval"
	"mote/compiler/llvm"
	"mote/compiler/load"
	"mote/compiler/reach"
	"mote/internal/diag"
	"mote/target"
)

// Input is everything that lowering reads. All of it is ready and is not changed.
type Input struct {
	Target   *target.Target
	Program  *load.Program
	Reach    *reach.Result
	Escape   *escape.Result // nil: everything that escapes syntactically is on the heap
	Initeval *initeval.Result
	Handlers *handler.Result // nil: none
	Opt      string          // "z", "s" or "2"
	NoHeap   bool            // variables and temporaries up to escape.MaxObjectNoHeap are in frames
}

// Output is the program as LLVM IR.
type Output struct {
	Modules []Module // ordered by package path
	// Unreached are functions that lowered code calls but reach did not find. They are lowered too;
	// each one is a gap in reach, and tests check that there is none.
	Unreached []*ssa.Function
	// RuntimeCalls are the calls of package runtime that the source does not show, by the function that makes them, in order.
	RuntimeCalls map[*ssa.Function][]callgraph.RuntimeCall
	// Starts is all code that starts goroutines, apart from what the runtime does for itself.
	Starts []Start
}

// Module is one module's text.
type Module struct {
	Path string // import path, or "go" for what belongs to no package
	Text string
}

// sharedModule holds what belongs to no package: descriptors, itabs, generated equality, runtime_inittasks.
const sharedModule = "go"

// lowerer is the state of lowering one program.
type lowerer struct {
	Input
	types    *typemap
	modules  map[string]*module
	sigs     map[sigKey]*signature
	queue    []*ssa.Function // to lower, in order
	queued   map[*ssa.Function]bool
	unlisted []*ssa.Function // queued although not in Reach
	attrs    []string        // attributes of every function
	sinks    map[*ssa.Global]bool
	errs     diag.List
	runtime  map[*ssa.Function][]callgraph.RuntimeCall // made so far
	starts   []Start

	descriptors descriptorState
	static      staticState
}

// Lower lowers the reached functions and static data. Its error is a diag.List about the user's program.
func Lower(in Input) (*Output, error) {
	l := newLowerer(in)
	for _, fn := range in.Reach.Funcs {
		l.demand(fn)
	}
	l.unlisted = nil
	l.lowerStatic()
	l.lowerInittasks()
	l.lowerHandlers()
	l.lowerQueue()
	for l.finishStatic() {
		l.lowerQueue()
	}
	if len(l.errs) > 0 {
		return nil, l.errs.Sort()
	}
	return l.output(), nil
}

func newLowerer(in Input) *lowerer {
	l := &lowerer{
		Input:   in,
		types:   newTypemap(in.Program.Sizes),
		modules: map[string]*module{},
		sigs:    map[sigKey]*signature{},
		queued:  map[*ssa.Function]bool{},
		attrs:   functionAttrs(in.Target, in.Opt),
		sinks:   sinks(in),
		runtime: map[*ssa.Function][]callgraph.RuntimeCall{},
	}
	if in.Reach.Callers {
		l.attrs = append(l.attrs, callersAttrs()...)
	}
	return l
}

// demand queues fn for lowering if it has a body and is not queued yet.
func (l *lowerer) demand(fn *ssa.Function) {
	if len(fn.Blocks) == 0 {
		l.demandIntrinsic(fn)
		return
	}
	if l.queued[fn] {
		return
	}
	l.queued[fn] = true
	l.queue = append(l.queue, fn)
	l.unlisted = append(l.unlisted, fn)
}

func (l *lowerer) lowerQueue() {
	for len(l.queue) > 0 {
		fn := l.queue[0]
		l.queue = l.queue[1:]
		if len(fn.Blocks) == 0 {
			l.moduleOf(fn).lowerIntrinsic(fn)
			continue
		}
		l.moduleOf(fn).lowerFunction(fn)
	}
}

func (l *lowerer) output() *Output {
	out := &Output{Unreached: l.unlisted, RuntimeCalls: l.runtime, Starts: l.starts}
	for path, m := range l.modules {
		out.Modules = append(out.Modules, Module{Path: path, Text: m.ir.String()})
	}
	sort.Slice(out.Modules, func(i, j int) bool { return out.Modules[i].Path < out.Modules[j].Path })
	return out
}

// module is one Go package on its way to an LLVM module.
type module struct {
	l     *lowerer
	path  string
	ir    *llvm.Module
	debug debugState
	pool  constPool
}

// module returns the module of that path, made on first use.
func (l *lowerer) module(path string) *module {
	m := l.modules[path]
	if m == nil {
		m = &module{l: l, path: path, ir: llvm.NewModule(path, l.Target.Triple, l.Target.DataLayout)}
		l.modules[path] = m
		m.startDebug()
	}
	return m
}

// moduleOf returns the module that fn is defined in.
func (l *lowerer) moduleOf(fn *ssa.Function) *module { return l.module(homePackage(fn)) }
