package load

import (
	"errors"
	"go/token"
	"path/filepath"
	"strings"

	"mote/internal/diag"
)

// A test program is what go test would link: the package with its _test.go files, the package of its external tests, a package main
// that the go command writes, and variants of those packages between them that import the tested one. go list calls a
// variant "path [tested.test]". A program has one variant of each package, so the rest of the compiler sees plain paths.

// ErrNoTests is what List returns, wrapped, for a package without test files.
var ErrNoTests = errors.New("no test files")

// path is the import path without the name of the test that a variant is for.
func (lp *listPackage) path() string {
	path, _, _ := strings.Cut(lp.ImportPath, " ")
	return path
}

// file is the full name of a file in GoFiles or EmbedFiles.
func (lp *listPackage) file(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(lp.Dir, filepath.FromSlash(name))
}

// testMain is the file that the go command wrote for a test program's package main, "" for other packages. It is in the go
// command's cache, the only one that is not in its package's folder.
func (lp *listPackage) testMain() string {
	if lp.Name == "main" && strings.HasSuffix(lp.ImportPath, ".test") && len(lp.GoFiles) == 1 && filepath.IsAbs(lp.GoFiles[0]) {
		return lp.GoFiles[0]
	}
	return ""
}

// testProgram picks from the packages that go list -test names those of the one test program, dependencies first.
func (l *loader) testProgram(listed []*listPackage) ([]*listPackage, error) {
	var main, tested *listPackage
	programs := 0
	byPath := make(map[string]*listPackage, len(listed))
	for _, lp := range listed {
		byPath[lp.ImportPath] = lp
		switch {
		case lp.DepOnly:
		case lp.testMain() != "":
			main = lp
			programs++
		case lp.ForTest == "":
			tested = lp
		}
	}
	switch {
	case programs > 1:
		return nil, diag.Errorf(token.Position{}, "name one package", "%q matches %d packages with tests", strings.Join(l.cfg.Patterns, " "), programs)
	case main == nil && tested != nil && tested.Error == nil:
		return nil, ErrNoTests
	case main == nil:
		return listed, nil // resolve reports what is wrong
	}
	needed := make(map[*listPackage]bool)
	mark(main, byPath, needed)
	var out []*listPackage
	for _, lp := range listed {
		if needed[lp] {
			lp.DepOnly = lp != main
			out = append(out, lp)
		}
	}
	return out, nil
}

// mark adds to needed what lp imports, directly or not.
func mark(lp *listPackage, byPath map[string]*listPackage, needed map[*listPackage]bool) {
	if needed[lp] {
		return
	}
	needed[lp] = true
	for _, path := range lp.Imports {
		if dep := byPath[mapped(lp, path)]; dep != nil {
			mark(dep, byPath, needed)
		}
	}
}
