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
	typ       types.Type
	described bool // its descriptor is reached
	boxed     bool // values of it can be in interfaces
	methods   []*types.Selection
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

// describe reaches the descriptor of t, those it refers to and the functions in them.
func (a *analysis) describe(t types.Type) *typeInfo {
	info := a.types.of(t)
	if info.described {
		return info
	}
	info.described = true
	if eq, generated := a.symbols.EqualFunc(info.typ); eq != "" {
		a.equality(info.typ, eq, generated)
	}
	if m, ok := info.typ.Underlying().(*types.Map); ok {
		a.hashing(m.Key())
	}
	for _, child := range rtype.Children(info.typ) {
		a.describe(child)
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
	info.methods = rtype.MethodSet(&a.prog.SSA.MethodSets, info.typ)
	a.watchMethods(info)
	if a.gates.reflection {
		a.boxChildren(info)
	}
}

// boxChildren follows cmd/link: reflection can take the parts of a value in an interface out into interfaces of their own.
func (a *analysis) boxChildren(info *typeInfo) {
	for _, child := range rtype.Children(info.typ) {
		a.box(child)
	}
	if a.gates.pointerTo {
		a.boxPointer(info)
	}
	if a.gates.implements {
		if i, ok := info.typ.Underlying().(*types.Interface); ok {
			a.callMethodsOf(i)
		}
	}
}

// boxPointer keeps *T with T when reflection makes pointers and *T has methods that an anonymous copy would lack.
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
