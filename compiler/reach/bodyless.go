package reach

import (
	"strings"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/intrinsic"
	"mote/compiler/load"
	"mote/compiler/rtype"
	"mote/internal/diag"
)

// addDirectiveRoots reaches the functions of pkg with a //mote:root.
func (a *analysis) addDirectiveRoots(pkg *load.Package) {
	if len(pkg.Directives) == 0 || pkg.SSA == nil {
		return
	}
	for _, name := range memberNames(pkg.SSA) {
		fn, ok := pkg.SSA.Members[name].(*ssa.Function)
		if ok && fn.Object() != nil && hasDirective(pkg.Directives[fn.Object()], "root") {
			a.root(fn)
		}
	}
}

// directives follows //mote:calls of fn: its callees are reached and stay visible to assembly.
func (a *analysis) directives(fn *ssa.Function) {
	pkg := a.packageOf(fn)
	if pkg == nil || fn.Object() == nil {
		return
	}
	for _, callee := range a.named(pkg, fn, "calls") {
		a.root(callee)
	}
}

// named returns the functions that a directive of fn names: by symbol, or by name in fn's package.
func (a *analysis) named(pkg *load.Package, fn *ssa.Function, directive string) (found []*ssa.Function) {
	for _, d := range pkg.Directives[fn.Object()] {
		if d.Name != directive {
			continue
		}
		for _, name := range d.Args {
			if !strings.Contains(name, ".") {
				name = rtype.PkgPath(pkg.Types) + "." + name
			}
			if f := a.prog.Funcs[name]; f != nil {
				found = append(found, f)
				continue
			}
			a.errs = append(a.errs, diag.Errorf(a.prog.Fset.Position(d.Pos), "", "mote:%s names %s, which no package defines", directive, name)...)
		}
	}
	return found
}

// bodyless reaches what stands for a function without a Go body.
func (a *analysis) bodyless(fn *ssa.Function) {
	symbol := a.prog.SymbolName(fn)
	if def := a.prog.Funcs[symbol]; def != nil && def != fn {
		a.function(def)
		return
	}
	pkg := a.packageOf(fn)
	switch {
	case intrinsic.Has(symbol) || isWritten(symbol):
	case pkg != nil && fn.Object() != nil && hasDirective(pkg.Directives[fn.Object()], "asm"):
		a.add(fn)
	case pkg != nil && fn.Object() != nil && hasDirective(pkg.Directives[fn.Object()], "inline"):
		a.directives(fn)
	default:
		a.missing(fn, symbol)
	}
}

// isWritten tells the functions whose bodies lowering writes from what it knows of the whole program.
func isWritten(symbol string) bool {
	switch symbol {
	case "runtime.runtime_inittasks", "runtime.reflectcall", "runtime.dispatchInterrupt":
		return true
	}
	return false
}

func (a *analysis) missing(fn *ssa.Function, symbol string) {
	name := fn.RelString(nil)
	d := diag.Diagnostic{Pos: a.prog.Fset.Position(fn.Pos()), Text: "function " + name + " has no Go body (assembly only) and the target has none"}
	d.Hint = "use a package in plain Go, or give the file for this GOARCH a Go version of the function"
	if symbol != name {
		d.Text = "function " + name + " is linked to " + symbol + ", which no package defines"
		d.Hint = "the port lacks this part of the runtime; use a function that does not need it"
	}
	a.errs = append(a.errs, d)
}

func (a *analysis) packageOf(fn *ssa.Function) *load.Package {
	if fn.Pkg == nil {
		return nil
	}
	return a.prog.ByTypes[fn.Pkg.Pkg]
}

func hasDirective(list []load.Directive, name string) bool {
	for _, d := range list {
		if d.Name == name {
			return true
		}
	}
	return false
}
