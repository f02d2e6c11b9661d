package reach

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// gates are facts about the program that, once true, let reflection reach more. Each is opened by the functions of package
// reflect that make it true, so a program pays only for the reflection that it does.
type gates struct {
	reflection bool // any code of package reflect runs
	pointerTo  bool // reflection makes pointer types
	implements bool // reflection asks whether types implement interfaces
	lookup     bool // methods are looked up by computed names or by number
	call       bool // reflect.Value.Call
	makeFunc   bool // reflect.MakeFunc and method values
	names      map[string]bool

	applied struct {
		reflection, pointerTo, implements, lookup bool
		names                                     int
	}
}

// watch opens the gates that fn stands for.
func (g *gates) watch(fn *ssa.Function) {
	if fn.Pkg == nil || fn.Parent() != nil {
		return
	}
	path := fn.Pkg.Pkg.Path()
	if path == "internal/reflectlite" && fn.Name() == "implements" {
		g.implements = true
	}
	if path != "reflect" || fn.Synthetic != "" || strings.HasPrefix(fn.Name(), "init") {
		return
	}
	g.reflection = true
	switch fn.Name() {
	case "ptrTo":
		g.pointerTo = true
	case "implements":
		g.implements = true
	case "call":
		g.call = fn.Signature.Recv() != nil || g.call
	case "MakeFunc", "makeMethodValue":
		g.makeFunc = true
	}
}

// openGates applies to what was reached before those gates that were opened since; it reports whether there were any.
func (a *analysis) openGates() bool {
	g := &a.gates
	changed := false
	children := g.reflection && !g.applied.reflection ||
		g.pointerTo && !g.applied.pointerTo || g.implements && !g.applied.implements
	g.applied.reflection, g.applied.pointerTo, g.applied.implements = g.reflection, g.pointerTo, g.implements
	if children && g.reflection {
		changed = true
		for i := 0; i < len(a.types.list); i++ {
			if info := a.types.list[i]; info.boxed {
				a.boxChildren(info)
			}
		}
	}
	if g.lookup && !g.applied.lookup || len(g.names) > g.applied.names {
		g.applied.lookup, g.applied.names = g.lookup, len(g.names)
		changed = true
		a.keepLookedUp()
	}
	return changed
}

// keepLookedUp keeps the methods that reflection can find.
func (a *analysis) keepLookedUp() {
	for i := 0; i < len(a.types.list); i++ {
		info := a.types.list[i]
		if !info.boxed {
			continue
		}
		for _, sel := range info.methods {
			if name := sel.Obj().Name(); a.gates.lookup && sel.Obj().Exported() || a.gates.names[name] {
				a.keep(info, sel)
			}
		}
	}
}

// lookup notes a use of reflection's Method or MethodByName outside package reflect. args are nil when it is not a plain call.
func (a *analysis) lookup(caller *ssa.Function, m *types.Func, args []ssa.Value) {
	if m == nil || m.Name() != "Method" && m.Name() != "MethodByName" || !returnsReflectMethod(m) {
		return
	}
	for f := caller; f != nil; f = f.Parent() {
		if f.Pkg != nil && f.Pkg.Pkg.Path() == "reflect" {
			return
		}
	}
	if m.Name() == "MethodByName" && len(args) > 0 {
		if c, ok := args[len(args)-1].(*ssa.Const); ok && c.Value != nil {
			a.lookupName(strings.Trim(c.Value.ExactString(), `"`))
			return
		}
	}
	a.gates.lookup = true
}

func (a *analysis) lookupName(name string) {
	if a.gates.names == nil {
		a.gates.names = map[string]bool{}
	}
	a.gates.names[name] = true
}

// returnsReflectMethod tells reflect.Type's and reflect.Value's lookups from other methods of these names.
func returnsReflectMethod(m *types.Func) bool {
	results := m.Signature().Results()
	if results.Len() == 0 {
		return false
	}
	n, ok := types.Unalias(results.At(0).Type()).(*types.Named)
	if !ok || n.Obj().Pkg() == nil || n.Obj().Pkg().Path() != "reflect" {
		return false
	}
	return n.Obj().Name() == "Method" || n.Obj().Name() == "Value"
}
