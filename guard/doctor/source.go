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

// loadErrors joins what was wrong with the packages, each message once.
func loadErrors(loaded []*packages.Package) error {
	var all []error
	seen := map[string]bool{}
	packages.Visit(loaded, nil, func(p *packages.Package) {
		for _, e := range p.Errors {
			text := e.Error()
			if e.Pos == "" || e.Pos == "-" {
				text = fmt.Sprintf("%s: %s", p.PkgPath, strings.TrimSpace(e.Msg))
			}
			if !seen[text] {
				seen[text] = true
				all = append(all, errors.New(text))
			}
		}
	})
	if len(all) == 0 && len(loaded) == 0 {
		return errors.New("the patterns match no packages")
	}
	return errors.Join(all...)
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
	if p.dir != "" {
		if relative, err := filepath.Rel(p.dir, position.Filename); err == nil && len(relative) < len(position.Filename) {
			position.Filename = relative
		}
	}
	return Place{File: position.Filename, Line: position.Line, Column: position.Column}
}

func (p placer) finding(a *goanalysis.Analyzer, fset *token.FileSet, d goanalysis.Diagnostic) Finding {
	rule := ruleByID(a.Name + "/" + d.Category)
	f := Finding{Rule: rule.ID, Severity: rule.Severity, Where: p.place(fset, d.Pos), What: d.Message, Why: rule.Why, Do: rule.Do}
	for _, r := range d.Related {
		f.Related = append(f.Related, Note{p.place(fset, r.Pos), r.Message})
	}
	return f
}
