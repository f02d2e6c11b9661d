package load

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/internal/diag"
)

// bindSymbols fills Program.Funcs and Program.Globals.
func (l *loader) bindSymbols() error {
	p := l.prog
	p.Funcs = make(map[string]*ssa.Function)
	p.Globals = make(map[string]*ssa.Global)
	p.names = newNames(p)
	var errs diag.List
	for _, pkg := range p.Packages {
		for _, fn := range definedFuncs(p, pkg) {
			sym := p.names.plain(fn)
			if other := p.Funcs[sym]; other != nil {
				errs = append(errs, diag.Errorf(p.Position(fn.Pos()), "", "symbol %q is also defined at %s", sym, p.Position(other.Pos()))...)
			}
			p.Funcs[p.SymbolName(fn)] = fn
		}
		bindGlobals(p, pkg)
	}
	if len(errs) > 0 {
		return errs.Sort()
	}
	return nil
}

// definedFuncs returns the functions and methods declared in pkg that have code: a body, or one in assembly.
func definedFuncs(p *Program, pkg *Package) []*ssa.Function {
	var fns []*ssa.Function
	for _, file := range pkg.Files {
		for _, decl := range file.Decls {
			fd, ok := decl.(*ast.FuncDecl)
			if !ok || fd.Name.Name == "_" {
				continue
			}
			obj := pkg.Info.Defs[fd.Name].(*types.Func)
			sig := obj.Signature()
			if sig.TypeParams().Len() > 0 || sig.RecvTypeParams().Len() > 0 {
				continue
			}
			if fn := p.SSA.FuncValue(obj); fn != nil && (fd.Body != nil || p.Directive(obj, "asm") != nil) {
				fns = append(fns, fn)
			}
		}
	}
	return fns
}

// bindGlobals enters the variables of pkg. Where several packages name one variable, the one whose own name it is
// defines it, else one that gives it a value.
func bindGlobals(p *Program, pkg *Package) {
	initialised := make(map[*types.Var]bool)
	for _, init := range pkg.Inits {
		for _, v := range init.Lhs {
			initialised[v] = true
		}
	}
	scope := pkg.Types.Scope()
	for _, name := range scope.Names() {
		v, ok := scope.Lookup(name).(*types.Var)
		if !ok {
			continue
		}
		sym, renamed := pkg.Linknames[v]
		if !renamed {
			sym = pkg.Types.Path() + "." + name
		}
		if p.Globals[sym] == nil || !renamed || initialised[v] {
			p.Globals[sym] = pkg.SSA.Var(name)
		}
	}
}

// Definition returns the function with the code of fn: fn itself if it has some, else what defines its symbol in another
// package through //go:linkname; nil if nothing does.
func (p *Program) Definition(fn *ssa.Function) *ssa.Function {
	if len(fn.Blocks) > 0 {
		return fn
	}
	return p.Funcs[p.SymbolName(fn)]
}

// GlobalDefinition returns the variable that g stands for: itself, or another package's through //go:linkname.
func (p *Program) GlobalDefinition(g *ssa.Global) *ssa.Global {
	if def := p.Globals[p.GlobalName(g)]; def != nil {
		return def
	}
	return g
}

// PackageOf returns the loaded package that declares obj; nil for the universe and unsafe.
func (p *Program) PackageOf(obj types.Object) *Package {
	if obj.Pkg() == nil {
		return nil
	}
	return p.ByTypes[obj.Pkg()]
}

// Directive returns the //mote: directive of that name on a function or variable, or nil.
func (p *Program) Directive(obj types.Object, name string) *Directive {
	pkg := p.PackageOf(obj)
	if pkg == nil {
		return nil
	}
	for i, d := range pkg.Directives[obj] {
		if d.Name == name {
			return &pkg.Directives[obj][i]
		}
	}
	return nil
}

// Lookup returns the package-level object of that name, or nil. The path is an import path.
func (p *Program) Lookup(path, name string) types.Object {
	pkg := p.ByPath[path]
	if pkg == nil {
		return nil
	}
	return pkg.Types.Scope().Lookup(name)
}

// Func returns the package-level function of that name, or nil. The path is an import path.
func (p *Program) Func(path, name string) *ssa.Function {
	obj, ok := p.Lookup(path, name).(*types.Func)
	if !ok {
		return nil
	}
	return p.SSA.FuncValue(obj)
}

// Position is where pos is, with an absolute file name.
func (p *Program) Position(pos token.Pos) token.Position { return p.Fset.Position(pos) }
