package heldlock

import (
	"fmt"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Path names a variable as the source does, by the way from a root: a global, a parameter, a local variable or the result of an instruction.
// Two paths that are equal name the same variable as long as nothing on the way has been assigned.
type Path struct {
	Root  ssa.Value
	Steps string // ".field", "[i]" and "*" for each pointer that is read
}

// PathOf returns the path of the variable that address points to.
func PathOf(address ssa.Value) Path {
	switch v := address.(type) {
	case *ssa.FieldAddr:
		return PathOf(v.X).step("." + fieldName(v))
	case *ssa.IndexAddr:
		return PathOf(v.X).step("[" + indexName(v.Index) + "]")
	case *ssa.UnOp: // a pointer that is itself in a variable
		return PathOf(v.X).step("*")
	case *ssa.ChangeType:
		return PathOf(v.X)
	}
	return Path{Root: address}
}

func (p Path) step(s string) Path { return Path{p.Root, p.Steps + s} }

// through tells whether p reads the pointer that is in the variable at other.
func (p Path) through(other Path) bool {
	return p.Root == other.Root && strings.HasPrefix(p.Steps, other.Steps+"*")
}

// String writes the path as the source would.
func (p Path) String() string {
	name := p.Root.Name()
	switch root := p.Root.(type) {
	case *ssa.Alloc:
		if name = root.Comment; name == "complit" || name == "new" {
			name = fmt.Sprintf("(%s)", typeName(root.Type()))
		}
	case *ssa.Global, *ssa.Parameter, *ssa.FreeVar:
	default:
		name = fmt.Sprintf("(%s)", typeName(root.Type()))
	}
	return name + strings.ReplaceAll(p.Steps, "*", "")
}

func fieldName(v *ssa.FieldAddr) string {
	structure := v.X.Type().Underlying().(*types.Pointer).Elem().Underlying()
	if s, ok := structure.(*types.Struct); ok {
		return s.Field(v.Field).Name()
	}
	return fmt.Sprint(v.Field)
}

func indexName(v ssa.Value) string {
	if c, ok := v.(*ssa.Const); ok && c.Value != nil {
		return c.Value.String()
	}
	return v.Name()
}

func typeName(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string { return p.Name() })
}
