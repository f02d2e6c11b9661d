package escape

import (
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// loc numbers a location of a function. 0 is the heap; then the results; then registers and objects as they turn up.
type loc int32

const heap loc = 0

// flow is an edge: what is found after derefs dereferences of src is assigned to the location that has the edge; -1 is the address of src.
type flow struct {
	src    loc
	derefs int8
	why    cause
	at     ssa.Instruction
}

// graph is the flow graph of one function.
type graph struct {
	a       *analysis
	node    *node
	fn      *ssa.Function
	in      [][]flow // by destination
	regs    map[ssa.Value]loc
	results map[resultKey]loc // of calls with several results
	objects map[ssa.Instruction]loc
	sites   []ssa.Instruction // in order
}

type resultKey struct {
	call  *ssa.Call
	index int
}

func (a *analysis) newGraph(n *node) *graph {
	g := &graph{a: a, node: n, fn: n.fn, regs: make(map[ssa.Value]loc), results: make(map[resultKey]loc), objects: make(map[ssa.Instruction]loc)}
	g.in = make([][]flow, 1+n.fn.Signature.Results().Len(), 64)
	for _, p := range n.fn.Params {
		g.reg(p)
	}
	for _, v := range n.fn.FreeVars {
		g.reg(v)
	}
	for _, b := range n.fn.Blocks {
		for _, in := range b.Instrs {
			g.instr(in)
		}
	}
	return g
}

func (g *graph) fresh() loc {
	g.in = append(g.in, nil)
	return loc(len(g.in) - 1)
}

// reg is the location of a register.
func (g *graph) reg(v ssa.Value) loc {
	if l, ok := g.regs[v]; ok {
		return l
	}
	l := g.fresh()
	g.regs[v] = l
	return l
}

// result is the location of one result of a call.
func (g *graph) result(c *ssa.Call, i int) loc {
	if c.Call.Signature().Results().Len() == 1 {
		return g.reg(c)
	}
	k := resultKey{c, i}
	l, ok := g.results[k]
	if !ok {
		l = g.fresh()
		g.results[k] = l
	}
	return l
}

// object is the location of the memory that an instruction makes; its register holds the address.
func (g *graph) object(in ssa.Instruction) loc {
	if l, ok := g.objects[in]; ok {
		return l
	}
	l := g.fresh()
	g.objects[in] = l
	g.sites = append(g.sites, in)
	g.edge(g.reg(in.(ssa.Value)), l, -1, causeNone, in)
	return l
}

func (g *graph) edge(dst, src loc, derefs int8, why cause, at ssa.Instruction) {
	g.in[dst] = append(g.in[dst], flow{src, derefs, why, at})
}

// assign adds the flow of v into dst, unless v cannot hold a pointer to anything local.
func (g *graph) assign(dst loc, v ssa.Value, derefs int8, why cause, at ssa.Instruction) {
	switch v.(type) {
	case *ssa.Const, *ssa.Global, *ssa.Function, *ssa.Builtin:
		return
	}
	if g.a.types.pointers(v.Type()) {
		g.edge(dst, g.reg(v), derefs, why, at)
	}
}

// copies adds flows of values into the register of an instruction.
func (g *graph) copies(in ssa.Instruction, derefs int8, from ...ssa.Value) {
	v := in.(ssa.Value)
	if !g.a.types.pointers(v.Type()) {
		return
	}
	for _, x := range from {
		g.assign(g.reg(v), x, derefs, causeNone, in)
	}
}

// instr adds the flows of one instruction.
func (g *graph) instr(in ssa.Instruction) {
	switch in := in.(type) {
	case *ssa.Alloc, *ssa.MakeSlice:
		g.object(in)
	case *ssa.MakeClosure:
		g.makeClosure(in)
	case *ssa.MakeInterface:
		g.makeInterface(in)
	case *ssa.Phi:
		g.copies(in, 0, in.Edges...)
	case *ssa.FieldAddr:
		g.copies(in, 0, in.X)
	case *ssa.IndexAddr:
		g.copies(in, 0, in.X)
	case *ssa.Field:
		g.copies(in, 0, in.X)
	case *ssa.Index:
		g.copies(in, 0, in.X)
	case *ssa.Slice:
		g.copies(in, 0, in.X)
	case *ssa.SliceToArrayPointer:
		g.copies(in, 0, in.X)
	case *ssa.ChangeType:
		g.copies(in, 0, in.X)
	case *ssa.ChangeInterface:
		g.copies(in, 0, in.X)
	case *ssa.MultiConvert:
		g.copies(in, 0, in.X)
	case *ssa.Convert:
		g.convert(in)
	case *ssa.TypeAssert: // of the interface's data word or of what it points to: the nearer is the safe side
		g.copies(in, 0, in.X)
	case *ssa.BinOp: // a sum of strings may be one of them; addresses as numbers stay addresses
		g.copies(in, 0, in.X, in.Y)
		if joinsText(in) {
			g.object(in)
		}
	case *ssa.UnOp:
		if in.Op == token.MUL {
			g.copies(in, 1, in.X)
		}
	case *ssa.Lookup:
		g.copies(in, 1, in.X)
	case *ssa.Range:
		g.copies(in, 0, in.X)
	case *ssa.Next:
		g.copies(in, 1, in.Iter)
	case *ssa.Extract:
		g.extract(in)
	default:
		g.effect(in)
	}
}

// convert: copies of text are new, an address in a number that is no uintptr is out of sight.
func (g *graph) convert(in *ssa.Convert) {
	switch {
	case copiesText(in):
		g.object(in)
	case !g.a.types.pointers(in.Type()) && isAddress(in.X, 8):
		g.assign(heap, in.X, 0, causeNumber, in)
	default:
		g.copies(in, 0, in.X)
	}
}

// isAddress reports whether v is computed from a pointer within a few steps.
func isAddress(v ssa.Value, steps int) bool {
	if steps == 0 || !isUintptr(v.Type()) {
		return false
	}
	switch v := v.(type) {
	case *ssa.Convert:
		return !isInteger(v.X.Type()) || isAddress(v.X, steps-1)
	case *ssa.ChangeType:
		return isAddress(v.X, steps-1)
	case *ssa.BinOp:
		return isAddress(v.X, steps-1) || isAddress(v.Y, steps-1)
	case *ssa.Phi:
		for _, e := range v.Edges {
			if isAddress(e, steps-1) {
				return true
			}
		}
	}
	return false
}

func (g *graph) extract(in *ssa.Extract) {
	c, ok := in.Tuple.(*ssa.Call)
	if !ok {
		g.copies(in, 0, in.Tuple)
	} else if g.a.types.pointers(in.Type()) {
		g.edge(g.reg(in), g.result(c, in.Index), 0, causeNone, in)
	}
}

// effect adds the flows of instructions that have no register or reach beyond it.
func (g *graph) effect(in ssa.Instruction) {
	switch in := in.(type) {
	case *ssa.Store:
		g.store(in)
	case *ssa.MapUpdate:
		g.assign(heap, in.Key, 0, causeMap, in)
		g.assign(heap, in.Value, 0, causeMap, in)
	case *ssa.Send:
		g.assign(heap, in.X, 0, causeSend, in)
	case *ssa.Select:
		for _, s := range in.States {
			if s.Send != nil {
				g.assign(heap, s.Send, 0, causeSend, in)
			}
		}
	case *ssa.Panic:
		g.assign(heap, in.X, 0, causePanic, in)
	case *ssa.Return:
		for i, v := range in.Results {
			g.assign(loc(1+i), v, 0, causeReturn, in)
		}
	case *ssa.Call:
		g.call(in, &in.Call)
	case *ssa.Go:
		g.leakOperands(&in.Call, causeGo, in)
	case *ssa.Defer:
		if in.DeferStack != nil || inLoop(in.Block()) {
			g.leakOperands(&in.Call, causeDefer, in)
		} else {
			g.call(in, &in.Call)
		}
	}
}

// store adds the flow of *addr = val: into the variable itself when addr is a part of it, otherwise to the heap.
func (g *graph) store(in *ssa.Store) {
	if a := variable(in.Addr); a != nil {
		if g.a.types.pointers(in.Val.Type()) {
			g.assign(g.object(a), in.Val, 0, causeNone, in)
		}
		return
	}
	why := causeStore
	if _, ok := rootOf(in.Addr).(*ssa.Global); ok {
		why = causeGlobal
	}
	g.assign(heap, in.Val, 0, why, in)
}

// rootOf follows selections of fields and elements back to where they start.
func rootOf(addr ssa.Value) ssa.Value {
	for {
		switch v := addr.(type) {
		case *ssa.FieldAddr:
			addr = v.X
		case *ssa.IndexAddr:
			addr = v.X
		default:
			return addr
		}
	}
}

// variable returns the variable that addr is the address of a part of, or nil. An element of a slice is not part of the slice variable,
// and no slice is an Alloc.
func variable(addr ssa.Value) *ssa.Alloc {
	a, _ := rootOf(addr).(*ssa.Alloc)
	return a
}

// makeInterface: pointer-shaped values are the data word, constants and values without size are in read-only data, others in a box.
func (g *graph) makeInterface(in *ssa.MakeInterface) {
	if _, ok := in.X.(*ssa.Const); ok || g.a.types.sizes.Sizeof(in.X.Type()) == 0 {
		return
	}
	if g.a.types.direct(in.X.Type()) {
		g.copies(in, 0, in.X)
		return
	}
	g.assign(g.object(in), in.X, 0, causeNone, in)
}

// makeClosure puts the captured values into the closure object. What its code does with them is counted here, as nobody
// knows who calls it; only flows to results are left to the calls if all of these are in sight.
func (g *graph) makeClosure(in *ssa.MakeClosure) {
	obj := g.object(in)
	fn := in.Fn.(*ssa.Function)
	sum := g.a.use(g.a.enter(fn), g.node)
	direct := calledDirectly(in)
	for i, b := range in.Bindings {
		g.assign(obj, b, 0, causeNone, in)
		k := len(fn.Params) + i
		if d := sum.heap[k]; d != none {
			g.assign(heap, b, d, causeCapture, in)
		}
		for _, d := range sum.results[k] {
			if d != none && !direct {
				g.assign(heap, b, d, causeCapture, in)
			}
		}
	}
}

// calledDirectly reports whether the closure is only ever called, where it is made.
func calledDirectly(in *ssa.MakeClosure) bool {
	for _, r := range *in.Referrers() {
		if _, debug := r.(*ssa.DebugRef); debug {
			continue
		}
		c, ok := r.(*ssa.Call)
		if !ok || c.Call.Value != in {
			return false
		}
		for _, arg := range c.Call.Args {
			if arg == in {
				return false
			}
		}
	}
	return true
}
