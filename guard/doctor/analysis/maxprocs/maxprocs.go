// Package maxprocs reports programs that choose GOMAXPROCS themselves. A constant is wrong on the next machine; fewer processors than CPUs, to "reserve" some, make every
// goroutine wait longer for a turn and give the kernel nothing that cgroups or nice would not; and since Go 1.25 any call with a positive argument
// ends the runtime's own following of the CPU quota.
package maxprocs

import (
	"go/ast"
	"go/constant"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/mote-go/mote/guard/doctor/analysis/release"
)

// Analyzer reports under the categories constant, lowered and numcpu. Tests are left alone: they set GOMAXPROCS to try something.
var Analyzer = &analysis.Analyzer{
	Name: "maxprocs",
	Doc:  "maxprocs reports GOMAXPROCS set to a constant, lowered, or set to the number of CPUs",
	Run:  run,
}

func run(pass *analysis.Pass) (any, error) {
	for _, file := range pass.Files {
		if strings.HasSuffix(pass.Fset.File(file.Pos()).Name(), "_test.go") {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && calls(pass, call, "GOMAXPROCS") && len(call.Args) == 1 {
				check(pass, call)
			}
			return true
		})
	}
	return nil, nil
}

func check(pass *analysis.Pass, call *ast.CallExpr) {
	argument := ast.Unparen(call.Args[0])
	if value := pass.TypesInfo.Types[argument].Value; value != nil {
		if n, exact := constant.Int64Val(constant.ToInt(value)); exact && n > 0 {
			pass.Report(analysis.Diagnostic{Pos: call.Pos(), End: call.End(), Category: "constant",
				Message: "GOMAXPROCS is set to the constant " + value.String() + ", whatever CPUs and quota the process has"})
		}
		return
	}
	switch argument := argument.(type) {
	case *ast.BinaryExpr:
		if op := argument.Op.String(); (op == "-" || op == "/") && isCount(pass, argument.X) {
			pass.Report(analysis.Diagnostic{Pos: call.Pos(), End: call.End(), Category: "lowered",
				Message: "GOMAXPROCS is lowered below the number of CPUs: what is left is not reserved for anything, and goroutines wait longer"})
		}
	case *ast.CallExpr:
		if calls(pass, argument, "NumCPU") {
			message := "GOMAXPROCS is set to the number of CPUs: the default without a CPU quota, and wrong with one"
			if !release.Before(pass, "go1.25") {
				message = "GOMAXPROCS is set to the number of CPUs: the runtime no longer follows the CPU quota and its changes"
			}
			pass.Report(analysis.Diagnostic{Pos: call.Pos(), End: call.End(), Category: "numcpu", Message: message})
		}
	}
}

// isCount tells whether e is the number of CPUs, or the present GOMAXPROCS.
func isCount(pass *analysis.Pass, e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	return ok && (calls(pass, call, "NumCPU") || calls(pass, call, "GOMAXPROCS"))
}

// calls tells whether call is that of the function of package runtime.
func calls(pass *analysis.Pass, call *ast.CallExpr, name string) bool {
	f, ok := typeutil.Callee(pass.TypesInfo, call).(*types.Func)
	return ok && f.Name() == name && f.Pkg() != nil && f.Pkg().Path() == "runtime" && f.Signature().Recv() == nil
}
