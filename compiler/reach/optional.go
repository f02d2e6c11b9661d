package reach

import (
	"strings"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/rtype"
	"mote/internal/diag"
)

// isIdle reports whether fn has a //mote:with and nothing that it is for is reached so far.
func (a *analysis) isIdle(fn *ssa.Function) bool {
	pkg := a.packageOf(fn)
	if pkg == nil || fn.Object() == nil || !hasDirective(pkg.Directives[fn.Object()], "with") {
		return false
	}
	for _, d := range pkg.Directives[fn.Object()] {
		if d.Name != "with" {
			continue
		}
		for _, name := range d.Args {
			if !strings.Contains(name, ".") {
				name = rtype.PkgPath(pkg.Types) + "." + name
			}
			user := a.prog.Funcs[name]
			if user == nil {
				a.errs = append(a.errs, diag.Diagnostic{Pos: a.prog.Fset.Position(d.Pos), Text: "mote:with names " + name + ", which no package defines"})
				return false
			}
			if a.res.FuncSet[user] {
				return false
			}
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
