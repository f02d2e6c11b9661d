package load

import (
	"errors"
	"fmt"
	"go/ast"
	"go/types"
	"runtime"
	"strings"

	"mote/internal/diag"
)

// check type-checks all units, each as soon as its imports are done.
func (l *loader) check() error {
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for _, u := range l.units {
		go func() {
			defer close(u.done)
			for _, dep := range u.imports {
				<-dep.done
				if len(dep.errs) > 0 || dep.pkg.Types == nil {
					return // what it reports would follow from that
				}
			}
			slots <- struct{}{}
			defer func() { <-slots }()
			l.checkUnit(u)
		}()
	}
	for _, u := range l.units {
		<-u.done
	}
	return l.unitErrors()
}

func (l *loader) checkUnit(u *unit) {
	u.pkg.Info = &types.Info{
		Types:        make(map[ast.Expr]types.TypeAndValue),
		Instances:    make(map[*ast.Ident]types.Instance),
		Defs:         make(map[*ast.Ident]types.Object),
		Uses:         make(map[*ast.Ident]types.Object),
		Implicits:    make(map[ast.Node]types.Object),
		Selections:   make(map[*ast.SelectorExpr]*types.Selection),
		FileVersions: make(map[*ast.File]string),
	}
	conf := types.Config{
		Importer:  &importer{u},
		Sizes:     l.prog.Sizes,
		GoVersion: goVersion(u.list),
		Error:     func(err error) { l.typeError(u, err) },
	}
	u.pkg.Types, _ = conf.Check(symbolPath(u.list), l.prog.Fset, u.pkg.Files, u.pkg.Info)
	l.takeForm(u)
	if len(u.errs) == 0 && !u.list.Standard {
		l.checkRestrictions(u)
	}
	if len(u.errs) > 0 {
		u.errs = append(l.cgoError(u.list), u.errs...)
		return
	}
	countArrays(u)
}

// symbolPath is the package path in linker symbols and type names: as with the go command, every main package is "main", unless
// it is there to be tested.
func symbolPath(lp *listPackage) string {
	if lp.Name == "main" && lp.ForTest == "" {
		return "main"
	}
	return lp.path()
}

// goVersion is the language version of a package: that of its module's go line.
func goVersion(lp *listPackage) string {
	if lp.Module != nil && lp.Module.GoVersion != "" {
		return "go" + lp.Module.GoVersion
	}
	return goRelease
}

// typeError records an error of the type checker. One that begins with a tab belongs to the one before and says where else
// to look ("other declaration of x").
func (l *loader) typeError(u *unit, err error) {
	var te types.Error
	if !errors.As(err, &te) {
		u.errs = append(u.errs, diag.Diagnostic{Text: err.Error()})
		return
	}
	pos := te.Fset.Position(te.Pos)
	if note, ok := strings.CutPrefix(te.Msg, "\t"); ok && len(u.errs) > 0 {
		pos.Filename = diag.Relative(l.cfg.Dir, pos.Filename)
		u.errs[len(u.errs)-1].Text += fmt.Sprintf("\n\t%s: %s", pos, note)
		return
	}
	u.errs = append(u.errs, diag.Diagnostic{Pos: pos, Text: te.Msg + l.versionHint(u, te)})
}

// importer finds the packages that one unit imports.
type importer struct{ u *unit }

// Import implements types.Importer.
func (im *importer) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	dep := im.u.imports[mapped(im.u.list, path)]
	if dep == nil {
		return nil, fmt.Errorf("package %s is not loaded", path)
	}
	return dep.pkg.Types, nil
}
