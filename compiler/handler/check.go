package handler

import (
	"strings"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/load"
	"mote/compiler/reach"
)

// The search has two levels. Functions of the user's are looked at instruction by instruction, so that every line that is wrong
// is reported. What such a function calls in std or the port is summed up in a verdict, which is the same for all its callers.

// verdict is what a call of a function outside of the user's code can lead to.
type verdict struct {
	way   [kinds][]*ssa.Function // the shortest way to an operation of that kind; nil: there is none
	why   [kinds]string
	users []*visit // the user's functions that it calls back
}

// visit is a function on the way from a handler, with how it was reached.
type visit struct {
	fn   *ssa.Function
	from *visit
}

// way lists the functions from the first to this one.
func (v *visit) way() []*ssa.Function {
	if v == nil {
		return nil
	}
	return append(v.from.way(), v.fn)
}

// check reports everything that the handler of r must not do.
func (a *analysis) check(r root) {
	seen := map[*ssa.Function]bool{r.fn: true}
	queue := []*visit{{fn: r.fn}}
	for len(queue) > 0 {
		v := queue[0]
		queue = queue[1:]
		a.instructions(v.fn, func(in ssa.Instruction, callees []*ssa.Function) {
			a.reportOwn(r, v, in)
			for _, callee := range callees {
				for _, next := range a.callee(r, v, in, callee) {
					if !seen[next.fn] {
						seen[next.fn] = true
						queue = append(queue, next)
					}
				}
			}
		})
	}
}

// callee reports the worst that a call of fn leads to, and returns the user's functions that it runs.
func (a *analysis) callee(r root, v *visit, in ssa.Instruction, fn *ssa.Function) []*visit {
	if a.isUser(fn) {
		return []*visit{{fn, v}}
	}
	found := a.verdict(fn)
	for k := range kinds {
		if found.way[k] != nil {
			a.report(r, v, in, operation{k, found.why[k]}, found.way[k])
		}
	}
	var next []*visit
	for _, u := range found.users {
		next = append(next, graft(u, v))
	}
	return next
}

// graft is a way that began nowhere as one that goes on from v.
func graft(u, v *visit) *visit {
	if u == nil {
		return v
	}
	return &visit{u.fn, graft(u.from, v)}
}

// instructions calls do for each instruction of fn that can run, with the functions that it may call.
func (a *analysis) instructions(fn *ssa.Function, do func(in ssa.Instruction, callees []*ssa.Function)) {
	for _, b := range reach.LiveBlocks(fn) {
		for _, in := range b.Instrs {
			callees := a.runtimeCalls(in)
			if c, ok := in.(ssa.CallInstruction); ok {
				if _, starts := in.(*ssa.Go); !starts {
					fns, _ := a.dispatch.callees(c.Common())
					callees = append(callees, fns...)
				}
			}
			for i, callee := range callees {
				callees[i] = a.definition(callee)
			}
			do(in, callees)
		}
	}
}

// definition is the function that has the code of fn.
func (a *analysis) definition(fn *ssa.Function) *ssa.Function {
	if def := a.prog.Definition(fn); def != nil {
		return def
	}
	return fn
}

// verdict looks at everything outside of the user's code that a call of fn can run, nearest first.
func (a *analysis) verdict(fn *ssa.Function) *verdict {
	if v := a.verdicts[fn]; v != nil {
		return v
	}
	found := new(verdict)
	a.verdicts[fn] = found
	seen := map[*ssa.Function]bool{fn: true}
	queue := []*visit{{fn: fn}}
	for len(queue) > 0 {
		v := queue[0]
		queue = queue[1:]
		for _, next := range a.look(found, v) {
			if seen[next.fn] {
				continue
			}
			seen[next.fn] = true
			if a.isUser(next.fn) {
				found.users = append(found.users, next)
			} else {
				queue = append(queue, next)
			}
		}
	}
	return found
}

// look notes what one function does and returns what it calls.
func (a *analysis) look(found *verdict, v *visit) (next []*visit) {
	symbol := a.prog.SymbolName(v.fn)
	if op, ok := a.inherent(v.fn, symbol); ok {
		found.note(op, v)
		return nil
	}
	if a.isEnd(v.fn, symbol) {
		return nil
	}
	for _, fn := range a.declaredCalls(v.fn) {
		next = append(next, &visit{fn, v})
	}
	a.instructions(v.fn, func(in ssa.Instruction, callees []*ssa.Function) {
		for _, op := range a.operations(in) {
			found.note(op, v)
		}
		for _, fn := range callees {
			next = append(next, &visit{fn, v})
		}
	})
	return next
}

func (f *verdict) note(op operation, v *visit) {
	if f.way[op.kind] == nil {
		f.way[op.kind], f.why[op.kind] = v.way(), op.why
	}
}

// declaredCalls are the functions that the assembly of fn calls, by its //mote:calls.
func (a *analysis) declaredCalls(fn *ssa.Function) (fns []*ssa.Function) {
	if fn.Object() == nil || len(fn.Blocks) > 0 {
		return nil
	}
	d := a.prog.Directive(fn.Object(), "calls")
	if d == nil {
		return nil
	}
	for _, name := range d.Args {
		if !strings.Contains(name, ".") {
			name = fn.Pkg.Pkg.Path() + "." + name
		}
		if callee := a.prog.Funcs[name]; callee != nil {
			fns = append(fns, callee)
		}
	}
	return fns
}

// isUser tells whether fn is code whose lines are the user's business.
func (a *analysis) isUser(fn *ssa.Function) bool {
	pkg := a.home(fn)
	return pkg != nil && !pkg.Standard
}

// home is the package that fn's code belongs to; nil for wrappers that no package declares.
func (a *analysis) home(fn *ssa.Function) *load.Package {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	if o := fn.Origin(); o != nil {
		fn = o
	}
	if fn.Pkg == nil {
		return nil
	}
	return a.prog.ByTypes[fn.Pkg.Pkg]
}
