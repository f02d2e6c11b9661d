package load

import (
	"go/ast"
	"go/token"
	"go/types"
	"go/version"
	"slices"
	"strconv"
	"strings"

	"mote/internal/diag"
)

// collect reads the directives in the comments of all units.
func (l *loader) collect() error {
	for _, u := range l.units {
		u.pkg.Linknames = make(map[types.Object]string)
		u.pkg.Directives = make(map[types.Object][]Directive)
		u.pkg.Embeds = make(map[*types.Var]*Embed)
		for _, file := range u.pkg.Files {
			l.collectLinknames(u, file)
			l.collectDecls(u, file)
			if !u.pkg.Overlay {
				l.collectStack(u, file)
			}
		}
		if !u.list.Standard {
			l.checkPragmas(u)
		}
	}
	return l.unitErrors()
}

// collectLinknames reads the //go:linkname lines of a file. With one argument the line only allows others to refer to the name,
// which a whole-program compiler needs no permission for.
func (l *loader) collectLinknames(u *unit, file *ast.File) {
	for _, group := range file.Comments {
		for _, c := range group.List {
			rest, ok := strings.CutPrefix(c.Text, "//go:linkname ")
			if !ok {
				continue
			}
			words := strings.Fields(rest)
			if len(words) == 0 || len(words) > 2 {
				u.report(l, c.Pos(), "", "usage: //go:linkname localname [linkname]")
				continue
			}
			if !importsPath(file, "unsafe") && !u.list.Standard {
				u.report(l, c.Pos(), "", `//go:linkname only allowed in Go files that import "unsafe"`)
				continue
			}
			l.collectLinkname(u, c, words)
		}
	}
}

func (l *loader) collectLinkname(u *unit, c *ast.Comment, words []string) {
	obj := u.pkg.Types.Scope().Lookup(words[0])
	switch obj.(type) {
	case *types.Func, *types.Var:
		_, twice := u.pkg.Linknames[obj]
		switch {
		case len(words) == 1:
		case strings.Contains(words[1], "["):
			u.report(l, c.Pos(), "", "//go:linkname reference of an instantiation is not allowed")
		case twice:
			u.report(l, c.Pos(), "", "duplicate //go:linkname for %s", words[0])
		default:
			u.pkg.Linknames[obj] = words[1]
		}
	default:
		if version.Compare(goVersion(u.list), "go1.18") >= 0 {
			u.report(l, c.Pos(), "", "//go:linkname must refer to declared function or variable")
		}
	}
}

// importsPath reports whether a file imports a package.
func importsPath(file *ast.File, path string) bool {
	return slices.ContainsFunc(file.Imports, func(spec *ast.ImportSpec) bool {
		imported, _ := strconv.Unquote(spec.Path.Value)
		return imported == path
	})
}

// report records an error of the user in u.
func (u *unit) report(l *loader, pos token.Pos, hint, format string, args ...any) {
	u.errs = append(u.errs, diag.Errorf(l.prog.Fset.Position(pos), hint, format, args...)...)
}

// collectDecls reads the directives that stand above declarations.
func (l *loader) collectDecls(u *unit, file *ast.File) {
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if obj := u.pkg.Info.Defs[decl.Name]; obj != nil {
				l.collectDoc(u, obj, decl.Doc)
			}
		case *ast.GenDecl:
			if decl.Tok == token.VAR {
				l.collectVars(u, decl, importsPath(file, "embed"))
			}
		}
	}
}

func (l *loader) collectVars(u *unit, decl *ast.GenDecl, embeds bool) {
	for _, spec := range decl.Specs {
		vs := spec.(*ast.ValueSpec)
		docs := []*ast.CommentGroup{vs.Doc}
		if !decl.Lparen.IsValid() {
			docs = append(docs, decl.Doc)
		}
		for _, doc := range docs {
			for _, name := range vs.Names {
				if obj := u.pkg.Info.Defs[name]; obj != nil {
					l.collectDoc(u, obj, doc)
				}
			}
			l.collectEmbed(u, vs, doc, embeds)
		}
	}
}

// collectDoc records the //mote: lines above obj. Outside the port only //mote:stack means anything (collectStack).
func (l *loader) collectDoc(u *unit, obj types.Object, doc *ast.CommentGroup) {
	if doc == nil || !u.pkg.Overlay {
		return
	}
	for _, c := range doc.List {
		text, ok := strings.CutPrefix(c.Text, "//mote:")
		if !ok {
			continue
		}
		name, rest, _ := strings.Cut(text, " ")
		args, ok := directiveArgs(rest)
		if !ok {
			u.report(l, c.Pos(), "", "//mote:%s: malformed quoted argument", name)
			continue
		}
		u.pkg.Directives[obj] = append(u.pkg.Directives[obj], Directive{Name: name, Args: args, Pos: c.Pos()})
	}
}

// directiveArgs splits at spaces; an argument in Go quotes may contain some.
func directiveArgs(s string) (args []string, ok bool) {
	for {
		s = strings.TrimLeft(s, " \t")
		if s == "" {
			return args, true
		}
		if s[0] == '"' || s[0] == '`' {
			quoted, err := strconv.QuotedPrefix(s)
			if err != nil {
				return nil, false
			}
			arg, err := strconv.Unquote(quoted)
			if err != nil {
				return nil, false
			}
			args, s = append(args, arg), s[len(quoted):]
			continue
		}
		arg, rest, _ := strings.Cut(s, " ")
		args, s = append(args, arg), rest
	}
}
