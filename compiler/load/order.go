package load

import (
	"cmp"
	"container/heap"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// order puts the packages into the order in which Go's linker initialises them: again and again the first by path of those
// whose imports are done, where packages without initialisation do not count; what runtime needs comes before all else. Programs
// can see this order, and dependencies come first in it too.
func (l *loader) order() {
	active := make(map[*unit]bool) // has something to initialise, itself or below
	for _, u := range l.units {
		active[u] = hasInits(u)
		for _, dep := range u.imports {
			active[u] = active[u] || active[dep]
		}
	}
	var order []*unit
	for _, u := range l.units {
		if !active[u] {
			order = append(order, u)
		}
	}
	order = append(order, sortActive(l.units, active)...)
	early := closure(l.unitOfSymbol("runtime"))
	slices.SortStableFunc(order, func(a, b *unit) int { return cmp.Compare(rank(early, a), rank(early, b)) })
	l.units = order
	l.prog.Packages = l.prog.Packages[:0]
	for _, u := range order {
		l.prog.Packages = append(l.prog.Packages, u.pkg)
	}
}

func rank(early map[*unit]bool, u *unit) int {
	if early[u] {
		return 0
	}
	return 1
}

// sortActive orders the active units.
func sortActive(units []*unit, active map[*unit]bool) []*unit {
	waiting := make(map[*unit]int) // for how many imports
	importers := make(map[*unit][]*unit)
	ready := new(pathHeap)
	for _, u := range units {
		if !active[u] {
			continue
		}
		for _, dep := range u.imports {
			if active[dep] {
				waiting[u]++
				importers[dep] = append(importers[dep], u)
			}
		}
		if waiting[u] == 0 {
			heap.Push(ready, u)
		}
	}
	var order []*unit
	for ready.Len() > 0 {
		u := heap.Pop(ready).(*unit)
		order = append(order, u)
		for _, importer := range importers[u] {
			if waiting[importer]--; waiting[importer] == 0 {
				heap.Push(ready, importer)
			}
		}
	}
	return order
}

// closure is u and everything it imports, directly or not; nothing for nil.
func closure(u *unit) map[*unit]bool {
	all := make(map[*unit]bool)
	var visit func(*unit)
	visit = func(u *unit) {
		if u == nil || all[u] {
			return
		}
		all[u] = true
		for _, dep := range u.imports {
			visit(dep)
		}
	}
	visit(u)
	return all
}

// hasInits reports whether u has init functions or variables that the gc compiler, too, would initialise by code.
func hasInits(u *unit) bool {
	for _, init := range u.pkg.Info.InitOrder {
		if isDynamic(u.pkg.Info, init.Rhs) {
			return true
		}
	}
	return len(declaredInits(u.pkg)) > 0
}

// isDynamic reports whether e, outside the function literals in it, calls, receives or makes a map. errors.New does not count, since gc
// inlines it into data.
func isDynamic(info *types.Info, e ast.Expr) bool {
	dynamic := false
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			dynamic = dynamic || !isConstant(info, n) && !info.Types[n.Fun].IsType() && !isErrorsNew(info, n)
		case *ast.UnaryExpr:
			dynamic = dynamic || n.Op == token.ARROW
		case *ast.CompositeLit:
			if _, ok := info.TypeOf(n).Underlying().(*types.Map); ok {
				dynamic = true
			}
		}
		return !dynamic
	})
	return dynamic
}

func isConstant(info *types.Info, e ast.Expr) bool { return info.Types[e].Value != nil }

func isErrorsNew(info *types.Info, call *ast.CallExpr) bool {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	obj := info.Uses[sel.Sel]
	return obj != nil && obj.Pkg() != nil && obj.Pkg().Path() == "errors" && obj.Name() == "New"
}

// pathHeap is a heap of units by the path that the linker knows them by.
type pathHeap []*unit

func (h pathHeap) Len() int           { return len(h) }
func (h pathHeap) Less(i, j int) bool { return h[i].pkg.Types.Path() < h[j].pkg.Types.Path() }
func (h pathHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }

// Push implements heap.Interface.
func (h *pathHeap) Push(x any) { *h = append(*h, x.(*unit)) }

// Pop implements heap.Interface.
func (h *pathHeap) Pop() any {
	old := *h
	u := old[len(old)-1]
	*h = old[:len(old)-1]
	return u
}
