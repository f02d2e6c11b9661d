// Package load finds, parses, type-checks and builds the SSA form of a program and everything that it needs.
//
// It merges the port (package lib's embedded files) with GOROOT/src through a go list overlay, so that go list itself
// applies build constraints, module resolution and go:embed patterns. It knows nothing of LLVM or of boards.
// Start reading at Load.
package load

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Program is a whole program in SSA form, ready for the later stages. It is not changed after Load returns.
type Program struct {
	Fset     *token.FileSet
	Sizes    types.Sizes
	SSA      *ssa.Program
	Packages []*Package          // in the order of initialisation: imports before importers
	ByPath   map[string]*Package // by import path
	ByTypes  map[*types.Package]*Package
	Main     *Package // nil when a package that is not a program was loaded
	Dir      string   // positions in messages are relative to this folder

	// Symbols resolves a linker symbol to the function or global that defines it
	// (own name or //go:linkname of something with a body).
	Funcs   map[string]*ssa.Function
	Globals map[string]*ssa.Global

	names *names
}

// Package is one loaded package.
type Package struct {
	Path     string // import path; Types.Path() is "main" for the main package, as in linker symbols
	Dir      string
	Standard bool // from GOROOT or the overlay
	Overlay  bool // at least one file comes from lib/
	Types    *types.Package
	Info     *types.Info
	Files    []*ast.File
	SSA      *ssa.Package
	Imports  []*Package

	// Inits are the initialisers in the order of types.Info.InitOrder followed by the init functions in source order.
	// Each is a function of its own; ssa's package initialiser is not used.
	Inits []*Init

	Linknames  map[types.Object]string      // function or variable -> linker symbol
	Directives map[types.Object][]Directive // //mote:... of functions and variables
	Embeds     map[*types.Var]*Embed        // //go:embed variables
}

// Init is one unit of package initialisation.
type Init struct {
	Pkg *Package
	Fn  *ssa.Function
	Lhs []*types.Var // the variables it initialises; nil for an init function
}

// Directive is a //mote:name line.
type Directive struct {
	Name string   // "asm", "inline", "symbol", "calls", "root", "stack"
	Args []string // unquoted
	Pos  token.Pos
}

// Embed is the resolved content of a //go:embed variable (string, []byte or embed.FS).
type Embed struct {
	Files []EmbedFile // for embed.FS with folders and in the order it wants: by folder, then by name in it
}

// EmbedFile is one file (or, with a name ending in "/", a folder).
type EmbedFile struct {
	Name string
	Path string // on the host; for a folder too
}
