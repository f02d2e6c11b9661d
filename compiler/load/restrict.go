package load

import (
	"go/ast"
	"go/types"
)

// Restrictions of gc that are not in the language: programs that `go build` refuses are refused here, with its words.

// maxChanElem is the size in bytes that the elements of a channel must stay below.
const maxChanElem = 1 << 16

// checkRestrictions reports types of u that gc does not support.
func (l *loader) checkRestrictions(u *unit) {
	cycles := interfaceCycles{}
	for _, file := range u.pkg.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.InterfaceType:
				iface, ok := types.Unalias(u.pkg.Info.TypeOf(n)).(*types.Interface)
				if ok && cycles.through(iface) {
					u.report(l, n.Pos(), "", "invalid recursive type: anonymous interface refers to itself (see https://go.dev/issue/56103)")
					cycles.forget()
				}
				return false
			case *ast.ChanType:
				ch, ok := types.Unalias(u.pkg.Info.TypeOf(n)).(*types.Chan)
				if ok && !dependsOnTypeParam(ch.Elem()) && l.prog.Sizes.Sizeof(ch.Elem()) >= maxChanElem {
					u.report(l, n.Pos(), "", "channel element type too large (>64kB)")
				}
			}
			return true
		})
	}
}

// dependsOnTypeParam reports whether the size of a type depends on a type parameter.
func dependsOnTypeParam(t types.Type) bool {
	switch t := types.Unalias(t).(type) {
	case *types.TypeParam:
		return true
	case *types.Named:
		return dependsOnTypeParam(t.Underlying())
	case *types.Array:
		return dependsOnTypeParam(t.Elem())
	case *types.Struct:
		for f := range t.Fields() {
			if dependsOnTypeParam(f.Type()) {
				return true
			}
		}
	}
	return false
}

// interfaceCycles finds interfaces without a name that are part of themselves: those under way are true.
type interfaceCycles map[*types.Interface]bool

// through reports whether a method of iface mentions an interface without a name that leads to itself.
func (c interfaceCycles) through(iface *types.Interface) bool {
	for m := range iface.Methods() {
		if c.visit(m.Type()) {
			return true
		}
	}
	return false
}

// forget makes what is under way done, so that a cycle is reported once.
func (c interfaceCycles) forget() {
	for iface := range c {
		c[iface] = false
	}
}

func (c interfaceCycles) visit(t types.Type) bool {
	switch t := types.Unalias(t).(type) {
	case *types.Interface:
		if underWay, seen := c[t]; seen {
			return underWay
		}
		c[t] = true
		found := c.through(t)
		if !found {
			c[t] = false
		}
		return found
	case *types.Map:
		return c.visit(t.Key()) || c.visit(t.Elem())
	case interface{ Elem() types.Type }: // pointer, slice, array, channel
		return c.visit(t.Elem())
	case *types.Signature:
		return c.visit(t.Params()) || c.visit(t.Results())
	case *types.Tuple:
		for v := range t.Variables() {
			if c.visit(v.Type()) {
				return true
			}
		}
	case *types.Struct:
		for f := range t.Fields() {
			if c.visit(f.Type()) {
				return true
			}
		}
	}
	return false
}
