package load

import (
	"cmp"
	"go/ast"
	"go/types"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// collectEmbed resolves the //go:embed lines above a variable. The go command has already matched the patterns of the
// whole package; here each variable gets its share. allowed tells whether the file imports package embed.
func (l *loader) collectEmbed(u *unit, vs *ast.ValueSpec, doc *ast.CommentGroup, allowed bool) {
	patterns, ok := l.embedPatterns(u, doc)
	if !ok || len(patterns) == 0 {
		return
	}
	v, ok := u.pkg.Info.Defs[vs.Names[0]].(*types.Var)
	switch {
	case !allowed:
		u.report(l, doc.Pos(), "", `go:embed requires import "embed" (or import _ "embed", if package is not used)`)
		return
	case len(vs.Names) > 1:
		u.report(l, vs.Pos(), "", "go:embed cannot apply to multiple vars")
		return
	case len(vs.Values) > 0:
		u.report(l, vs.Pos(), "", "go:embed cannot apply to var with initializer")
		return
	case !ok: // var _
		return
	}
	files := embedMatches(u.list.EmbedFiles, patterns)
	switch {
	case isEmbedFS(v.Type()):
		files = withFolders(files)
	case !isStringOrBytes(v.Type()):
		u.report(l, vs.Pos(), "use string, []byte or embed.FS", "go:embed cannot apply to var of type %s", types.TypeString(v.Type(), types.RelativeTo(u.pkg.Types)))
		return
	case len(files) != 1:
		u.report(l, vs.Pos(), "use embed.FS for several files", "invalid go:embed: multiple files for type %s", v.Type())
		return
	}
	embed := new(Embed)
	for _, name := range files {
		embed.Files = append(embed.Files, EmbedFile{Name: name, Path: filepath.Join(u.list.Dir, filepath.FromSlash(name))})
	}
	u.pkg.Embeds[v] = embed
}

func (l *loader) embedPatterns(u *unit, doc *ast.CommentGroup) (patterns []string, ok bool) {
	if doc == nil {
		return nil, true
	}
	for _, c := range doc.List {
		rest, found := strings.CutPrefix(c.Text, "//go:embed ")
		if !found {
			continue
		}
		args, ok := directiveArgs(rest)
		if !ok {
			u.report(l, c.Pos(), "", "invalid quoted string in //go:embed: %s", rest)
			return nil, false
		}
		patterns = append(patterns, args...)
	}
	return patterns, true
}

// embedMatches returns those files, slash-separated and relative to the package, that patterns select, each once.
func embedMatches(files, patterns []string) []string {
	var out []string
	for _, name := range files {
		if slices.ContainsFunc(patterns, func(p string) bool { return embedMatch(p, name) }) {
			out = append(out, name)
		}
	}
	return out
}

// embedMatch reports whether pattern names the file, or a folder that holds it. Below a folder, names that begin with
// a dot or an underscore are left out unless the pattern begins with "all:".
func embedMatch(pattern, name string) bool {
	pattern, all := strings.CutPrefix(pattern, "all:")
	for prefix := name; ; prefix = path.Dir(prefix) {
		matched := pattern == "." && prefix == "."
		if !matched && prefix != "." {
			matched, _ = path.Match(pattern, prefix)
		}
		if matched && (all || !hiddenBelow(prefix, name)) {
			return true
		}
		if prefix == "." {
			return false
		}
	}
}

// hiddenBelow reports whether an element of name after the folder dir begins with a dot or an underscore.
func hiddenBelow(dir, name string) bool {
	rest := name
	if dir != "." {
		rest = strings.TrimPrefix(name[len(dir):], "/")
	}
	for elem := range strings.SplitSeq(rest, "/") {
		if elem != "" && (elem[0] == '.' || elem[0] == '_') {
			return true
		}
	}
	return false
}

// withFolders adds the folders of files, named with a final slash, and puts all into the order that embed.FS searches:
// by folder, then by name in it.
func withFolders(files []string) []string {
	out := slices.Clone(files)
	for _, name := range files {
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			out = append(out, dir+"/")
		}
	}
	slices.SortFunc(out, func(a, b string) int {
		adir, aelem := path.Split(strings.TrimSuffix(a, "/"))
		bdir, belem := path.Split(strings.TrimSuffix(b, "/"))
		return cmp.Or(cmp.Compare(folder(adir), folder(bdir)), cmp.Compare(aelem, belem))
	})
	return slices.Compact(out)
}

// folder is the name under which embed.FS sorts what is in dir.
func folder(dir string) string {
	if dir == "" {
		return "."
	}
	return strings.TrimSuffix(dir, "/")
}

func isEmbedFS(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Name() == "FS" && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "embed"
}

func isStringOrBytes(t types.Type) bool {
	switch t := t.Underlying().(type) {
	case *types.Basic:
		return t.Kind() == types.String
	case *types.Slice:
		elem, ok := t.Elem().Underlying().(*types.Basic)
		return ok && elem.Kind() == types.Uint8
	}
	return false
}
