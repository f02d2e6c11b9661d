package reach

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"mote/compiler/initeval"
	"mote/compiler/intrinsic"
)

// writes is what the reached functions may write, by type: which static data can then go to read-only memory?
//
// A store whose address is made of a local variable concerns no static data. One to a global concerns that one. All others
// are recorded by the type of what is written and whether it was addressed as a field, an element or through a plain
// pointer. A plain pointer can point at a field or element only if the address of such a one was taken. Types count by
// their underlying type, so conversions between pointer types change nothing. What is converted to unsafe.Pointer or handed to
// code without a Go body may be written in every part.
type writes struct {
	prog    *analysis
	keys    typeutil.Map // underlying type -> its key
	n       int
	whole   map[int]bool // written through a pointer to this type
	deep    map[int]bool // every part may be written
	elem    map[int]bool // written as an element
	field   map[place]bool
	globals map[*ssa.Global]bool // written by name
	escaped map[*ssa.Global]bool // the address went elsewhere than into loads and stores

	elemTaken  map[int]bool
	fieldTaken map[place]bool
	interior   map[*initeval.Object]bool // static data points into it
	referred   map[*initeval.Object]bool // static data points at it

	held  map[*initeval.Object]*holders
	loads map[*ssa.Global][]ssa.Value // the values read from a variable as a whole
}

// place is a field of a struct type.
type place struct{ typ, field int }

// markReadOnly decides Object.ReadOnly of all reached objects.
func (a *analysis) markReadOnly() {
	w := &writes{
		prog: a, whole: map[int]bool{}, deep: map[int]bool{}, elem: map[int]bool{}, field: map[place]bool{},
		globals: map[*ssa.Global]bool{}, escaped: map[*ssa.Global]bool{},
		elemTaken: map[int]bool{}, fieldTaken: map[place]bool{},
		interior: map[*initeval.Object]bool{}, referred: map[*initeval.Object]bool{},
		held: map[*initeval.Object]*holders{}, loads: map[*ssa.Global][]ssa.Value{},
	}
	for _, fn := range a.res.Funcs {
		for _, b := range LiveBlocks(fn) {
			for _, instr := range b.Instrs {
				w.instruction(instr)
			}
		}
	}
	w.reflection()
	for _, obj := range a.res.Objects {
		w.references(obj.Value, obj.Type)
		w.hold(obj)
	}
	for _, obj := range a.res.Objects {
		obj.ReadOnly = w.readOnly(obj)
	}
}

func (w *writes) key(t types.Type) int {
	u := t.Underlying()
	if k, ok := w.keys.At(u).(int); ok {
		return k
	}
	w.n++
	w.keys.Set(u, w.n)
	return w.n
}

// instruction records what instr writes and which addresses it passes on.
func (w *writes) instruction(instr ssa.Instruction) {
	switch i := instr.(type) {
	case *ssa.Store:
		w.store(i.Addr, i.Val.Type())
		w.pass(i.Val)
		return
	case *ssa.UnOp:
		if i.Op == token.MUL {
			if g, ok := i.X.(*ssa.Global); ok {
				g = w.definition(g)
				w.loads[g] = append(w.loads[g], i)
			}
			return
		}
	case *ssa.FieldAddr, *ssa.DebugRef:
		return
	case *ssa.IndexAddr:
		return
	case *ssa.Convert:
		w.convert(i)
	case *ssa.ChangeType:
		w.changeType(i)
	case ssa.CallInstruction:
		w.call(i.Common())
	}
	for _, op := range instr.Operands(nil) {
		if *op != nil {
			w.pass(*op)
		}
	}
}

// store records a write of a value of type t to addr.
func (w *writes) store(addr ssa.Value, t types.Type) {
	base := base(addr)
	switch b := base.(type) {
	case *ssa.Alloc, *ssa.MakeSlice:
		return
	case *ssa.Global:
		w.globals[w.definition(b)] = true
		return
	}
	w.target(addr, t)
}

// target records a write of a t to an address in unknown memory. An element of an array counts as the array.
func (w *writes) target(addr ssa.Value, t types.Type) {
	switch x := addr.(type) {
	case *ssa.FieldAddr:
		w.field[place{w.key(pointee(x.X.Type())), x.Field}] = true
		return
	case *ssa.IndexAddr:
		if p, ok := x.X.Type().Underlying().(*types.Pointer); ok {
			w.target(x.X, p.Elem())
		} else {
			w.elem[w.key(t)] = true
		}
		return
	}
	w.whole[w.key(t)] = true
	if array, ok := t.Underlying().(*types.Array); ok {
		w.elem[w.key(array.Elem())] = true // part of a longer one perhaps
	}
}

// base is what an address is computed from inside one object.
func base(addr ssa.Value) ssa.Value {
	for {
		switch x := addr.(type) {
		case *ssa.FieldAddr:
			addr = x.X
		case *ssa.IndexAddr:
			addr = x.X
		case *ssa.Slice:
			addr = x.X
		default:
			return addr
		}
	}
}

func pointee(t types.Type) types.Type { return t.Underlying().(*types.Pointer).Elem() }

// pass records that an address is a value in its own right from here on.
func (w *writes) pass(v ssa.Value) {
	switch x := v.(type) {
	case *ssa.Global:
		w.escaped[w.definition(x)] = true
	case *ssa.FieldAddr:
		w.fieldTaken[place{w.key(pointee(x.X.Type())), x.Field}] = true
		w.passBase(x)
	case *ssa.IndexAddr:
		w.elemTaken[w.key(pointee(x.Type()))] = true
		w.passBase(x)
	}
}

// passBase records that the address of a part of a global went elsewhere.
func (w *writes) passBase(v ssa.Value) {
	if g, ok := base(v).(*ssa.Global); ok {
		w.escaped[w.definition(g)] = true
	}
}

func (w *writes) definition(g *ssa.Global) *ssa.Global {
	if g.Object() == nil {
		return g
	}
	return w.prog.prog.GlobalDefinition(g)
}

// convert handles pointers that become unsafe.
func (w *writes) convert(i *ssa.Convert) {
	if p, ok := i.X.Type().Underlying().(*types.Pointer); ok {
		w.all(p.Elem(), false)
	}
}

// changeType handles conversions between pointers to types that differ by more than name, that is in tags.
func (w *writes) changeType(i *ssa.ChangeType) {
	from, ok := i.X.Type().Underlying().(*types.Pointer)
	to, ok2 := i.Type().Underlying().(*types.Pointer)
	if ok && ok2 && w.key(from.Elem()) != w.key(to.Elem()) {
		w.all(from.Elem(), false)
		w.all(to.Elem(), false)
	}
}

// all records that every part of a t may be written; with exported set, only what reflection lets a program set.
func (w *writes) all(t types.Type, exported bool) {
	k := w.key(t)
	s, isStruct := t.Underlying().(*types.Struct)
	if exported && isStruct && !w.deep[k] {
		for i := range s.NumFields() {
			if s.Field(i).Exported() {
				w.field[place{k, i}] = true
				w.all(s.Field(i).Type(), true)
			}
		}
		return
	}
	if w.deep[k] {
		return
	}
	w.deep[k], w.whole[k] = true, true
	switch u := t.Underlying().(type) {
	case *types.Struct:
		for f := range u.Fields() {
			w.all(f.Type(), false)
		}
	case *types.Array:
		w.elem[w.key(u.Elem())] = true
		w.all(u.Elem(), exported)
	}
}

// call records what a call writes by itself.
func (w *writes) call(c *ssa.CallCommon) {
	switch callee := c.Value.(type) {
	case *ssa.Builtin:
		w.builtin(callee.Name(), c.Args)
	case *ssa.Function:
		if callee.Blocks != nil && !intrinsic.Has(w.prog.prog.SymbolName(callee)) {
			return
		}
		if def := w.prog.prog.Definition(callee); def != nil && def.Blocks != nil && !intrinsic.Has(w.prog.prog.SymbolName(callee)) {
			return
		}
		for _, arg := range c.Args {
			w.handOver(arg)
		}
	}
}

// handOver records that code without a Go body gets v.
func (w *writes) handOver(v ssa.Value) {
	switch u := v.Type().Underlying().(type) {
	case *types.Pointer:
		w.all(u.Elem(), false)
	case *types.Slice:
		w.elem[w.key(u.Elem())] = true
		w.all(u.Elem(), false)
	}
}

func (w *writes) builtin(name string, args []ssa.Value) {
	switch name {
	case "append", "copy", "clear":
		if s, ok := args[0].Type().Underlying().(*types.Slice); ok && !isFresh(args[0]) {
			w.elem[w.key(s.Elem())] = true
		}
	case "Slice", "SliceData":
		w.handOver(args[0])
	}
}

// isFresh reports whether a slice is nil or lies in memory that the function has just made.
func isFresh(v ssa.Value) bool {
	switch x := base(v).(type) {
	case *ssa.Const, *ssa.Alloc, *ssa.MakeSlice:
		return true
	case *ssa.Call:
		b, ok := x.Call.Value.(*ssa.Builtin)
		return ok && b.Name() == "append" && isFresh(x.Call.Args[0])
	}
	return false
}

// reflection records what reflect and internal/reflectlite can set through pointers and slices in interfaces.
func (w *writes) reflection() {
	g := w.prog.gates.openings
	for _, info := range w.prog.types.list {
		if !info.boxed {
			continue
		}
		switch u := info.typ.Underlying().(type) {
		case *types.Pointer:
			if g.set || g.setError && isErrorTarget(u.Elem()) {
				w.whole[w.key(u.Elem())] = true
			}
			if g.set {
				w.all(u.Elem(), true)
			}
		case *types.Slice:
			if g.set || g.swap {
				w.elem[w.key(u.Elem())] = true
			}
			if g.set {
				w.all(u.Elem(), true)
			}
		}
	}
}

// isErrorTarget reports whether errors.As, the one user of reflectlite's Set, takes a pointer to t.
func isErrorTarget(t types.Type) bool {
	if types.IsInterface(t) {
		return true
	}
	obj, _, _ := types.LookupFieldOrMethod(t, false, nil, "Error")
	_, method := obj.(*types.Func)
	return method
}

// readOnly reports whether nothing can write obj.
func (w *writes) readOnly(obj *initeval.Object) bool {
	if g := obj.Global; g != nil {
		switch {
		case w.globals[g]:
			return false
		case g.Object() != nil && w.prog.prog.Directive(g.Object(), "symbol") != nil:
			return false // assembly and the linker script know it
		case !w.escaped[g] && !w.referred[obj]:
			return true
		}
	}
	return w.onlyRead(obj) || !w.clobbered(obj.Type, true, w.interior[obj])
}

// clobbered reports whether a t in memory may be written. taken: plain pointers to it can exist; anywhere: and to its parts.
func (w *writes) clobbered(t types.Type, taken, anywhere bool) bool {
	if t == nil {
		return false
	}
	k := w.key(t)
	taken = taken || anywhere
	if taken && (w.whole[k] || w.deep[k]) {
		return true
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		for i := range u.NumFields() {
			p := place{k, i}
			if w.field[p] || w.clobbered(u.Field(i).Type(), w.fieldTaken[p], anywhere) {
				return true
			}
		}
	case *types.Array:
		e := w.key(u.Elem())
		taken = taken || w.prog.gates.bytes && isByte(u.Elem())
		return u.Len() > 0 && (taken && w.elem[e] || w.clobbered(u.Elem(), w.elemTaken[e], anywhere))
	}
	return false
}
