package rtype

import (
	"cmp"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/types/typeutil"
)

// SortedMethods are the methods of an interface in the order of its descriptor and of itabs.
func SortedMethods(t *types.Interface) []*types.Func {
	methods := make([]*types.Func, t.NumMethods())
	for i := range methods {
		methods[i] = t.Method(i)
	}
	slices.SortFunc(methods, compareMethods)
	return methods
}

// MethodIndex is the place of an interface's method in itab.Fun.
func MethodIndex(t *types.Interface, m *types.Func) int {
	return slices.IndexFunc(SortedMethods(t), func(x *types.Func) bool { return x.Id() == m.Id() })
}

// MethodSet are the methods of a concrete type in the order of its descriptor. It is empty for interfaces.
func MethodSet(cache *typeutil.MethodSetCache, t types.Type) []*types.Selection {
	if types.IsInterface(t) {
		return nil
	}
	set := cache.MethodSet(t)
	if set.Len() == 0 {
		return nil
	}
	sels := make([]*types.Selection, set.Len())
	for i := range sels {
		sels[i] = set.At(i)
	}
	slices.SortFunc(sels, func(a, b *types.Selection) int {
		return compareMethods(a.Obj().(*types.Func), b.Obj().(*types.Func))
	})
	return sels
}

// compareMethods orders by name, exported ones first because upper case sorts first, then by package for unexported ones.
// Reflection relies on exported methods being a prefix and on both lists having one order.
func compareMethods(a, b *types.Func) int {
	if a.Exported() != b.Exported() {
		if a.Exported() {
			return -1
		}
		return 1
	}
	if c := strings.Compare(a.Name(), b.Name()); c != 0 || a.Exported() {
		return c
	}
	return cmp.Compare(PkgPath(a.Pkg()), PkgPath(b.Pkg()))
}

// MethodType is a method's type without its receiver, as reflect's Method descriptors and interfaces show it.
func MethodType(m *types.Func) *types.Signature {
	sig := m.Signature()
	return types.NewSignatureType(nil, nil, nil, sig.Params(), sig.Results(), sig.Variadic())
}
