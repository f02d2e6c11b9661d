package load

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// pendingInit is an initialiser whose function go/ssa has not made yet.
type pendingInit struct {
	fn  *types.Func
	lhs []*types.Var
}

// initFiles turns every initialiser of u into a function `func init() { lhs = rhs }` of its own and returns the files that
// declare them, to be given to go/ssa before those of the package. go/ssa's own package initialiser is one
// function for everything, which could only be kept or dropped as a whole. With InitOrder empty go/ssa adds nothing to it.
//
// A file is made for each source file, since the language version goes by file.
func initFiles(u *unit) []*ast.File {
	info := u.pkg.Info
	made := make(map[*ast.File]*ast.File)
	for _, init := range info.InitOrder {
		src := fileOf(u.pkg.Files, init.Rhs.Pos())
		file := made[src]
		if file == nil {
			file = &ast.File{Name: src.Name}
			info.FileVersions[file] = info.FileVersions[src]
			made[src] = file
		}
		decl, fn := initDecl(u.pkg, init)
		file.Decls = append(file.Decls, decl)
		u.inits = append(u.inits, pendingInit{fn, init.Lhs})
	}
	info.InitOrder = nil
	var files []*ast.File
	for _, src := range u.pkg.Files {
		if made[src] != nil {
			files = append(files, made[src])
		}
	}
	return files
}

// fileOf finds the file that contains pos.
func fileOf(files []*ast.File, pos token.Pos) *ast.File {
	for _, f := range files {
		if f.FileStart <= pos && pos < f.FileEnd {
			return f
		}
	}
	return files[0] // an expression that the loader made
}

// initDecl declares the function for one initialiser and records what the type checker would have found in it.
func initDecl(pkg *Package, init *types.Initializer) (*ast.FuncDecl, *types.Func) {
	pos, end := init.Rhs.Pos(), init.Rhs.End()
	assign := &ast.AssignStmt{Tok: token.ASSIGN, TokPos: pos, Rhs: []ast.Expr{init.Rhs}}
	for _, v := range init.Lhs {
		id := &ast.Ident{Name: v.Name(), NamePos: v.Pos()}
		if v.Name() != "_" {
			pkg.Info.Uses[id] = v
		}
		assign.Lhs = append(assign.Lhs, id)
	}
	fn := types.NewFunc(pos, pkg.Types, "init", types.NewSignatureType(nil, nil, nil, nil, nil, false))
	name := &ast.Ident{Name: "init", NamePos: pos}
	pkg.Info.Defs[name] = fn
	return &ast.FuncDecl{
		Name: name,
		Type: &ast.FuncType{Func: pos, Params: &ast.FieldList{Opening: pos, Closing: pos}},
		Body: &ast.BlockStmt{Lbrace: pos, List: []ast.Stmt{assign}, Rbrace: end},
	}, fn
}

// build makes the SSA form of all packages.
func (l *loader) build(mode ssa.BuilderMode) {
	prog := ssa.NewProgram(l.prog.Fset, mode)
	l.prog.SSA = prog
	for _, u := range l.units {
		l.prog.ByTypes[u.pkg.Types] = u.pkg
		files := append(initFiles(u), u.pkg.Files...)
		u.pkg.SSA = prog.CreatePackage(u.pkg.Types, files, u.pkg.Info, true)
	}
	prog.Build()
	for _, u := range l.units {
		for _, p := range u.inits {
			u.pkg.Inits = append(u.pkg.Inits, &Init{Pkg: u.pkg, Fn: prog.FuncValue(p.fn), Lhs: p.lhs})
		}
		for _, fn := range declaredInits(u.pkg) {
			u.pkg.Inits = append(u.pkg.Inits, &Init{Pkg: u.pkg, Fn: prog.FuncValue(fn)})
		}
	}
}

// declaredInits returns the init functions of pkg in source order.
func declaredInits(pkg *Package) []*types.Func {
	var fns []*types.Func
	for _, file := range pkg.Files {
		for _, decl := range file.Decls {
			if fd, ok := decl.(*ast.FuncDecl); ok && fd.Recv == nil && fd.Name.Name == "init" {
				fns = append(fns, pkg.Info.Defs[fd.Name].(*types.Func))
			}
		}
	}
	return fns
}
