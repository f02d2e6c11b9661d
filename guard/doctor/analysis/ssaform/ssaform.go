// Package ssaform builds the SSA form of a package once for all analyzers of the doctor. It differs from x/tools' buildssa in two ways:
// it keeps debug references, without which a loop such as `for !stop {}` has no position, and it asks for no facts, so that
// dependencies need not be loaded from source.
package ssaform

import (
	"go/ast"
	"go/token"
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

	calls map[token.Pos]token.Pos // from the parenthesis of a call to its beginning
}

// Start returns where an instruction begins in the source, given its position: SSA form has that of the parenthesis for a call.
func (form *Form) Start(pos token.Pos) token.Pos {
	if start, ok := form.calls[pos]; ok {
		return start
	}
	return pos
}

func run(pass *analysis.Pass) (any, error) {
	prog := ssa.NewProgram(pass.Fset, ssa.GlobalDebug)
	for _, imported := range pass.Pkg.Imports() {
		prog.CreatePackage(imported, nil, nil, true)
	}
	form := &Form{Package: prog.CreatePackage(pass.Pkg, pass.Files, pass.TypesInfo, false), calls: map[token.Pos]token.Pos{}}
	form.Package.Build()
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				form.calls[call.Lparen] = call.Pos()
			}
			return true
		})
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
