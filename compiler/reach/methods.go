package reach

import (
	"go/types"

	"mote/compiler/rtype"
)

// methodKey identifies a method as an interface call does: by name (with the package when unexported) and type.
type methodKey struct {
	id  string
	sig *typeInfo
}

// keptKey is a method of a type that stays in its descriptor and itabs.
type keptKey struct {
	typ *typeInfo
	id  string
}

// pendingMethod is a method of a boxed type that no reached call can get to yet.
type pendingMethod struct {
	typ *typeInfo
	sel *types.Selection
}

type itabKey struct{ concrete, iface *typeInfo }

func (a *analysis) key(m *types.Func) methodKey {
	return methodKey{m.Id(), a.types.of(signatureOf(m))}
}

// signatureOf is a method's type; identity of signatures ignores the receiver.
func signatureOf(m *types.Func) types.Type { return m.Type() }

// watchMethods reaches the methods of a newly boxed type that are called already and puts the others on their waiting lists.
func (a *analysis) watchMethods(info *typeInfo) {
	for _, sel := range info.methods {
		m := sel.Obj().(*types.Func)
		key := a.key(m)
		if a.called[key] || a.gates.lookup && m.Exported() || a.gates.names[m.Name()] {
			a.keep(info, sel)
			continue
		}
		a.waiting[key] = append(a.waiting[key], pendingMethod{info, sel})
	}
}

// call notes that a method of this name and type is called through some interface.
func (a *analysis) call(m *types.Func) {
	key := a.key(m)
	if a.called[key] {
		return
	}
	a.called[key] = true
	for _, p := range a.waiting[key] {
		a.keep(p.typ, p.sel)
	}
	delete(a.waiting, key)
}

func (a *analysis) callMethodsOf(i *types.Interface) {
	for m := range i.Methods() {
		a.call(m)
	}
}

// keep reaches a method of a boxed type: its code, and its type for the descriptor.
func (a *analysis) keep(info *typeInfo, sel *types.Selection) {
	m := sel.Obj().(*types.Func)
	key := keptKey{info, m.Id()}
	if a.kept[key] {
		return
	}
	a.kept[key] = true
	a.function(a.prog.SSA.MethodValue(sel))
	if a.gates.lookup && m.Exported() {
		a.expose(info, m)
	} else {
		a.allocate(rtype.MethodType(m)) // compared by address only
	}
}

// convert notes a conversion of concrete type t to interface type target.
func (a *analysis) convert(t, target types.Type) {
	a.box(t)
	iface := target.Underlying().(*types.Interface)
	if iface.NumMethods() == 0 {
		return
	}
	key := itabKey{a.types.of(t), a.types.of(target)}
	if a.itabs[key] {
		return
	}
	a.itabs[key] = true
	a.describe(target)
	a.res.Itabs = append(a.res.Itabs, Itab{Concrete: key.concrete.typ, Interface: iface, Named: key.iface.typ})
}
