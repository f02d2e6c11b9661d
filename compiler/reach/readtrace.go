package reach

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/initeval"
	"mote/compiler/intrinsic"
)

// holders are the places in static data that refer to one object.
type holders struct {
	globals []*ssa.Global // variables whose whole value is a pointer to it or a slice of it
	others  bool          // and others
}

// hold records that v, the contents of obj, refers to other objects.
func (w *writes) hold(obj *initeval.Object) {
	switch v := obj.Value.(type) {
	case *initeval.Ref:
		w.heldBy(v.Obj, obj.Global)
	case *initeval.Slice:
		if v.Base != nil {
			w.heldBy(v.Base.Obj, obj.Global)
		}
	default:
		w.holdParts(v)
	}
}

func (w *writes) heldBy(obj *initeval.Object, g *ssa.Global) {
	h := w.held[obj]
	if h == nil {
		h = &holders{}
		w.held[obj] = h
	}
	if g == nil {
		h.others = true
	} else {
		h.globals = append(h.globals, g)
	}
}

func (w *writes) holdParts(v initeval.Value) {
	switch v := v.(type) {
	case *initeval.Ref:
		w.heldBy(v.Obj, nil)
	case *initeval.Slice:
		if v.Base != nil {
			w.heldBy(v.Base.Obj, nil)
		}
	case *initeval.Aggregate:
		for _, e := range v.Elems {
			w.holdParts(e)
		}
	case *initeval.Iface:
		w.holdParts(v.Val)
	case *initeval.Func:
		for _, b := range v.Bindings {
			w.holdParts(b)
		}
	}
}

// onlyRead reports whether obj is known only through variables of which every use is seen and none can write. That is more
// than types tell: a table of numbers is no less constant because some other slice of numbers is written.
func (w *writes) onlyRead(obj *initeval.Object) bool {
	h := w.held[obj]
	if obj.Global != nil || h == nil || h.others {
		return false
	}
	seen := map[ssa.Value]bool{}
	for _, g := range h.globals {
		if w.globals[g] || w.escaped[g] {
			return false
		}
		for _, load := range w.loads[g] {
			if !w.traced(load, seen) {
				return false
			}
		}
	}
	return true
}

// traced reports whether nothing that is done with v, an address or slice, writes there or loses sight of it. Values in seen
// are being traced already.
func (w *writes) traced(v ssa.Value, seen map[ssa.Value]bool) bool {
	if seen[v] {
		return true
	}
	seen[v] = true
	refs := v.Referrers()
	if refs == nil {
		return false
	}
	for _, instr := range *refs {
		if !w.harmless(instr, v, seen) {
			return false
		}
	}
	return true
}

func (w *writes) harmless(instr ssa.Instruction, v ssa.Value, seen map[ssa.Value]bool) bool {
	switch i := instr.(type) {
	case *ssa.DebugRef, *ssa.BinOp:
		return true
	case *ssa.UnOp:
		return i.Op == token.MUL
	case *ssa.FieldAddr, *ssa.IndexAddr, *ssa.Slice, *ssa.Phi, *ssa.ChangeType:
		return w.traced(i.(ssa.Value), seen)
	case *ssa.Call:
		return w.harmlessCall(&i.Call, v, seen)
	}
	return false
}

// harmlessCall follows v into a callee with a known body.
func (w *writes) harmlessCall(c *ssa.CallCommon, v ssa.Value, seen map[ssa.Value]bool) bool {
	switch callee := c.Value.(type) {
	case *ssa.Builtin:
		switch callee.Name() {
		case "len", "cap":
			return true
		case "append", "copy":
			return c.Args[0] != v
		}
	case *ssa.Function:
		if callee.Blocks == nil || intrinsic.Has(w.prog.prog.SymbolName(callee)) {
			return false
		}
		for n, arg := range c.Args {
			if arg == v && !w.traced(callee.Params[n], seen) {
				return false
			}
		}
		return true
	}
	return false
}
