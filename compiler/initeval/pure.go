package initeval

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/load"
)

// purity finds residual initialisers that do nothing but compute the values of their variables.
//
// That is a static property: every store goes to the initialiser's own variables or to memory that the storing
// function made itself, and all callees are known and have the property too. Panics are not considered: an initialiser
// that would panic may be dropped like any other whose result nobody uses.
type purity struct {
	m     *machine
	facts map[*ssa.Function]*effects
}

// effects are what one function does by itself.
type effects struct {
	impure     bool
	writesArgs bool // stores through a parameter
	calls      []pureCall
}

type pureCall struct {
	fn    *ssa.Function
	fresh bool // all pointers passed are to memory that the caller made
}

// origin says where a pointer comes from.
type origin uint8

const (
	originFresh origin = iota // made by this function
	originParam
	originOther
)

func newPurity(m *machine) *purity {
	return &purity{m: m, facts: make(map[*ssa.Function]*effects)}
}

// unit reports whether in may be dropped when none of its variables is used.
func (p *purity) unit(in *load.Init) bool {
	if in.Lhs == nil {
		return false
	}
	own := make(map[*ssa.Global]bool)
	for _, v := range in.Lhs {
		if g := in.Pkg.SSA.Var(v.Name()); g != nil && v.Name() != "_" {
			own[g] = true
		}
	}
	top := p.effects(in.Fn, own)
	return !top.impure && p.callees(top, map[*ssa.Function]bool{in.Fn: true})
}

func (p *purity) callees(e *effects, seen map[*ssa.Function]bool) bool {
	for _, c := range e.calls {
		f := p.facts[c.fn]
		if f == nil {
			f = p.effects(c.fn, nil)
			p.facts[c.fn] = f
		}
		if f.impure || f.writesArgs && !c.fresh {
			return false
		}
		if seen[c.fn] {
			continue
		}
		seen[c.fn] = true
		if !p.callees(f, seen) {
			f.impure = true
			return false
		}
	}
	return true
}

// effects scans fn; own are the globals it may write.
func (p *purity) effects(fn *ssa.Function, own map[*ssa.Global]bool) *effects {
	e := &effects{impure: fn.Blocks == nil}
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			e.instr(in, own)
			if e.impure {
				return e
			}
		}
	}
	return e
}

func (e *effects) instr(in ssa.Instruction, own map[*ssa.Global]bool) {
	switch in := in.(type) {
	case *ssa.Store:
		e.write(in.Addr, own)
	case *ssa.MapUpdate:
		e.write(in.Map, own)
	case *ssa.Send, *ssa.Select, *ssa.Go, *ssa.Defer, *ssa.RunDefers:
		e.impure = true
	case *ssa.UnOp:
		e.impure = e.impure || in.Op == token.ARROW
	case *ssa.Call:
		e.call(&in.Call, own)
	}
}

func (e *effects) write(addr ssa.Value, own map[*ssa.Global]bool) {
	switch originOf(addr, own, nil) {
	case originParam:
		e.writesArgs = true
	case originOther:
		e.impure = true
	}
}

func (e *effects) call(c *ssa.CallCommon, own map[*ssa.Global]bool) {
	if b, ok := c.Value.(*ssa.Builtin); ok {
		e.builtin(b.Name(), c, own)
		return
	}
	if c.IsInvoke() && isReflectType(c.Value.Type()) {
		return // all its methods only look
	}
	fn := c.StaticCallee()
	if fn == nil {
		e.impure = true
		return
	}
	if constructors[fn.String()] || fn.Origin() != nil && constructors[fn.Origin().String()] {
		return
	}
	call := pureCall{fn: fn, fresh: true}
	for _, a := range c.Args {
		if pointerLike(a.Type()) && originOf(a, own, nil) != originFresh {
			call.fresh = false
		}
	}
	if mc, ok := c.Value.(*ssa.MakeClosure); ok && len(mc.Bindings) > 0 {
		call.fresh = false
	}
	e.calls = append(e.calls, call)
}

func (e *effects) builtin(name string, c *ssa.CallCommon, own map[*ssa.Global]bool) {
	switch name {
	case "append", "copy", "clear", "delete":
		e.write(c.Args[0], own)
	case "close", "print", "println", "recover", "ssa:deferstack":
		e.impure = true
	}
}

// originOf follows address computations back to where the memory was made.
func originOf(v ssa.Value, own map[*ssa.Global]bool, seen map[*ssa.Phi]bool) origin {
	switch v := v.(type) {
	case *ssa.Alloc, *ssa.MakeSlice, *ssa.MakeMap, *ssa.Const, *ssa.MakeClosure, *ssa.Function:
		return originFresh
	case *ssa.Global:
		if own[v] {
			return originFresh
		}
	case *ssa.Parameter:
		return originParam
	case *ssa.FieldAddr:
		return originOf(v.X, own, seen)
	case *ssa.IndexAddr:
		return originOf(v.X, own, seen)
	case *ssa.Slice:
		return originOf(v.X, own, seen)
	case *ssa.ChangeType:
		return originOf(v.X, own, seen)
	case *ssa.Convert:
		if _, isString := v.X.Type().Underlying().(*types.Basic); isString && !isUnsafePointer(v.X.Type()) {
			return originFresh // a copy of a string
		}
		return originOf(v.X, own, seen)
	case *ssa.Call:
		if b, ok := v.Call.Value.(*ssa.Builtin); ok && b.Name() == "append" {
			return originOf(v.Call.Args[0], own, seen)
		}
	case *ssa.Phi:
		return originOfPhi(v, own, seen)
	}
	return originOther
}

func originOfPhi(v *ssa.Phi, own map[*ssa.Global]bool, seen map[*ssa.Phi]bool) origin {
	if seen[v] {
		return originFresh
	}
	if seen == nil {
		seen = make(map[*ssa.Phi]bool)
	}
	seen[v] = true
	worst := originFresh
	for _, x := range v.Edges {
		worst = max(worst, originOf(x, own, seen))
	}
	return worst
}

func isUnsafePointer(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Kind() == types.UnsafePointer
}

// pointerLike reports whether memory can be written through a value of type t.
func pointerLike(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Kind() == types.UnsafePointer || u.Kind() == types.Uintptr
	case *types.Struct:
		for i := range u.NumFields() {
			if pointerLike(u.Field(i).Type()) {
				return true
			}
		}
		return false
	case *types.Array:
		return pointerLike(u.Elem())
	}
	return true
}

// isReflectType recognises reflect.Type and its counterpart in internal/reflectlite.
func isReflectType(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.Obj().Name() != "Type" || n.Obj().Pkg() == nil {
		return false
	}
	path := n.Obj().Pkg().Path()
	return path == "reflect" || path == "internal/reflectlite"
}

// constructors are functions of std that only read and build a value to return, by their documentation and their source in the
// pinned release (pools and caches that they touch cannot be noticed).
var constructors = map[string]bool{
	"encoding/base64.NewEncoding": true,
	"errors.New":                  true,
	"internal/godebug.New":        true,
	"internal/reflectlite.TypeOf": true,
	"math/big.NewInt":             true,
	"reflect.TypeFor":             true,
	"reflect.TypeOf":              true,
	"reflect.ValueOf":             true,
	"regexp.Compile":              true,
	"regexp.MustCompile":          true,
	"strings.NewReplacer":         true,
	"time.Now":                    true,
	"time.runtimeNano":            true,
	"os.runtime_args":             true,
	"strings.NewReader":           true,
}
