package load

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"

	"mote/internal/diag"
)

// resolve turns the go command's list into units with their imports, and picks the main package.
func (l *loader) resolve(listed []*listPackage) error {
	if errs := l.listErrors(listed); len(errs) > 0 {
		return errs
	}
	units := make(map[string]*unit)
	for _, lp := range listed {
		if lp.ImportPath == "unsafe" {
			continue
		}
		u := l.newUnit(lp)
		for _, path := range lp.Imports {
			if dep := units[mapped(lp, path)]; dep != nil {
				u.imports[mapped(lp, path)] = dep
				u.pkg.Imports = append(u.pkg.Imports, dep.pkg)
			}
		}
		units[lp.ImportPath] = u
		l.units = append(l.units, u)
		l.prog.Packages = append(l.prog.Packages, u.pkg)
		l.prog.ByPath[u.pkg.Path] = u.pkg
	}
	return l.pickMain()
}

// mapped is the package that an import path means inside lp (std imports its vendored packages by their public path).
func mapped(lp *listPackage, path string) string {
	if m, ok := lp.ImportMap[path]; ok {
		return m
	}
	return path
}

func (l *loader) newUnit(lp *listPackage) *unit {
	own := forFirmware(lp.path())
	lp.Standard = lp.Standard || own
	u := &unit{
		pkg:     &Package{Path: lp.path(), Dir: lp.Dir, Standard: lp.Standard, Overlay: own},
		list:    lp,
		imports: make(map[string]*unit),
		done:    make(chan struct{}),
	}
	for _, name := range lp.GoFiles {
		full := lp.file(name)
		if l.overlay.source(full) != full {
			u.pkg.Overlay = true
		}
	}
	return u
}

// pickMain finds the one package that was asked for.
func (l *loader) pickMain() error {
	pattern := strings.Join(l.cfg.Patterns, " ")
	count := 0
	for _, u := range l.units {
		if !u.list.DepOnly {
			count++
			l.asked = u
		}
	}
	switch {
	case count == 0:
		return diag.Errorf(token.Position{}, "", "%q matches no packages", pattern)
	case count > 1:
		return diag.Errorf(token.Position{}, "name one package", "%q matches %d packages, and an image is made of one", pattern, count)
	}
	if l.asked.list.Name == "main" {
		l.prog.Main = l.asked.pkg
	}
	return nil
}

// listErrors collects what the go command could not load.
func (l *loader) listErrors(listed []*listPackage) diag.List {
	var errs diag.List
	for _, lp := range listed {
		if lp.Error == nil {
			continue
		}
		if cgo := l.cgoError(lp); cgo != nil {
			errs = append(errs, cgo...)
			continue
		}
		if form := l.listForm(lp); form != nil {
			errs = append(errs, form...)
			continue
		}
		errs = append(errs, l.listDiagnostic(lp.Error))
	}
	return errs.Sort()
}

func (l *loader) listDiagnostic(e *listError) diag.Diagnostic {
	d := diag.Diagnostic{Text: strings.TrimSpace(e.Err)}
	d.Pos = l.listPosition(e.Pos)
	if strings.Contains(e.Err, "import cycle") && len(e.ImportStack) > 0 {
		d.Text = "package " + strings.Join(e.ImportStack, "\n\timports ") + ": " + d.Text
	}
	return d
}

// listPosition reads the go command's "file:line:column"; the column, or all of it, may be absent.
func (l *loader) listPosition(s string) (pos token.Position) {
	file, rest, _ := strings.Cut(s, ":")
	line, column, _ := strings.Cut(rest, ":")
	if pos.Line, _ = strconv.Atoi(line); pos.Line == 0 {
		return token.Position{}
	}
	pos.Column, _ = strconv.Atoi(column)
	pos.Filename = file
	if !filepath.IsAbs(file) {
		pos.Filename = filepath.Join(l.cfg.Dir, file)
	}
	return pos
}

// cgoError explains a package that cannot be used because its files import "C". The go command only says that build
// constraints exclude them.
func (l *loader) cgoError(lp *listPackage) diag.List {
	if lp.Standard {
		return nil
	}
	for _, name := range append(lp.CgoFiles, lp.IgnoredGoFiles...) {
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, filepath.Join(lp.Dir, name), nil, parser.ImportsOnly)
		if err != nil {
			continue
		}
		for _, spec := range file.Imports {
			if spec.Path.Value == `"C"` {
				return diag.Errorf(fset.Position(spec.Path.Pos()),
					"use a package in plain Go, or give this file the constraint //go:build cgo and write a file without cgo beside it",
					"package %s uses cgo, which a microcontroller target does not have", lp.ImportPath)
			}
		}
	}
	return nil
}
