// Package ssaform builds the SSA form of a package once for all analyzers of the doctor. It differs from x/tools' buildssa in two ways:
// it keeps debug references, without which a loop such as `for !stop {}` has no position, and it asks for no facts, so that
// dependencies need not be loaded from source.
package ssaform

import (
	"go/ast"
	"go/types"
	"reflect"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"
)

// Analyzer's result is a *Form.
var Analyzer = &analysis.Analyzer{
	Name:       "ssaform",
	Doc:        "ssaform builds the SSA form of a package, with debug references",
	Run:        run,
	ResultType: reflect.TypeFor[*Form](),
}

// Form is the SSA form of one package.
type Form struct {
	Package   *ssa.Package
	Functions []*ssa.Function // those written in the source, literals among them, in its order
}

func run(pass *analysis.Pass) (any, error) {
	prog := ssa.NewProgram(pass.Fset, ssa.GlobalDebug)
	for _, imported := range pass.Pkg.Imports() {
		prog.CreatePackage(imported, nil, nil, true)
	}
	form := &Form{Package: prog.CreatePackage(pass.Pkg, pass.Files, pass.TypesInfo, false)}
	form.Package.Build()
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			if decl, ok := decl.(*ast.FuncDecl); ok {
				f := prog.FuncValue(pass.TypesInfo.Defs[decl.Name].(*types.Func))
				if f != nil {
					form.add(f)
				}
			}
		}
	}
	return form, nil
}

func (form *Form) add(f *ssa.Function) {
	form.Functions = append(form.Functions, f)
	for _, literal := range f.AnonFuncs {
		form.add(literal)
	}
}
