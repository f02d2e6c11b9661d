package load

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/tools/go/ssa"
)

// names gives every function, global and type the name that Go's linker would know it by, and distinct ones to distinct things.
//
// Two kinds of things can share what Go calls them: synthetic functions of go/ssa, and types declared inside a generic
// function, of which each instance has its own. The second to be asked for gets a suffix "·2", so callers on
// several goroutines must have asked once in a fixed order before (reach does).
type names struct {
	prog *Program

	mu      sync.Mutex
	funcs   map[*ssa.Function]string
	taken   map[string]*ssa.Function
	numbers map[*ssa.Function]int                // of function literals and range bodies in the function around them
	inits   map[*ssa.Function]string             // init functions and initialisers
	locals  map[*types.Package]map[token.Pos]int // types declared in functions: their number in the package
	copies  map[string]int                       // how many types share a package and a number
	suffix  map[*types.TypeName]string           // of types declared in functions

	implicit map[*types.TypeName][]types.Type // see Program.Implicit
}

func newNames(p *Program) *names {
	n := &names{
		prog:    p,
		funcs:   make(map[*ssa.Function]string),
		taken:   make(map[string]*ssa.Function),
		numbers: make(map[*ssa.Function]int),
		inits:   make(map[*ssa.Function]string),
		locals:  make(map[*types.Package]map[token.Pos]int),
		copies:  make(map[string]int),
		suffix:  make(map[*types.TypeName]string),

		implicit: make(map[*types.TypeName][]types.Type),
	}
	for _, pkg := range p.Packages {
		n.nameInits(pkg)
	}
	return n
}

// SymbolName returns the linker symbol of fn: Go's own name for it where Go has one.
//
//	pkg.F  pkg.T.M  pkg.(*T).M  pkg.F[int]     declared functions, methods (also promoted ones), instances
//	pkg.F.func1  pkg.F.func1.2  pkg.F-range1   function literals, nested ones, bodies of range over func
//	pkg.init.0  pkg.init·1                     the first init function, the first initialiser
//	pkg.T.M-fm  pkg.T.M-thunk                  bound method values, method expressions
func (p *Program) SymbolName(fn *ssa.Function) string {
	p.names.mu.Lock()
	defer p.names.mu.Unlock()
	return p.names.function(fn)
}

// GlobalName returns the linker symbol of g.
func (p *Program) GlobalName(g *ssa.Global) string {
	if pkg := p.ByTypes[g.Pkg.Pkg]; pkg != nil && g.Object() != nil {
		if sym, ok := pkg.Linknames[g.Object()]; ok {
			return sym
		}
		if d := p.Directive(g.Object(), "symbol"); d != nil && len(d.Args) == 1 {
			return d.Args[0]
		}
	}
	return g.Pkg.Pkg.Path() + "." + g.Name()
}

// TypeString returns a name that identical types share and different types do not: the type with full package paths.
func (p *Program) TypeString(t types.Type) string {
	p.names.mu.Lock()
	defer p.names.mu.Unlock()
	return p.names.typeString(t)
}

// function returns the name of fn, made unique.
func (n *names) function(fn *ssa.Function) string {
	if name, ok := n.funcs[fn]; ok {
		return name
	}
	base := n.plain(fn)
	if fn.Blocks == nil { // refers to what another function or assembly defines
		n.funcs[fn] = base
		return base
	}
	name := base
	for i := 2; n.taken[name] != nil; i++ {
		name = base + "·" + strconv.Itoa(i)
	}
	n.funcs[fn] = name
	n.taken[name] = fn
	return name
}

// plain is the name of fn before it is compared with others.
func (n *names) plain(fn *ssa.Function) string {
	if fn.Parent() != nil {
		return n.literal(fn)
	}
	if name, ok := n.inits[fn]; ok {
		return name
	}
	name := n.declared(fn)
	switch {
	case strings.HasPrefix(fn.Synthetic, "bound "):
		return name + "-fm"
	case strings.HasPrefix(fn.Synthetic, "thunk "):
		return name + "-thunk"
	}
	return name
}

// declared is the name of a function that has an object: pkg.F, or receiver.M.
func (n *names) declared(fn *ssa.Function) string {
	obj, _ := fn.Object().(*types.Func)
	if obj == nil { // the package initialiser of go/ssa
		if fn.Pkg != nil {
			return fn.Pkg.Pkg.Path() + "." + fn.Name()
		}
		return fn.Name()
	}
	if recv := receiver(fn, obj); recv != nil {
		return n.receiverString(recv) + "." + n.methodName(recv, obj) + n.typeArgs(methodArgs(fn))
	}
	if pkg := n.prog.ByTypes[obj.Pkg()]; pkg != nil {
		if sym, ok := pkg.Linknames[obj]; ok {
			return sym
		}
	}
	return obj.Pkg().Path() + "." + obj.Name() + n.typeArgs(fn.TypeArgs())
}

// receiver is the type that fn has a method of obj's name for, which for promoted methods is not the one that declares it.
func receiver(fn *ssa.Function, obj *types.Func) types.Type {
	switch {
	case fn.Signature.Recv() != nil:
		return fn.Signature.Recv().Type()
	case strings.HasPrefix(fn.Synthetic, "bound "):
		return fn.FreeVars[0].Type()
	case strings.HasPrefix(fn.Synthetic, "thunk "):
		return fn.Signature.Params().At(0).Type()
	}
	return nil
}

// methodArgs are the type arguments of a method itself, without those of its receiver.
func methodArgs(fn *ssa.Function) []types.Type {
	recv := fn.Signature.RecvTypeParams().Len()
	if o := fn.Origin(); o != nil {
		recv = o.Signature.RecvTypeParams().Len()
	}
	args := fn.TypeArgs()
	if recv > len(args) {
		return nil
	}
	return args[recv:]
}

// methodName qualifies an unexported method of another package than the receiver's, since each package has its own.
func (n *names) methodName(recv types.Type, obj *types.Func) string {
	if obj.Exported() || obj.Pkg() == nil || obj.Pkg() == typePackage(recv) {
		return obj.Name()
	}
	return obj.Pkg().Path() + "." + obj.Name()
}

func typePackage(t types.Type) *types.Package {
	t = types.Unalias(t)
	if ptr, ok := t.(*types.Pointer); ok {
		t = types.Unalias(ptr.Elem())
	}
	if named, ok := t.(*types.Named); ok {
		return named.Obj().Pkg()
	}
	return nil
}

// receiverString writes the receiver as a qualifier: pkg.T or pkg.(*T).
func (n *names) receiverString(t types.Type) string {
	ptr, ok := types.Unalias(t).(*types.Pointer)
	if !ok {
		return n.typeString(t)
	}
	elem := n.typeString(ptr.Elem())
	if pkg := typePackage(t); pkg != nil {
		return pkg.Path() + ".(*" + strings.TrimPrefix(elem, pkg.Path()+".") + ")"
	}
	return "(*" + elem + ")"
}

// typeArgs is the bracketed list behind the name of an instance; empty for none.
func (n *names) typeArgs(args []types.Type) string {
	if len(args) == 0 {
		return ""
	}
	var strs []string
	for _, t := range args {
		strs = append(strs, n.typeString(t))
	}
	return "[" + strings.Join(strs, ",") + "]"
}

// nameInits names the init functions of pkg and its initialisers, and numbers the function literals in the latter, which in
// Go all belong to one function pkg.init.
func (n *names) nameInits(pkg *Package) {
	path := pkg.Types.Path()
	var literals []*ssa.Function
	vars, funcs := 0, 0
	for _, init := range pkg.Inits {
		if init.Lhs == nil {
			n.inits[init.Fn] = path + ".init." + strconv.Itoa(funcs)
			funcs++
			continue
		}
		vars++
		n.inits[init.Fn] = path + ".init·" + strconv.Itoa(vars)
		literals = append(literals, nested(init.Fn)...)
	}
	n.number(literals)
}

// literal names a function literal or the body of a range over func. Like the gc compiler it numbers those inside such a
// body together with those of the function around it.
func (n *names) literal(fn *ssa.Function) string {
	outer := fn.Parent()
	for isRangeBody(outer) {
		outer = outer.Parent()
	}
	if n.numbers[fn] == 0 {
		n.number(nested(outer))
	}
	num := strconv.Itoa(n.numbers[fn])
	name := n.outerName(outer)
	switch {
	case isRangeBody(fn):
		return name + "-range" + num
	case outer.Parent() != nil:
		return name + "." + num
	}
	return name + ".func" + num
}

// outerName is the name of a function as the literals in it have it.
func (n *names) outerName(outer *ssa.Function) string {
	if name, ok := n.inits[outer]; ok && strings.Contains(name, ".init·") {
		return name[:strings.LastIndex(name, "·")]
	}
	return n.function(outer)
}

// nested returns the literals and range bodies directly in fn or in its range bodies.
func nested(fn *ssa.Function) []*ssa.Function {
	var out []*ssa.Function
	for _, f := range fn.AnonFuncs {
		out = append(out, f)
		if isRangeBody(f) {
			out = append(out, nested(f)...)
		}
	}
	return out
}

// number counts literals and range bodies in source order, each kind on its own.
func (n *names) number(fns []*ssa.Function) {
	slices.SortStableFunc(fns, func(a, b *ssa.Function) int { return int(literalPos(a) - literalPos(b)) })
	literals, bodies := 0, 0
	for _, fn := range fns {
		if isRangeBody(fn) {
			bodies++
			n.numbers[fn] = bodies
		} else {
			literals++
			n.numbers[fn] = literals
		}
	}
}

func literalPos(fn *ssa.Function) token.Pos {
	if syntax := fn.Syntax(); syntax != nil {
		return syntax.Pos()
	}
	return fn.Pos()
}

func isRangeBody(fn *ssa.Function) bool {
	_, ok := fn.Syntax().(*ast.RangeStmt)
	return ok
}
