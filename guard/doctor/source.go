package doctor

import (
	"context"
	"errors"
	"fmt"
	"go/token"
	"os"
	"path/filepath"
	"strings"

	goanalysis "golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/mote-go/mote/guard/doctor/analysis"
)

// PackageOptions says how packages are loaded.
type PackageOptions struct {
	Dir   string   // where patterns are resolved; the working directory if empty
	Tests bool     // with their tests
	Flags []string // for the go command, such as -tags=x
	Env   []string // as for os/exec; the process's own if nil
}

// Packages analyses the packages that the patterns name, as in go vet. Paths in the findings are relative to the working directory where
// that is shorter. The error names every package that could not be loaded or type-checked.
func Packages(ctx context.Context, o PackageOptions, patterns ...string) (Result, error) {
	loaded, err := packages.Load(&packages.Config{
		Mode:    packages.LoadSyntax | packages.NeedModule,
		Context: ctx, Dir: o.Dir, Tests: o.Tests, BuildFlags: o.Flags, Env: o.Env,
	}, patterns...)
	if err == nil {
		err = loadErrors(loaded)
	}
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	if err != nil {
		return Result{}, err
	}
	graph, err := checker.Analyze(analysis.All(), loaded, nil)
	if err != nil {
		return Result{}, err
	}
	result := Result{Findings: []Finding{}}
	places := newPlacer()
	for _, action := range graph.Roots {
		if action.Err != nil {
			return Result{}, fmt.Errorf("%s: analyzer %s: %w", action.Package.PkgPath, action.Analyzer.Name, action.Err)
		}
		for _, d := range action.Diagnostics {
			result.Findings = append(result.Findings, places.finding(action.Analyzer, action.Package.Fset, d))
		}
	}
	result.sort()
	return result, nil
}

// loadErrors joins what was wrong with the packages, each message once. What the compiler said in one piece, under a line "# package", is left out when the
// type checker has said it by position.
func loadErrors(loaded []*packages.Package) error {
	var positioned, other []error
	seen := map[string]bool{}
	places := newPlacer()
	packages.Visit(loaded, nil, func(p *packages.Package) {
		for _, e := range p.Errors {
			text := places.shorten(e.Error())
			if seen[text] {
				continue
			}
			seen[text] = true
			if e.Pos == "" || e.Pos == "-" {
				other = append(other, fmt.Errorf("%s: %s", p.PkgPath, strings.TrimSpace(e.Msg)))
			} else {
				positioned = append(positioned, errors.New(text))
			}
		}
	})
	if len(loaded) == 0 {
		return errors.New("the patterns match no packages")
	}
	if len(positioned) == 0 {
		return errors.Join(other...)
	}
	return errors.Join(positioned...)
}

// placer turns positions into places.
type placer struct{ dir string }

func newPlacer() placer {
	dir, err := os.Getwd()
	if err != nil {
		dir = "" // then paths stay absolute
	}
	return placer{dir}
}

func (p placer) place(fset *token.FileSet, pos token.Pos) Place {
	position := fset.Position(pos)
	return Place{File: p.shorten(position.Filename), Line: position.Line, Column: position.Column}
}

// shorten makes the path at the beginning of a text relative to the working directory, if that is shorter.
func (p placer) shorten(path string) string {
	if relative, err := filepath.Rel(p.dir, path); p.dir != "" && filepath.IsAbs(path) && err == nil && len(relative) < len(path) {
		return relative
	}
	return path
}

func (p placer) finding(a *goanalysis.Analyzer, fset *token.FileSet, d goanalysis.Diagnostic) Finding {
	rule := ruleByID(a.Name + "/" + d.Category)
	f := Finding{Rule: rule.ID, Severity: rule.Severity, Where: p.place(fset, d.Pos), What: d.Message, Why: rule.Why, Do: rule.Do}
	for _, r := range d.Related {
		f.Related = append(f.Related, Note{p.place(fset, r.Pos), r.Message})
	}
	return f
}
