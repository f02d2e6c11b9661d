package lower

import (
	"fmt"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// functionPackage is the package that fn's code belongs to: its own, that of a generic's origin, or a wrapper's receiver's. It may be nil.
func functionPackage(fn *ssa.Function) *types.Package {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	if o := fn.Origin(); o != nil {
		fn = o
	}
	if fn.Pkg != nil {
		return fn.Pkg.Pkg
	}
	if recv := fn.Signature.Recv(); recv != nil {
		if p := namedPackage(recv.Type()); p != nil {
			return p
		}
	}
	if obj := fn.Object(); obj != nil && obj.Pkg() != nil {
		return obj.Pkg()
	}
	return nil
}

func namedPackage(t types.Type) *types.Package {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	if n, ok := types.Unalias(t).(*types.Named); ok {
		return n.Obj().Pkg()
	}
	return nil
}

func homePackage(fn *ssa.Function) string {
	if p := functionPackage(fn); p != nil {
		return p.Path()
	}
	return sharedModule
}

// resolve follows a body-less function to the one that defines its symbol, if a Go function does.
func (l *lowerer) resolve(fn *ssa.Function) *ssa.Function {
	if len(fn.Blocks) > 0 {
		return fn
	}
	if def := l.Program.Funcs[l.Program.SymbolName(fn)]; def != nil {
		return def
	}
	return fn
}

// fn returns the code address of a function, declared in m and queued for lowering.
func (m *module) fn(fn *ssa.Function) llvm.Value {
	fn = m.l.resolve(fn)
	m.l.demand(fn)
	return m.ir.Declare(m.l.Program.SymbolName(fn), m.l.codeType(fn), declAttrs(fn)...)
}

// funcValue returns the func value of a function without free variables: its constant closure object F·f.
func (m *module) funcValue(fn *ssa.Function) llvm.Value {
	fn = m.l.resolve(fn)
	code := m.fn(fn)
	name := m.l.Program.SymbolName(fn) + "·f"
	if !m.ir.Defined(name) {
		m.ir.NewGlobal(name, llvm.Global{Linkage: "linkonce_odr", Constant: true, UnnamedAddr: true, Init: code, Align: 4})
	}
	return m.ir.Symbol(name)
}

// global returns the address of a package-level variable: of the one that defines its symbol, if it is only a linkname.
func (m *module) global(g *ssa.Global) llvm.Value {
	g = m.l.resolveGlobal(g)
	if m.l.hasNoMemory(g) {
		return m.zerobase()
	}
	return m.ir.Symbol(m.l.Program.GlobalName(g))
}

// hasNoMemory tells whether g is of size zero and so at the same place as all such variables. What names a symbol of the
// linker script or of assembly has a place of its own.
func (l *lowerer) hasNoMemory(g *ssa.Global) bool {
	if l.types.size(g.Type().Underlying().(*types.Pointer).Elem()) > 0 || g.Object() == nil {
		return false
	}
	p := l.Program.ByTypes[g.Pkg.Pkg]
	return p != nil && p.Linknames[g.Object()] == "" && l.Program.Directive(g.Object(), "symbol") == nil
}

func (l *lowerer) resolveGlobal(g *ssa.Global) *ssa.Global {
	if def := l.Program.Globals[l.Program.GlobalName(g)]; def != nil {
		return def
	}
	return g
}

// internalError stops lowering; the recovery in lowerFunction adds the function and instruction.
func internalError(format string, args ...any) { panic(fmt.Sprintf("lower: "+format, args...)) }
