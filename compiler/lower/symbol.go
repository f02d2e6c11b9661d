package lower

import (
	"fmt"
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
	"mote/compiler/load"
)

// namer gives functions and globals their linker symbols: Go's own names, made unique.
type namer struct {
	program *load.Program
	funcs   map[*ssa.Function]string
	globals map[*ssa.Global]string
	taken   map[string]*ssa.Function
}

func newNamer(p *load.Program) *namer {
	return &namer{program: p, funcs: map[*ssa.Function]string{}, globals: map[*ssa.Global]string{}, taken: map[string]*ssa.Function{}}
}

// function returns the symbol of fn, which is defined here or, when it has no body, elsewhere.
func (n *namer) function(fn *ssa.Function) string {
	if s, ok := n.funcs[fn]; ok {
		return s
	}
	s := n.linkname(fn)
	if s == "" {
		s = goName(fn)
	}
	if len(fn.Blocks) > 0 {
		s = n.unique(s, fn)
	}
	n.funcs[fn] = s
	return s
}

func (n *namer) unique(name string, fn *ssa.Function) string {
	s := name
	for i := 1; n.taken[s] != nil; i++ {
		s = name + "·" + strconv.Itoa(i)
	}
	n.taken[s] = fn
	return s
}

func (n *namer) linkname(fn *ssa.Function) string {
	if fn.Pkg == nil || fn.Object() == nil || fn.Synthetic != "" {
		return ""
	}
	if p := n.program.ByPath[fn.Pkg.Pkg.Path()]; p != nil {
		return p.Linknames[fn.Object()]
	}
	return ""
}

// global returns the symbol of a package-level variable.
func (n *namer) global(g *ssa.Global) string {
	if s, ok := n.globals[g]; ok {
		return s
	}
	s := packageName(g.Pkg.Pkg) + "." + g.Name()
	if p := n.program.ByPath[g.Pkg.Pkg.Path()]; p != nil && g.Object() != nil {
		if link := p.Linknames[g.Object()]; link != "" {
			s = link
		}
		for _, d := range p.Directives[g.Object()] {
			if d.Name == "symbol" && len(d.Args) > 0 {
				s = d.Args[0]
			}
		}
	}
	n.globals[g] = s
	return s
}

// packageName is the path that stands in symbols.
func packageName(p *types.Package) string {
	if p.Name() == "main" {
		return "main"
	}
	return p.Path()
}

// goName is the name that Go's own linker would give fn.
func goName(fn *ssa.Function) string {
	if parent := fn.Parent(); parent != nil {
		return closureName(parent, fn)
	}
	if recv := fn.Signature.Recv(); recv != nil {
		return receiverName(recv.Type()) + "." + methodName(fn)
	}
	if len(fn.FreeVars) == 1 && strings.HasSuffix(fn.Name(), "$bound") {
		return receiverName(fn.FreeVars[0].Type()) + "." + strings.TrimSuffix(fn.Name(), "$bound") + "-fm"
	}
	if strings.HasSuffix(fn.Name(), "$thunk") {
		return receiverName(fn.Signature.Params().At(0).Type()) + "." + strings.TrimSuffix(fn.Name(), "$thunk") + "·thunk"
	}
	name := fn.Name()
	if i := strings.IndexByte(name, '['); i >= 0 {
		name = name[:i]
	}
	name = strings.ReplaceAll(name, "#", ".") + typeArgs(fn)
	if pkg := functionPackage(fn); pkg != nil {
		return packageName(pkg) + "." + name
	}
	return "go." + name
}

func methodName(fn *ssa.Function) string {
	name, _, generic := strings.Cut(fn.Name(), "[")
	if generic {
		name += typeArgs(fn)
	}
	if strings.HasPrefix(fn.Synthetic, "wrapper") || strings.HasPrefix(fn.Synthetic, "promotion") {
		return name + "·w"
	}
	return name
}

// closureName numbers function literals as the go command does: F.func1, and F.func1.2 for one inside.
func closureName(parent, fn *ssa.Function) string {
	_, n, _ := strings.Cut(fn.Name()[len(parent.Name()):], "$")
	if n == "" {
		n = strconv.Itoa(closureIndex(parent, fn))
	}
	if parent.Parent() != nil {
		return goName(parent) + "." + n
	}
	return goName(parent) + ".func" + n
}

func closureIndex(parent, fn *ssa.Function) int {
	for i, f := range parent.AnonFuncs {
		if f == fn {
			return i + 1
		}
	}
	return 0
}

func receiverName(t types.Type) string {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		return pointerReceiver(typeString(p.Elem()))
	}
	return typeString(t)
}

// pointerReceiver writes pkg/path.(*T).
func pointerReceiver(elem string) string {
	base, args, generic := strings.Cut(elem, "[")
	i := strings.LastIndexByte(base, '.')
	if i < 0 || strings.ContainsAny(base, " {*") {
		return "(*" + elem + ")"
	}
	if generic {
		args = "[" + args
	}
	return base[:i+1] + "(*" + base[i+1:] + args + ")"
}

func typeArgs(fn *ssa.Function) string {
	args := fn.TypeArgs()
	if len(args) == 0 || fn.Signature.Recv() != nil && !strings.Contains(fn.Name(), "[") {
		return ""
	}
	names := make([]string, len(args))
	for i, a := range args {
		names[i] = typeString(a)
	}
	return "[" + strings.Join(names, ",") + "]"
}

func typeString(t types.Type) string { return types.TypeString(t, packageName) }

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
	if def := l.Program.Funcs[l.names.function(fn)]; def != nil {
		return def
	}
	return fn
}

// fn returns the code address of a function, declared in m and queued for lowering.
func (m *module) fn(fn *ssa.Function) llvm.Value {
	fn = m.l.resolve(fn)
	m.l.demand(fn)
	return m.ir.Declare(m.l.names.function(fn), m.l.codeType(fn), m.l.declAttrs(fn)...)
}

// funcValue returns the func value of a function without free variables: its constant closure object F·f.
func (m *module) funcValue(fn *ssa.Function) llvm.Value {
	fn = m.l.resolve(fn)
	code := m.fn(fn)
	name := m.l.names.function(fn) + "·f"
	if !m.ir.Defined(name) {
		m.ir.NewGlobal(name, llvm.Global{Linkage: "linkonce_odr", Constant: true, UnnamedAddr: true, Init: code, Align: 4})
	}
	return m.ir.Symbol(name)
}

// global returns the address of a package-level variable.
func (m *module) global(g *ssa.Global) llvm.Value {
	if g.Object() != nil {
		if def := m.l.Program.Globals[m.l.names.global(g)]; def != nil && def != g {
			g = def
		}
	}
	return m.ir.Symbol(m.l.names.global(g))
}

// internalError stops lowering; the recovery in lowerFunction adds the function and instruction.
func internalError(format string, args ...any) { panic(fmt.Sprintf("lower: "+format, args...)) }
