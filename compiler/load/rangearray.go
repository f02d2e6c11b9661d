package load

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// countArrays replaces the array of `for i := range array` by its length where the language says that array is not evaluated:
// nobody wants its elements, and it has no calls and receives. go/ssa would read it, through a nil pointer too.
func countArrays(u *unit) {
	for _, file := range u.pkg.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			if loop, ok := n.(*ast.RangeStmt); ok && isBlank(loop.Value) {
				if n, ok := arrayLen(u.pkg.Info.TypeOf(loop.X)); ok && !isPlainName(loop.X) && isPure(u.pkg.Info, loop.X) {
					loop.X = intLiteral(u.pkg.Info, loop.X.Pos(), n)
				}
			}
			return true
		})
	}
}

func isBlank(e ast.Expr) bool {
	name, ok := e.(*ast.Ident)
	return e == nil || ok && name.Name == "_"
}

func isPlainName(e ast.Expr) bool {
	_, ok := e.(*ast.Ident)
	return ok
}

// arrayLen is the length of an array or of the array that a pointer points to.
func arrayLen(t types.Type) (n int64, ok bool) {
	if t == nil {
		return 0, false
	}
	if p, isPointer := t.Underlying().(*types.Pointer); isPointer {
		t = p.Elem()
	}
	array, ok := t.Underlying().(*types.Array)
	if !ok {
		return 0, false
	}
	return array.Len(), true
}

// isPure reports whether e has no receives, and no calls but conversions and those of constant value.
func isPure(info *types.Info, e ast.Expr) bool {
	pure := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			if info.Types[n].Value == nil && !info.Types[n.Fun].IsType() {
				pure = false
			}
		case *ast.UnaryExpr:
			if n.Op == token.ARROW {
				pure = false
			}
		}
		return pure
	})
	return pure
}

// intLiteral makes the constant n of type int, as the type checker would have recorded it.
func intLiteral(info *types.Info, pos token.Pos, n int64) ast.Expr {
	value := constant.MakeInt64(n)
	lit := &ast.BasicLit{ValuePos: pos, Kind: token.INT, Value: value.String()}
	info.Types[lit] = types.TypeAndValue{Type: types.Typ[types.Int], Value: value}
	return lit
}
