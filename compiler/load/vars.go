package load

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strconv"
	"strings"

	"mote/internal/diag"
)

// setVars gives the variables of cfg.Vars (-ldflags=-X) their values, by putting an initialiser in place of their own.
func (l *loader) setVars() error {
	var errs diag.List
	for _, name := range slices.Sorted(maps.Keys(l.cfg.Vars)) {
		if d := l.setVar(name, l.cfg.Vars[name]); d != nil {
			errs = append(errs, d...)
		}
	}
	if len(errs) > 0 {
		return errs
	}
	return nil
}

func (l *loader) setVar(name, value string) diag.List {
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 {
		return diag.Errorf(token.Position{}, "write -ldflags=\"-X package/path.name=value\"", "-X %s: %q is not a package path and a variable", name, name)
	}
	u := l.unitOfSymbol(name[:dot])
	if u == nil {
		return diag.Errorf(token.Position{}, "", "-X %s: package %q is not part of the program", name, name[:dot])
	}
	v, ok := u.pkg.Types.Scope().Lookup(name[dot+1:]).(*types.Var)
	if !ok {
		return diag.Errorf(token.Position{}, "", "-X %s: package %q has no variable %q", name, name[:dot], name[dot+1:])
	}
	pos := l.prog.Fset.Position(v.Pos())
	if b, ok := v.Type().Underlying().(*types.Basic); !ok || b.Kind() != types.String {
		return diag.Errorf(pos, "", "-X %s: the variable is a %s, and only a string can be set", name, v.Type())
	}
	info := u.pkg.Info
	for i, init := range info.InitOrder {
		if !slices.Contains(init.Lhs, v) {
			continue
		}
		if info.Types[init.Rhs].Value == nil {
			return diag.Errorf(pos, "", "-X %s: the variable is initialised by an expression that is not constant", name)
		}
		info.InitOrder = slices.Delete(info.InitOrder, i, i+1)
		break
	}
	lit := &ast.BasicLit{ValuePos: v.Pos(), Kind: token.STRING, Value: strconv.Quote(value)}
	info.Types[lit] = types.TypeAndValue{Type: v.Type(), Value: constant.MakeString(value)}
	info.InitOrder = slices.Insert(info.InitOrder, 0, &types.Initializer{Lhs: []*types.Var{v}, Rhs: lit})
	return nil
}

// unitOfSymbol finds the package that linker symbols call path.
func (l *loader) unitOfSymbol(path string) *unit {
	for _, u := range l.units {
		if u.pkg.Types.Path() == path {
			return u
		}
	}
	return nil
}
