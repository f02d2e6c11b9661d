package reach

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"mote/compiler/initeval"
	"mote/compiler/load"
	"mote/compiler/rtype"
	"mote/internal/diag"
)

// Options select what an image starts with.
type Options struct {
	// Entry are further functions, by linker symbol, that something outside Go's code starts (tests of single stages).
	Entry []string
}

// Analyze computes what p can reach from its entry points. Its error is a diag.List about functions that have no body anywhere.
func Analyze(p *load.Program, ev *initeval.Result, opts Options) (*Result, error) {
	a := newAnalysis(p, ev)
	a.addRoots(opts)
	a.run()
	if len(a.errs) > 0 {
		return nil, a.errs.Sort()
	}
	a.markReadOnly()
	return a.result(), nil
}

// analysis is the state of one Analyze: worklists and what was found so far.
type analysis struct {
	prog *load.Program
	ev   *initeval.Result
	res  *Result
	errs diag.List

	work     []*ssa.Function
	resolved map[*ssa.Function]bool // all functions seen, also those without a body of their own
	globals  map[*ssa.Global]bool
	objects  map[*initeval.Object]bool
	inits    map[*load.Init]bool
	pure     map[*types.Var]*load.Init // variable -> the residual initialiser that is run only for it

	types   typeTable
	itabs   map[itabKey]bool
	called  map[methodKey]bool
	waiting map[methodKey][]pendingMethod
	kept    map[keptKey]bool
	symbols *rtype.Symbols

	gates gates
}

func newAnalysis(p *load.Program, ev *initeval.Result) *analysis {
	if ev == nil {
		ev = &initeval.Result{}
	}
	a := &analysis{
		prog:     p,
		ev:       ev,
		res:      &Result{InInterface: new(typeutil.Map), Roots: map[*ssa.Function]bool{}, FuncSet: map[*ssa.Function]bool{}},
		resolved: map[*ssa.Function]bool{},
		globals:  map[*ssa.Global]bool{},
		objects:  map[*initeval.Object]bool{},
		inits:    map[*load.Init]bool{},
		pure:     map[*types.Var]*load.Init{},
		itabs:    map[itabKey]bool{},
		called:   map[methodKey]bool{},
		waiting:  map[methodKey][]pendingMethod{},
		kept:     map[keptKey]bool{},
		symbols:  rtype.NewSymbols(p.Sizes, p.Fset),
	}
	a.types.fast = map[types.Type]*typeInfo{}
	for _, init := range ev.Residual {
		if ev.Pure[init] {
			for _, v := range init.Lhs {
				a.pure[v] = init
			}
		}
	}
	return a
}

// addRoots reaches what runs or must exist whatever the program says.
func (a *analysis) addRoots(opts Options) {
	a.root(a.prog.Funcs["runtime.start"])
	if a.prog.Main != nil && a.prog.Main.SSA != nil {
		a.function(a.prog.Main.SSA.Func("main"))
	}
	for _, name := range opts.Entry {
		a.root(a.prog.Funcs[name])
	}
	for _, pkg := range a.prog.Packages {
		a.addDirectiveRoots(pkg)
	}
	for _, init := range a.ev.Residual {
		if !a.ev.Pure[init] {
			a.init(init)
		}
	}
}

func (a *analysis) root(fn *ssa.Function) {
	if fn != nil {
		a.res.Roots[fn] = true
		a.function(fn)
	}
}

// run visits functions until nothing new turns up.
func (a *analysis) run() {
	for {
		for len(a.work) > 0 {
			fn := a.work[len(a.work)-1]
			a.work = a.work[:len(a.work)-1]
			a.visit(fn)
		}
		if !a.openGates() && !a.openOptional() {
			return
		}
	}
}

// function reaches fn: itself when it has a body, otherwise whatever defines its symbol.
func (a *analysis) function(fn *ssa.Function) {
	if fn == nil || a.resolved[fn] || a.postpone(fn) {
		return
	}
	a.resolved[fn] = true
	if fn.Blocks == nil {
		a.bodyless(fn)
		return
	}
	a.add(fn)
}

// add puts a function into the result and visits it later.
func (a *analysis) add(fn *ssa.Function) {
	if a.res.FuncSet[fn] {
		return
	}
	a.res.FuncSet[fn] = true
	a.res.Funcs = append(a.res.Funcs, fn)
	a.prog.NoteInstance(fn)
	a.gates.watch(fn)
	a.directives(fn)
	if fn.Blocks != nil {
		a.work = append(a.work, fn)
	}
}

// runtime reaches a function of package runtime by name. A missing one is reported by lowering, when it is really needed.
func (a *analysis) runtime(name string) {
	if fn := a.prog.Funcs["runtime."+name]; fn != nil {
		a.function(fn)
	}
}

// init reaches a residual initialiser.
func (a *analysis) init(init *load.Init) {
	if !a.inits[init] {
		a.inits[init] = true
		a.function(init.Fn)
	}
}

// result puts what was found in order.
func (a *analysis) result() *Result {
	for _, init := range a.ev.Residual {
		if a.inits[init] {
			a.res.Inits = append(a.res.Inits, init)
		}
	}
	for _, info := range a.types.list {
		if info.level != rtype.LevelNone {
			a.res.Descriptors = append(a.res.Descriptors, info.typ)
		}
		if info.boxed {
			a.res.InInterface.Set(info.typ, true)
		}
	}
	a.res.Methods = func(t types.Type, m *types.Selection) bool {
		info := a.types.find(t)
		return info != nil && a.kept[keptKey{info, m.Obj().Id()}]
	}
	a.res.level = func(t types.Type) rtype.Level {
		if info := a.types.find(t); info != nil {
			return info.level
		}
		return rtype.LevelNone
	}
	a.res.ReflectCall, a.res.MakeFunc, a.res.MethodValues = a.gates.call || a.gates.valueMethod, a.gates.makeFunc, a.gates.valueMethod
	a.res.Callers, a.res.Floats = a.gates.callers, a.gates.floats
	return a.res
}
