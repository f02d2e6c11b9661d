package reach

import (
	"go/types"

	"mote/compiler/initeval"
)

// references records which objects static data points at, and whether at their start or into them.
func (w *writes) references(v initeval.Value, t types.Type) {
	switch v := v.(type) {
	case *initeval.Aggregate:
		switch u := t.Underlying().(type) {
		case *types.Struct:
			for i, e := range v.Elems {
				w.references(e, u.Field(i).Type())
			}
		case *types.Array:
			for _, e := range v.Elems {
				w.references(e, u.Elem())
			}
		}
	case *initeval.Ref:
		w.refer(v, t)
	case *initeval.Slice:
		if v.Base != nil {
			w.referred[v.Base.Obj] = true
			if s, ok := t.Underlying().(*types.Slice); ok && !w.isArrayOf(v.Base.Obj, s.Elem()) {
				w.interior[v.Base.Obj] = true
			}
		}
	case *initeval.Iface:
		if v.Type != nil {
			w.references(v.Val, v.Type)
		}
	case *initeval.Func:
		for i, b := range v.Bindings {
			w.references(b, v.Fn.FreeVars[i].Type())
		}
	}
}

func (w *writes) isArrayOf(obj *initeval.Object, elem types.Type) bool {
	a, ok := obj.Type.Underlying().(*types.Array)
	return ok && w.key(a.Elem()) == w.key(elem)
}

func (w *writes) refer(r *initeval.Ref, t types.Type) {
	w.referred[r.Obj] = true
	p, ok := t.Underlying().(*types.Pointer)
	if !ok || r.Offset != 0 || r.Obj.Type == nil || w.key(p.Elem()) != w.key(r.Obj.Type) {
		w.interior[r.Obj] = true
	}
}
