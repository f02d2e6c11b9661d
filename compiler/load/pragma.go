package load

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"mote/internal/diag"
)

// funcVerbs are the directives that stand above functions only.
func funcVerbs() []string {
	return []string{"noescape", "norace", "nosplit", "noinline", "nocheckptr", "cgo_unsafe_args", "uintptrescapes"}
}

// declStart is where a declaration that can have directives begins.
type declStart struct {
	pos token.Pos
	tok token.Token // FUNC, VAR, CONST, TYPE or IMPORT; PACKAGE for the package clause
}

// checkPragmas reports directives above declarations of the wrong kind. Those that stand nowhere near a declaration gc has
// reported already, as an error of form.
func (l *loader) checkPragmas(u *unit) {
	for _, file := range u.pkg.Files {
		if !hasDirectives(file) {
			continue
		}
		starts := declStarts(file)
		for _, group := range file.Comments {
			for _, c := range group.List {
				if text := misplaced(c, starts); text != "" && !reportedAt(u.form.gc, l.prog.Fset.Position(c.Pos())) {
					u.report(l, c.Pos(), "", "%s", text)
				}
			}
		}
	}
}

// misplaced says what is wrong with the place of a directive; nothing for other comments.
func misplaced(c *ast.Comment, starts []declStart) string {
	text, ok := strings.CutPrefix(c.Text, "//go:")
	if !ok {
		return ""
	}
	verb := firstWord(text)
	next := slices.IndexFunc(starts, func(d declStart) bool { return d.pos >= c.End() })
	switch {
	case next < 0:
		return ""
	case slices.Contains(funcVerbs(), verb) && starts[next].tok != token.FUNC:
		return "misplaced compiler directive"
	case verb == "embed" && starts[next].tok != token.VAR:
		return "misplaced go:embed directive"
	}
	return ""
}

// declStarts lists the declarations of a file in order; those of a group in parentheses one by one.
func declStarts(file *ast.File) []declStart {
	starts := []declStart{{file.Package, token.PACKAGE}}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			starts = append(starts, declStart{n.Pos(), token.FUNC})
		case *ast.GenDecl:
			if !n.Lparen.IsValid() {
				starts = append(starts, declStart{n.Pos(), n.Tok})
				break
			}
			for _, spec := range n.Specs {
				starts = append(starts, declStart{spec.Pos(), n.Tok})
			}
		}
		return true
	})
	return starts
}

// reportedAt reports whether list has something about the line of pos.
func reportedAt(list diag.List, pos token.Position) bool {
	return slices.ContainsFunc(list, func(d diag.Diagnostic) bool {
		return d.Pos.Filename == pos.Filename && d.Pos.Line == pos.Line
	})
}
