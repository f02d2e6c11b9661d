package lower

import (
	"go/ast"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
	"mote/target"
)

// functionAttrs are the attributes that every function has.
func functionAttrs(t *target.Target, opt string) []string {
	attrs := []string{"nounwind", "uwtable", `"frame-pointer"="none"`, `"target-cpu"=` + llvm.Quote(t.CPU)}
	if t.Features != "" {
		attrs = append(attrs, `"target-features"=`+llvm.Quote(t.Features))
	}
	switch opt {
	case "z":
		attrs = append(attrs, "minsize", "optsize")
	case "s":
		attrs = append(attrs, "optsize")
	}
	return attrs
}

// callersAttrs are attributes that functions have in addition when the program can ask which calls are in progress: every call
// has a frame and code of its own, so there are no tail calls and no code that functions share.
func callersAttrs() []string { return []string{`"disable-tail-calls"="true"`, `"nooutline"`} }

// defAttrs are the attributes of fn's definition.
func (l *lowerer) defAttrs(fn *ssa.Function) []string {
	attrs := slices.Clone(l.attrs)
	cold := declAttrs(fn)
	attrs = append(attrs, cold...)
	if len(cold) == 0 && (isNoinline(fn) || l.Program.Stack(fn) > 0) { // compiler/stack looks for the function by its name
		attrs = append(attrs, "noinline")
	}
	return attrs
}

// declAttrs are what callers may know of fn.
func declAttrs(fn *ssa.Function) []string {
	if noReturn(fn) {
		return []string{"noreturn", "cold", "noinline"}
	}
	return nil
}

// isNoinline tells whether fn's source asks to keep it out of line.
func isNoinline(fn *ssa.Function) bool {
	if o := fn.Origin(); o != nil {
		fn = o
	}
	decl, ok := fn.Syntax().(*ast.FuncDecl)
	if !ok || decl.Doc == nil {
		return false
	}
	return slices.ContainsFunc(decl.Doc.List, func(c *ast.Comment) bool {
		return strings.HasPrefix(c.Text, "//go:noinline")
	})
}

// noReturn tells whether fn is one of the runtime's functions that panic: they never return to the call.
func noReturn(fn *ssa.Function) bool {
	if fn.Pkg == nil || fn.Pkg.Pkg.Path() != "runtime" || fn.Signature.Recv() != nil || fn.Parent() != nil {
		return false
	}
	switch fn.Name() {
	case "gopanic", "panicIndex", "panicIndexU", "panicBounds", "panicBounds64", "panicSliceConvert",
		"panicdivide", "panicshift", "panicmem", "panicoverflow", "panicmakeslicelen", "panicmakeslicecap",
		"panicdottypeE", "panicdottypeI", "panicnildottype", "panicrangestate", "panicwrap",
		"panicunsafeslicelen", "panicunsafeslicenilptr", "panicunsafestringlen", "panicunsafestringnilptr":
		return true
	}
	return false
}
