package load

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/scanner"
	"os"
	"runtime"
	"sync"

	"mote/internal/diag"
)

// parse reads the files of all units, in parallel.
func (l *loader) parse() error {
	var wg sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for _, u := range l.units {
		wg.Add(1)
		slots <- struct{}{}
		go func() {
			defer wg.Done()
			l.parseUnit(u)
			<-slots
		}()
	}
	wg.Wait()
	return l.unitErrors()
}

func (l *loader) parseUnit(u *unit) {
	u.pkg.Files = make([]*ast.File, 0, len(u.list.GoFiles))
	for _, name := range u.list.GoFiles {
		shown, source := l.sourceOf(u, name)
		src, err := os.ReadFile(source)
		if err != nil {
			u.errs = append(u.errs, diag.Diagnostic{Text: err.Error()})
			continue
		}
		file, err := parser.ParseFile(l.prog.Fset, shown, src, parser.ParseComments|parser.SkipObjectResolution|parser.AllErrors)
		if err != nil {
			u.errs = append(u.errs, syntaxErrors(err)...)
		}
		if file != nil {
			u.pkg.Files = append(u.pkg.Files, file)
		}
	}
	l.parseForm(u)
}

func syntaxErrors(err error) diag.List {
	var list scanner.ErrorList
	if !errors.As(err, &list) {
		return diag.List{{Text: err.Error()}}
	}
	var out diag.List
	for _, e := range list {
		out = append(out, diag.Diagnostic{Pos: e.Pos, Text: syntaxError + e.Msg})
	}
	return out
}

// maxErrors is how many errors of one package are shown, as by gc.
const maxErrors = 10

// unitErrors gathers what a step found, in order of packages.
func (l *loader) unitErrors() error {
	var all diag.List
	for _, u := range l.units {
		errs := u.errs.Sort()
		if len(errs) > maxErrors && !l.cfg.AllErrors {
			errs = append(errs[:maxErrors:maxErrors], diag.Diagnostic{Pos: errs[maxErrors-1].Pos, Text: "too many errors"})
		}
		all = append(all, errs...)
	}
	if len(all) == 0 {
		return nil
	}
	return all
}
