package reach

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/initeval"
)

// global reaches a variable: its static contents, and the initialiser that computes them at start if there is one.
func (a *analysis) global(g *ssa.Global) {
	if g.Object() != nil {
		g = a.prog.GlobalDefinition(g)
	}
	if a.globals[g] {
		return
	}
	a.globals[g] = true
	a.res.Globals = append(a.res.Globals, g)
	if obj := a.ev.Static[g]; obj != nil {
		a.object(obj)
	}
	if v, ok := g.Object().(*types.Var); ok {
		if init := a.pure[v]; init != nil {
			a.init(init)
		}
	}
}

// object reaches static data and everything it refers to.
func (a *analysis) object(obj *initeval.Object) {
	if a.objects[obj] {
		return
	}
	a.objects[obj] = true
	if obj.Global != nil {
		a.global(obj.Global)
	}
	a.res.Objects = append(a.res.Objects, obj)
	a.value(obj.Value, obj.Type)
}

// value reaches what a value of type t in static data refers to.
func (a *analysis) value(v initeval.Value, t types.Type) {
	switch v := v.(type) {
	case *initeval.Aggregate:
		a.aggregate(v, t)
	case *initeval.Ref:
		a.object(v.Obj)
	case *initeval.Slice:
		if v.Base != nil {
			a.object(v.Base.Obj)
		}
	case *initeval.Func:
		a.function(v.Fn)
		for i, b := range v.Bindings {
			a.value(b, v.Fn.FreeVars[i].Type())
		}
	case *initeval.Iface:
		if v.Type != nil {
			a.convert(v.Type, t)
			a.value(v.Val, v.Type)
		}
	}
}

func (a *analysis) aggregate(v *initeval.Aggregate, t types.Type) {
	switch u := t.Underlying().(type) {
	case *types.Struct:
		for i, e := range v.Elems {
			if e != nil {
				a.value(e, u.Field(i).Type())
			}
		}
	case *types.Array:
		for _, e := range v.Elems {
			if e == nil {
				continue
			}
			if _, plain := e.(*initeval.Const); plain {
				if _, basic := u.Elem().Underlying().(*types.Basic); basic {
					continue
				}
			}
			a.value(e, u.Elem())
		}
	}
}

// memberNames are the names of a package's members in a fixed order.
func memberNames(pkg *ssa.Package) []string {
	names := make([]string, 0, len(pkg.Members))
	for name := range pkg.Members {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
