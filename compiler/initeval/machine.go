package initeval

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"mote/compiler/load"
)

// machine interprets go/ssa on build-time memory.
type machine struct {
	prog     *load.Program
	lay      *layouts
	globals  map[*ssa.Global]*object
	funcs    map[*ssa.Function]*object // func values without captured variables
	typeObjs typeutil.Map              // types.Type -> *object
	typeMemo map[types.Type]*object
	literals map[string]value
	codes    map[*ssa.Function]*code
	methods  map[methodKey]*ssa.Function
	asserts  map[assertKey]bool

	setsEnvironment func() bool // whether a residual initialiser may have called syscall.Setenv

	unit       uint32 // number of the unit being evaluated
	steps      int64  // of this unit
	limit      int64  // on steps
	total      int64  // steps of the units before
	depth      int
	journal    []undo
	usesUnsafe bool // the unit converted an unsafe.Pointer
}

type methodKey struct {
	typ    *object
	method *types.Func
}

type assertKey struct {
	typ   *object
	iface *types.Interface
}

func newMachine(p *load.Program) *machine {
	return &machine{
		prog:     p,
		lay:      &layouts{sizes: p.Sizes, cache: make(map[types.Type]*layout)},
		globals:  make(map[*ssa.Global]*object),
		funcs:    make(map[*ssa.Function]*object),
		typeMemo: make(map[types.Type]*object),
		literals: make(map[string]value),
		codes:    make(map[*ssa.Function]*code),
		methods:  make(map[methodKey]*ssa.Function),
		asserts:  make(map[assertKey]bool),
	}
}

// spend counts work against the budget of the unit.
func (m *machine) spend(n int64) {
	m.steps += n
	if m.steps > m.limit {
		fail("takes more than %d steps", m.limit)
	}
}

// global returns the memory of g, following a linkname to the variable that defines it.
func (m *machine) global(g *ssa.Global) *object {
	if o := m.globals[g]; o != nil {
		return o
	}
	def, role := m.definition(g)
	if def != g {
		o := m.global(def)
		m.globals[g] = o
		return o
	}
	t := deref(g.Type())
	o := &object{role: role, size: m.lay.of(t).size, typ: t, global: g}
	m.globals[g] = o
	return o
}

// definition finds the variable that g names, and whether it is ordinary memory.
func (m *machine) definition(g *ssa.Global) (*ssa.Global, role) {
	if g.Object() == nil {
		return g, roleData
	}
	if m.prog.Directive(g.Object(), "symbol") != nil {
		return g, roleSymbol
	}
	def := m.prog.GlobalDefinition(g)
	if pkg := m.prog.PackageOf(g.Object()); def == g && pkg != nil && m.prog.Globals[m.prog.GlobalName(g)] == nil {
		if _, linked := pkg.Linknames[g.Object()]; linked { // nothing in Go defines it
			return g, roleSymbol
		}
	}
	return def, roleData
}

func (m *machine) funcObject(fn *ssa.Function) *object {
	o := m.funcs[fn]
	if o == nil {
		o = &object{role: roleFunc, fn: fn, size: wordSize}
		m.funcs[fn] = o
	}
	return o
}

// typeObject returns the one object that stands for t and all types identical to it.
func (m *machine) typeObject(t types.Type) *object {
	if o := m.typeMemo[t]; o != nil {
		return o
	}
	o, _ := m.typeObjs.At(t).(*object)
	if o == nil {
		o = &object{role: roleType, typ: t, size: wordSize}
		m.typeObjs.Set(t, o)
	}
	m.typeMemo[t] = o
	return o
}

// method finds the function that an interface call of meth on dynamic type t runs.
func (m *machine) method(t *object, meth *types.Func) *ssa.Function {
	key := methodKey{t, meth}
	if fn := m.methods[key]; fn != nil {
		return fn
	}
	fn := m.prog.SSA.LookupMethod(t.typ, meth.Pkg(), meth.Name())
	if fn == nil {
		fail("no method %s on %s", meth.Name(), t.typ)
	}
	m.methods[key] = fn
	return fn
}

func (m *machine) implements(t *object, iface *types.Interface) bool {
	key := assertKey{t, iface}
	ok, found := m.asserts[key]
	if !found {
		ok = types.Implements(t.typ, iface)
		m.asserts[key] = ok
	}
	return ok
}

// box makes an interface value.
func (m *machine) box(v value, l *layout) value {
	b := &object{role: roleBox, size: l.size, typ: l.typ}
	if l.size > 0 {
		m.put(b, 0, v, l)
	}
	return value{ref: m.typeObject(l.typ), mem: b}
}
