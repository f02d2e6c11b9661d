package escape

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"mote/compiler/initeval"
	"mote/compiler/reach"
)

// maxCandidates bounds the functions that one call may run; beyond it the call is taken for one of which nothing is known.
const maxCandidates = 200

// candidates finds functions by name and signature. The name is empty for func values.
type candidates struct {
	byName map[string]*typeutil.Map // name -> *types.Signature -> *entry
}

type entry struct {
	fns  []*ssa.Function
	have map[*ssa.Function]bool
	node *node // once asked for
}

func (c *candidates) at(name string, sig *types.Signature, create bool) *entry {
	m := c.byName[name]
	if m == nil {
		if !create {
			return nil
		}
		m = new(typeutil.Map)
		c.byName[name] = m
	}
	e, _ := m.At(sig).(*entry)
	if e == nil && create {
		e = &entry{have: make(map[*ssa.Function]bool)}
		m.Set(sig, e)
	}
	return e
}

func (c *candidates) put(name string, sig *types.Signature, fn *ssa.Function) {
	if e := c.at(name, sig, true); !e.have[fn] {
		e.have[fn] = true
		e.fns = append(e.fns, fn)
	}
}

// collect finds the methods and the functions used as values in everything reached.
func (a *analysis) collect(r *reach.Result) {
	a.methods = &candidates{byName: make(map[string]*typeutil.Map)}
	a.values = &candidates{byName: make(map[string]*typeutil.Map)}
	var ops [8]*ssa.Value
	for _, fn := range a.funcs {
		if recv := fn.Signature.Recv(); recv != nil {
			a.methods.put(fn.Name(), fn.Signature, fn)
			if fn.Name() == "Method" && types.TypeString(recv.Type(), nil) == "reflect.Value" {
				a.openFuncs = true // makes func values of methods
			}
		}
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				a.collectValues(in, ops[:0])
			}
		}
	}
	for _, o := range r.Objects {
		a.collectStatic(o.Value)
	}
}

// collectValues finds functions that an instruction uses other than by calling them.
func (a *analysis) collectValues(in ssa.Instruction, ops []*ssa.Value) {
	var callee *ssa.Value
	if c, ok := in.(ssa.CallInstruction); ok {
		callee = &c.Common().Value
	}
	for _, op := range in.Operands(ops) {
		if op == callee {
			continue
		}
		if fn, ok := (*op).(*ssa.Function); ok {
			a.values.put("", fn.Signature, fn)
		}
	}
}

// collectStatic finds functions in static data.
func (a *analysis) collectStatic(v initeval.Value) {
	switch v := v.(type) {
	case *initeval.Func:
		a.values.put("", v.Fn.Signature, v.Fn)
		for _, b := range v.Bindings {
			a.collectStatic(b)
		}
	case *initeval.Aggregate:
		for _, e := range v.Elems {
			a.collectStatic(e)
		}
	case *initeval.Iface:
		a.collectStatic(v.Val)
	}
}

// implementations returns the group of methods that an interface call of m may run. A type whose method is not among the reached
// functions is never in an interface.
func (a *analysis) implementations(m *types.Func) *node {
	return a.group(a.methods.at(m.Name(), m.Signature(), true), true)
}

// dynamicCallees returns the group of functions that a call of a func value may run, or nil if that is not known.
func (a *analysis) dynamicCallees(sig *types.Signature) *node {
	if a.openFuncs {
		return nil
	}
	return a.group(a.values.at("", sig, true), false)
}

// group returns the node for all functions of e; nil if there are none or too many, and so nothing is known.
func (a *analysis) group(e *entry, methods bool) *node {
	if e.node != nil || len(e.fns) == 0 || len(e.fns) > maxCandidates {
		return e.node
	}
	n := &node{users: make(map[*node]bool)}
	e.node = n
	for _, fn := range e.fns {
		m := a.enter(fn)
		m.users[n] = true
		n.members = append(n.members, m)
		if methods {
			n.bump = append(n.bump, a.bump(fn))
		}
	}
	sig := e.fns[0].Signature
	params := sig.Params().Len()
	if methods {
		params++
	}
	n.sum = newSummary(params, sig.Results().Len())
	n.sum = n.join()
	return n
}

// bump is how many pointers an interface value is away from the receiver that it gives to fn.
func (a *analysis) bump(fn *ssa.Function) int8 {
	if a.types.direct(fn.Signature.Recv().Type()) {
		return 0
	}
	return 1
}
