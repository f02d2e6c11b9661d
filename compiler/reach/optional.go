package reach

import "golang.org/x/tools/go/ssa"

// isIdle reports whether fn has a //mote:with and nothing that it is for is reached so far.
func (a *analysis) isIdle(fn *ssa.Function) bool {
	pkg := a.packageOf(fn)
	if pkg == nil || fn.Object() == nil || !hasDirective(pkg.Directives[fn.Object()], "with") {
		return false
	}
	for _, user := range a.named(pkg, fn, "with") {
		if a.res.FuncSet[user] {
			return false
		}
	}
	return true
}

// openOptional reaches the functions with //mote:with whose users were reached since; it reports whether there were any.
func (a *analysis) openOptional() bool {
	waiting := a.gates.optional
	a.gates.optional = nil
	for _, fn := range waiting {
		a.function(fn)
	}
	return len(a.gates.optional) < len(waiting)
}
