package callgraph

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"mote/compiler/initeval"
	"mote/compiler/reach"
)

// collectMethods lists the methods of all types in interfaces that are part of the program.
func (g *Graph) collectMethods() {
	g.boxed = map[string][]method{}
	for _, t := range sortedKeys(g.reached.InInterface) {
		set := g.prog.SSA.MethodSets.MethodSet(t)
		for sel := range set.Methods() {
			if types.IsInterface(t) || !g.reached.Methods(t, sel) {
				continue
			}
			id := sel.Obj().(*types.Func).Id()
			g.boxed[id] = append(g.boxed[id], method{t, g.prog.SSA.MethodValue(sel)})
		}
	}
}

// sortedKeys are the types of a set in an order that does not change from run to run.
func sortedKeys(set *typeutil.Map) []types.Type {
	keys := set.Keys()
	names := make(map[types.Type]string, len(keys))
	for _, t := range keys {
		names[t] = types.TypeString(t, nil)
	}
	slices.SortStableFunc(keys, func(a, b types.Type) int { return strings.Compare(names[a], names[b]) })
	return keys
}

// Implementations are the methods that a call of m through an interface of type iface may run.
func (g *Graph) Implementations(iface types.Type, m *types.Func) []*ssa.Function {
	key := invocation{iface, m.Id()}
	fns, ok := g.invoked[key]
	if ok {
		return fns
	}
	if i, is := iface.Underlying().(*types.Interface); is {
		for _, candidate := range g.boxed[m.Id()] {
			if types.Implements(candidate.recv, i) {
				fns = append(fns, candidate.fn)
			}
		}
	}
	g.invoked[key] = fns
	return fns
}

// Values are the functions of that type whose address is taken.
func (g *Graph) Values(sig *types.Signature) []*ssa.Function {
	fns, _ := g.values.At(plain(sig)).([]*ssa.Function)
	return fns
}

// plain is a signature without its receiver, which typeutil.Map does not look at, nor is part of a func value's type.
func plain(sig *types.Signature) *types.Signature {
	if sig.Recv() == nil {
		return sig
	}
	return types.NewSignatureType(nil, nil, nil, sig.Params(), sig.Results(), sig.Variadic())
}

// collectValues finds the functions whose address is taken, by code or static data.
func (g *Graph) collectValues() {
	g.values = new(typeutil.Map)
	seen := map[*ssa.Function]bool{}
	for _, fn := range g.reached.Funcs {
		for _, b := range reach.LiveBlocks(fn) {
			for _, in := range b.Instrs {
				if c, ok := in.(*ssa.MakeClosure); ok {
					g.value(c.Fn.(*ssa.Function), seen)
				}
				for _, f := range valueOperands(in) {
					g.value(f, seen)
				}
			}
		}
	}
	for _, o := range g.reached.Objects {
		g.staticValue(o.Value, seen)
	}
}

// Static tells whether static data holds a func value of fn: no instruction makes that, so no call of kind Made speaks of it.
func (g *Graph) Static(fn *ssa.Function) bool { return g.static[fn] }

func (g *Graph) value(fn *ssa.Function, seen map[*ssa.Function]bool) {
	fn = g.definition(fn)
	if seen[fn] {
		return
	}
	seen[fn] = true
	key := plain(fn.Signature)
	list, _ := g.values.At(key).([]*ssa.Function)
	g.values.Set(key, append(list, fn))
}

// definition is the function that has the code of fn.
func (g *Graph) definition(fn *ssa.Function) *ssa.Function {
	if def := g.prog.Definition(fn); def != nil {
		return def
	}
	return fn
}

func (g *Graph) staticValue(v initeval.Value, seen map[*ssa.Function]bool) {
	switch v := v.(type) {
	case *initeval.Func:
		g.value(v.Fn, seen)
		g.static[g.definition(v.Fn)] = true
		for _, b := range v.Bindings {
			g.staticValue(b, seen)
		}
	case *initeval.Aggregate:
		for _, e := range v.Elems {
			g.staticValue(e, seen)
		}
	case *initeval.Iface:
		g.staticValue(v.Val, seen)
	}
}
