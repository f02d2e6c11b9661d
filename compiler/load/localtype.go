package load

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// LocalNumber is the number that gc gives a type that is declared in a function: its place among those of the package, without
// aliases. 0 for other types.
func (p *Program) LocalNumber(obj *types.TypeName) int {
	pkg := p.ByTypes[obj.Pkg()]
	if pkg == nil || obj.Parent() == obj.Pkg().Scope() {
		return 0
	}
	p.names.mu.Lock()
	defer p.names.mu.Unlock()
	return p.names.localNumbers(pkg)[obj.Pos()]
}

// Implicit are the type arguments of the generic function around a local type, of which each instance of the function has its own.
// nil for other types, and for those of an instance that NoteInstance has not seen.
func (p *Program) Implicit(obj *types.TypeName) []types.Type {
	p.names.mu.Lock()
	defer p.names.mu.Unlock()
	return p.names.implicit[obj]
}

// NoteInstance finds the local types of fn, an instance of a generic function: go/ssa makes them and does not tell whose they are.
// An instance must be seen before those that have its local types for arguments.
func (p *Program) NoteInstance(fn *ssa.Function) {
	origin := fn.Origin()
	if origin == nil || origin.Syntax() == nil || len(fn.TypeArgs()) == 0 {
		return
	}
	p.names.mu.Lock()
	defer p.names.mu.Unlock()
	c := localCollector{names: p.names, args: fn.TypeArgs(), body: origin.Syntax(), seen: map[types.Type]bool{}}
	var buf [16]*ssa.Value
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if v, ok := instr.(ssa.Value); ok {
				c.visit(v.Type())
			}
			for _, op := range instr.Operands(buf[:0]) {
				if *op != nil {
					c.visit((*op).Type())
				}
			}
		}
	}
}

// localCollector notes the local types of one instance.
type localCollector struct {
	names *names
	args  []types.Type
	body  ast.Node // of the generic function
	seen  map[types.Type]bool
}

func (c *localCollector) visit(t types.Type) {
	t = types.Unalias(t)
	if t == nil || c.seen[t] {
		return
	}
	c.seen[t] = true
	switch t := t.(type) {
	case *types.Named:
		c.named(t)
	case *types.Map:
		c.visit(t.Key())
		c.visit(t.Elem())
	case interface{ Elem() types.Type }:
		c.visit(t.Elem())
	case *types.Struct:
		for f := range t.Fields() {
			c.visit(f.Type())
		}
	case *types.Signature:
		c.visit(t.Params())
		c.visit(t.Results())
	case *types.Tuple:
		for v := range t.Variables() {
			c.visit(v.Type())
		}
	case *types.Interface:
		for m := range t.Methods() {
			c.visit(m.Type())
		}
	}
}

// named notes a type that go/ssa made (it has no scope) at a place in the function.
func (c *localCollector) named(t *types.Named) {
	for arg := range t.TypeArgs().Types() {
		c.visit(arg)
	}
	obj := t.Obj()
	if obj.Pkg() == nil || obj.Parent() != nil || obj.Pos() < c.body.Pos() || obj.Pos() >= c.body.End() {
		return
	}
	if c.names.implicit[obj] == nil {
		c.names.implicit[obj] = c.args
	}
	c.visit(t.Underlying())
}
