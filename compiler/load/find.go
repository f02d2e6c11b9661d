package load

import (
	"mote/internal/diag"
)

// Found is a package that patterns match.
type Found struct {
	Path     string // import path; "command-line-arguments" for files
	Dir      string // its folder
	HasTests bool   // it has _test.go files for this machine
	Err      error  // the go command cannot load it; a diag.List
}

// Find returns the packages that cfg.Patterns match, in the go command's order. It reads no more of them than their file lists.
func Find(cfg Config) ([]Found, error) {
	l, err := newLoader(cfg)
	if err != nil {
		return nil, err
	}
	listed, err := l.goList([]string{"-json=Dir,ImportPath,TestGoFiles,XTestGoFiles,Error"})
	if err != nil {
		return nil, err
	}
	found := make([]Found, 0, len(listed))
	for _, lp := range listed {
		f := Found{Path: lp.ImportPath, Dir: lp.Dir, HasTests: len(lp.TestGoFiles)+len(lp.XTestGoFiles) > 0}
		if lp.Error != nil {
			f.Err = diag.List{l.listDiagnostic(lp.Error)}
		}
		found = append(found, f)
	}
	return found, nil
}
