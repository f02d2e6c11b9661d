// Package callgraph says which functions the code of a lowered program can call, and by which way one gets from here to there.
//
// The direct calls and the calls through interfaces and func values come from go/ssa; the calls of package runtime that the
// source does not show (allocations, channel operations, panics) come from lowering, which made them: so what the graph says is
// what the code does, optimisation by LLVM aside. A call through an interface may run the method of every type that is converted
// to an interface, a call of a func value every function of that type whose address is taken. Checks of what code may do
// (compiler/noheap, compiler/handler) are searches in it. Start reading at New and Graph.Search.
package callgraph

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"mote/compiler/load"
	"mote/compiler/reach"
)

// Kind says how a call gets to its callee.
type Kind uint8

const (
	Direct    Kind = iota // by name, deferred calls included
	Runtime               // made by lowering
	Interface             // the callee is one of several methods
	Value                 // the callee is one of several functions
	Started               // by a go statement: it runs in another goroutine
	Made                  // no call: a func value of the callee is made here, and called who knows where
)

// Call is an edge of the graph.
type Call struct {
	Kind   Kind
	Caller *ssa.Function
	Callee *ssa.Function   // one with a body, or in assembly
	Site   ssa.Instruction // in Caller; nil for what runs when it is entered
}

// RuntimeCall is a call of package runtime that the source does not show and lowering puts into the code of an instruction.
type RuntimeCall struct {
	Instr  ssa.Instruction // nil for what a function does when it is entered
	Callee *ssa.Function
}

// Graph is the calls of a program. It is filled as it is asked.
type Graph struct {
	prog    *load.Program
	reached *reach.Result
	symbols map[string]*ssa.Function
	runtime map[*ssa.Function][]RuntimeCall
	calls   map[*ssa.Function][]Call
	static  map[*ssa.Function]bool         // static data holds func values of them
	values  *typeutil.Map                  // *types.Signature -> []*ssa.Function
	boxed   map[string][]method            // methods of types in interfaces, by id
	invoked map[invocation][]*ssa.Function // candidates, once asked for
}

// method is one of a type that is converted to an interface.
type method struct {
	recv types.Type
	fn   *ssa.Function
}

type invocation struct {
	iface types.Type
	id    string
}

// New makes the graph of a program from what reach found and the calls that lowering made, by caller (lower.Output).
func New(p *load.Program, r *reach.Result, runtime map[*ssa.Function][]RuntimeCall) *Graph {
	g := &Graph{
		prog: p, reached: r, runtime: runtime,
		calls: map[*ssa.Function][]Call{}, invoked: map[invocation][]*ssa.Function{},
		static: map[*ssa.Function]bool{}, symbols: map[string]*ssa.Function{},
	}
	for _, fn := range r.Funcs {
		g.symbols[p.SymbolName(fn)] = fn
	}
	g.collectMethods()
	g.collectValues()
	return g
}

// Own tells whether fn is the user's, or of a module that the user imports: not of std, the port or the packages for firmware.
// Instances and closures belong to where they are written.
func (g *Graph) Own(fn *ssa.Function) bool {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	if o := fn.Origin(); o != nil {
		fn = o
	}
	if fn.Pkg == nil {
		return g.ownReceiver(fn)
	}
	pkg := g.prog.ByTypes[fn.Pkg.Pkg]
	return pkg != nil && !pkg.Standard
}

// ownReceiver: the wrappers of methods belong to no package; one goes by what it wraps.
func (g *Graph) ownReceiver(fn *ssa.Function) bool {
	if fn.Object() == nil {
		return false
	}
	pkg := g.prog.PackageOf(fn.Object())
	return pkg != nil && !pkg.Standard
}

// Calls are the calls in the code of fn, in its order, those of lowering behind those of the source.
func (g *Graph) Calls(fn *ssa.Function) []Call {
	if calls, ok := g.calls[fn]; ok {
		return calls
	}
	l := lister{g: g, fn: fn}
	for _, b := range reach.LiveBlocks(fn) {
		for _, in := range b.Instrs {
			l.instruction(in)
		}
	}
	for _, c := range g.runtime[fn] {
		l.add(Runtime, c.Callee, c.Instr)
	}
	l.assembly()
	g.calls[fn] = l.calls
	return l.calls
}
