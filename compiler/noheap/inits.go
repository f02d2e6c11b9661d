package noheap

import (
	"go/ast"
	"go/token"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/load"
)

// initialisers reports packages of std that allocate when the program starts, at an import of the user's that has them in the
// program. The user's own initialisers are functions as all others.
func (c *check) initialisers() {
	reported := map[*load.Package]bool{}
	for _, init := range c.Reach.Inits {
		if c.Graph.Own(init.Fn) || !c.allocates(init.Fn) || reported[init.Pkg] {
			continue
		}
		reported[init.Pkg] = true
		pos, path := c.importOf(init.Pkg)
		text := "package " + init.Pkg.Path + " allocates when the program starts"
		if path != "" && path != init.Pkg.Path {
			text += ", and " + path + " imports it"
		}
		way := append([]*ssa.Function{init.Fn}, c.way(c.next[init.Fn].Callee)...)
		c.errorf(pos, "do without the package", "%s (%s)", text, c.names(way))
	}
}

// importOf finds the user's import that is nearest to pkg: its position and its path.
func (c *check) importOf(pkg *load.Package) (token.Pos, string) {
	type step struct {
		pkg  *load.Package
		pos  token.Pos
		path string
	}
	var queue []step
	for _, own := range c.Program.Packages {
		if own.Standard {
			continue
		}
		for _, file := range own.Files {
			for _, spec := range file.Imports {
				if imported := importedBy(own, spec); imported != nil && imported.Standard {
					queue = append(queue, step{imported, spec.Pos(), imported.Path})
				}
			}
		}
	}
	seen := map[*load.Package]bool{}
	for len(queue) > 0 {
		s := queue[0]
		queue = queue[1:]
		if s.pkg == pkg {
			return s.pos, s.path
		}
		if seen[s.pkg] {
			continue
		}
		seen[s.pkg] = true
		for _, imported := range s.pkg.Imports {
			queue = append(queue, step{imported, s.pos, s.path})
		}
	}
	return token.NoPos, ""
}

func importedBy(pkg *load.Package, spec *ast.ImportSpec) *load.Package {
	path, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return nil
	}
	for _, imported := range pkg.Imports {
		if imported.Path == path {
			return imported
		}
	}
	return nil
}
