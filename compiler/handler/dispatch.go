package handler

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"mote/compiler/initeval"
	"mote/compiler/load"
	"mote/compiler/reach"
)

// dispatch knows what calls through interfaces and func values may run: every reached method and every function used as a value
// that fits.
type dispatch struct {
	methods map[string]*typeutil.Map // name -> *types.Signature -> []*ssa.Function
	values  *typeutil.Map            // *types.Signature -> []*ssa.Function
	open    bool                     // reflection makes func values that are not in values
	seen    map[*ssa.Function]bool   // in values
}

func newDispatch(p *load.Program, r *reach.Result) *dispatch {
	d := &dispatch{methods: map[string]*typeutil.Map{}, values: new(typeutil.Map), open: r.MakeFunc || r.MethodValues, seen: map[*ssa.Function]bool{}}
	var ops [8]*ssa.Value
	for _, fn := range r.Funcs {
		if fn.Signature.Recv() != nil {
			d.method(fn)
		}
		for _, b := range reach.LiveBlocks(fn) {
			for _, in := range b.Instrs {
				d.operands(in, ops[:0])
			}
		}
	}
	for _, o := range r.Objects {
		d.static(o.Value)
	}
	return d
}

func (d *dispatch) method(fn *ssa.Function) {
	m := d.methods[fn.Name()]
	if m == nil {
		m = new(typeutil.Map)
		d.methods[fn.Name()] = m
	}
	list, _ := m.At(fn.Signature).([]*ssa.Function)
	m.Set(fn.Signature, append(list, fn))
}

// operands finds functions that an instruction uses other than by calling them.
func (d *dispatch) operands(in ssa.Instruction, ops []*ssa.Value) {
	var callee *ssa.Value
	if c, ok := in.(ssa.CallInstruction); ok {
		callee = &c.Common().Value
	}
	for _, op := range in.Operands(ops) {
		if fn, ok := (*op).(*ssa.Function); ok && op != callee {
			d.value(fn)
		}
	}
}

func (d *dispatch) value(fn *ssa.Function) {
	if d.seen[fn] {
		return
	}
	d.seen[fn] = true
	list, _ := d.values.At(fn.Signature).([]*ssa.Function)
	d.values.Set(fn.Signature, append(list, fn))
}

// static finds functions in static data.
func (d *dispatch) static(v initeval.Value) {
	switch v := v.(type) {
	case *initeval.Func:
		d.value(v.Fn)
		for _, b := range v.Bindings {
			d.static(b)
		}
	case *initeval.Aggregate:
		for _, e := range v.Elems {
			d.static(e)
		}
	case *initeval.Iface:
		d.static(v.Val)
	}
}

// callees are the functions that a call may run; known is false when they are more than these.
func (d *dispatch) callees(c *ssa.CallCommon) (fns []*ssa.Function, known bool) {
	if c.IsInvoke() {
		if m := d.methods[c.Method.Name()]; m != nil {
			fns, _ = m.At(c.Method.Type().(*types.Signature)).([]*ssa.Function)
		}
		return fns, true
	}
	if _, builtin := c.Value.(*ssa.Builtin); builtin {
		return nil, true
	}
	if fn := c.StaticCallee(); fn != nil {
		return []*ssa.Function{fn}, true
	}
	fns, _ = d.values.At(c.Signature()).([]*ssa.Function)
	return fns, !d.open
}
