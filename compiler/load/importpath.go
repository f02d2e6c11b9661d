package load

import (
	"fmt"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"mote/internal/diag"
)

// files are the full names of the Go files of a package.
func (lp *listPackage) files() []string {
	var out []string
	for _, name := range lp.GoFiles {
		out = append(out, lp.file(name))
	}
	return out
}

// importPathErrors finds import paths that can mean nothing. The go command stops at the first, and gives no position.
func importPathErrors(files []string) (list diag.List) {
	slices.Sort(files)
	fset := token.NewFileSet()
	for _, name := range slices.Compact(files) {
		file, err := parser.ParseFile(fset, name, nil, parser.ImportsOnly)
		if file == nil || err != nil && len(file.Imports) == 0 {
			continue
		}
		for _, spec := range file.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			if what := invalidPath(path); what != "" {
				list = append(list, diag.Errorf(fset.Position(spec.Path.Pos()), "", "%s", what)...)
			}
		}
	}
	return list
}

// invalidPath says what is wrong with an import path; nothing when it is well-formed.
func invalidPath(path string) string {
	if path == "" {
		return "invalid import path (empty string)"
	}
	if path[0] == '/' {
		return "import path cannot be absolute path"
	}
	for _, r := range path {
		if !unicode.IsGraphic(r) || unicode.IsSpace(r) || strings.ContainsRune("!\"#$%&'()*,:;<=>?[\\]^`{|}\uFFFD", r) {
			return fmt.Sprintf("invalid import path (invalid character %#U)", r)
		}
	}
	return ""
}
