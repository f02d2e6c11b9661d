package reach

import (
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"mote/compiler/rtype"
)

// typeTable gives each type identity one entry. The pointer map in front saves hashing types that were seen before.
type typeTable struct {
	fast map[types.Type]*typeInfo
	byID typeutil.Map
	list []*typeInfo
}

// typeInfo is what is known of one type.
type typeInfo struct {
	typ     types.Type
	level   rtype.Level // how much of its descriptor is reached
	boxed   bool        // values of it can be in interfaces
	whole   bool        // its parts are described too
	methods []*types.Selection
}

func (t *typeTable) of(typ types.Type) *typeInfo {
	if info := t.fast[typ]; info != nil {
		return info
	}
	u := types.Unalias(typ)
	info, ok := t.byID.At(u).(*typeInfo)
	if !ok {
		info = &typeInfo{typ: u}
		t.byID.Set(u, info)
		t.list = append(t.list, info)
	}
	t.fast[typ] = info
	return info
}

// find is of without making an entry. It is for after the analysis, when the table no longer grows.
func (t *typeTable) find(typ types.Type) *typeInfo {
	if info := t.fast[typ]; info != nil {
		return info
	}
	info, _ := t.byID.At(types.Unalias(typ)).(*typeInfo)
	return info
}

// allocate reaches as much of t's descriptor as the allocator and the collector look at.
func (a *analysis) allocate(t types.Type) *typeInfo {
	info := a.types.of(t)
	if info.level < rtype.LevelData {
		info.level = rtype.LevelData
		if rtype.MaskOnDemand(a.prog.Sizes, info.typ) {
			a.describe(info.typ)
		}
	}
	return info
}

// describe reaches the whole descriptor of t, and those that package runtime gets to from it.
func (a *analysis) describe(t types.Type) *typeInfo {
	info := a.types.of(t)
	if info.level == rtype.LevelFull {
		return info
	}
	info.level = rtype.LevelFull
	if eq, generated := a.symbols.EqualFunc(info.typ); eq != "" {
		a.equality(info.typ, eq, generated)
	}
	switch u := info.typ.Underlying().(type) {
	case *types.Map:
		a.hashing(u.Key())
		a.describe(u.Key())
		if rtype.HashMightPanic(u.Key()) {
			a.describeParts(u.Key()) // looked through for what cannot be hashed
		}
		a.allocate(u.Elem())
	case *types.Chan:
		a.allocate(u.Elem())
	case *types.Interface:
		for _, sig := range rtype.Children(info.typ) {
			a.allocate(sig) // compared by address only
		}
	case *types.Array, *types.Struct:
		if rtype.MaskOnDemand(a.prog.Sizes, info.typ) {
			for _, child := range rtype.Children(info.typ) {
				a.describe(child)
			}
		}
	}
	return info
}

// box notes that values of t can be in interfaces: its methods can be called and reflection can reach its parts.
func (a *analysis) box(t types.Type) {
	info := a.describe(t)
	if info.boxed {
		return
	}
	info.boxed = true
	if b, ok := info.typ.Underlying().(*types.Basic); ok && b.Info()&(types.IsFloat|types.IsComplex) != 0 {
		a.gates.floats = true
	}
	info.methods = rtype.MethodSet(&a.prog.SSA.MethodSets, info.typ)
	a.watchMethods(info)
	a.expand(info)
}

// expand follows cmd/link: code that has a value in an interface can take its parts out, some of them into interfaces of
// their own. What it can take depends on the accessors that are reached.
func (a *analysis) expand(info *typeInfo) {
	g := &a.gates
	switch u := info.typ.Underlying().(type) {
	case *types.Signature:
		a.expandIf(g.signatures, rtype.Children(u))
	case *types.Interface:
		a.expandIf(g.lookup, rtype.Children(u))
		if g.implements {
			a.callMethodsOf(u)
		}
	case *types.Array:
		a.expandIf(g.reflection, []types.Type{u.Elem()})
		a.expandIf(g.slicing, []types.Type{types.NewSlice(u.Elem())})
	default:
		a.expandIf(g.reflection, rtype.Children(u))
	}
	if g.typehash && rtype.AlgOf(a.prog.Sizes, info.typ) == rtype.AlgSpecial {
		a.describeParts(info.typ)
	}
	if g.elem {
		for _, child := range rtype.Children(info.typ) {
			a.describe(child)
		}
	}
	if g.pointerTo {
		a.boxPointer(info)
	}
}

func (a *analysis) expandIf(open bool, children []types.Type) {
	if open {
		for _, child := range children {
			a.box(child)
		}
	}
}

// describeParts describes t and, for hashing of values by their descriptors, what it is made of.
func (a *analysis) describeParts(t types.Type) {
	if info := a.types.of(t); info.level == rtype.LevelFull && info.whole {
		return
	}
	info := a.describe(t)
	info.whole = true
	for _, part := range parts(t) {
		a.describeParts(part)
	}
}

// boxPointer keeps *T with T when reflection makes pointers: a pointer type made at run time would lack the methods.
func (a *analysis) boxPointer(info *typeInfo) {
	if n, ok := info.typ.(*types.Named); ok && !types.IsInterface(n) {
		a.box(types.NewPointer(n))
	}
}

// equality reaches what comparing two values of t through its descriptor calls.
func (a *analysis) equality(t types.Type, name string, generated bool) {
	if !generated {
		a.symbol(name)
		return
	}
	a.compare(t)
}

// symbol reaches a function by linker symbol.
func (a *analysis) symbol(name string) {
	if fn := a.prog.Funcs[name]; fn != nil {
		a.function(fn)
	}
}

// compare reaches what inline or generated comparison of t calls.
func (a *analysis) compare(t types.Type) {
	switch rtype.AlgOf(a.prog.Sizes, t) {
	case rtype.AlgMem, rtype.AlgString:
		a.runtime("memequal")
	case rtype.AlgInterface:
		a.runtime("ifaceeq")
	case rtype.AlgEface:
		a.runtime("efaceeq")
	case rtype.AlgSpecial:
		a.runtime("memequal")
		for _, part := range parts(t) {
			a.compare(part)
		}
	}
}

// hashing reaches what hashing a t as a map key calls.
func (a *analysis) hashing(t types.Type) {
	name, generated := a.symbols.HashFunc(t)
	if !generated {
		a.symbol(name)
		return
	}
	a.runtime("memhash")
	if rtype.AlgOf(a.prog.Sizes, t) == rtype.AlgSpecial {
		for _, part := range parts(t) {
			a.hashing(part)
		}
	}
}

// parts are the types of the elements or fields of an array or struct.
func parts(t types.Type) []types.Type {
	switch u := t.Underlying().(type) {
	case *types.Array:
		return []types.Type{u.Elem()}
	case *types.Struct:
		var out []types.Type
		for f := range u.Fields() {
			out = append(out, f.Type())
		}
		return out
	}
	return nil
}
