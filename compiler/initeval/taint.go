package initeval

import (
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/load"
)

// taint closes memory to later initialisers once an initialiser stays for run time.
//
// A static initialiser v that follows a residual one u in the program runs before it in fact. That is unnoticeable if v
// reads nothing that u may write and writes nothing that u may read or write. What u may touch is found by following,
// from its function, every function it mentions, every global these mention and every object, func value and
// dynamic type in those. The set only grows, and since static initialisers cannot write into it, what was
// once followed need not be followed again.
//
// A global that is only loaded by that code stays readable; what it points to does not, as the loaded pointer may be written through.
type taint struct {
	m     *machine
	funcs map[*ssa.Function]bool
	work  []func()

	// Methods run if a type is converted to an interface and a method of that name is called through one.
	invoked    map[string]bool
	types      map[*object]bool
	waiting    map[string][]*ssa.Function // methods of types by name, not invoked so far
	allMethods bool                       // reflection can call any

	walked map[types.Type]bool
}

func newTaint(m *machine) *taint {
	return &taint{m: m, funcs: make(map[*ssa.Function]bool), invoked: make(map[string]bool), types: make(map[*object]bool),
		waiting: make(map[string][]*ssa.Function), walked: make(map[types.Type]bool)}
}

// residual closes what in may touch.
func (t *taint) residual(in *load.Init) {
	t.function(in.Fn)
	t.drain()
}

// runtimeStarted closes the state of the runtime, whose start code runs before all initialisers and which allocation, maps
// and the scheduler change behind the back of every residual initialiser. Functions that a linkname gives to another package run
// only when that calls them.
func (t *taint) runtimeStarted(pkg *load.Package) {
	for _, mem := range pkg.SSA.Members {
		switch mem := mem.(type) {
		case *ssa.Function:
			if strings.HasPrefix(t.m.prog.SymbolName(mem), "runtime.") && mem.Name() != "init" {
				t.function(mem)
			}
		case *ssa.Type:
			t.dynamicType(mem.Type())
			t.dynamicType(types.NewPointer(mem.Type()))
		}
	}
	t.drain()
}

func (t *taint) drain() {
	for len(t.work) > 0 {
		f := t.work[len(t.work)-1]
		t.work = t.work[:len(t.work)-1]
		f()
	}
}

func (t *taint) later(f func()) { t.work = append(t.work, f) }

func (t *taint) function(fn *ssa.Function) {
	if t.funcs[fn] {
		return
	}
	t.funcs[fn] = true
	t.later(func() { t.scan(fn) })
}

func (t *taint) scan(fn *ssa.Function) {
	if fn.Blocks == nil {
		t.bodyless(fn)
		return
	}
	if fn.Pkg != nil && fn.Pkg.Pkg.Path() == "reflect" && (fn.Name() == "Method" || fn.Name() == "MethodByName") {
		t.reflectMethods()
	}
	var buf [8]*ssa.Value
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			for _, op := range in.Operands(buf[:0]) {
				t.operand(in, *op)
			}
			t.instr(in)
		}
	}
}

// bodyless follows a linkname and what assembly calls. The runtime's call of main.main is not followed: it comes after all initialisers.
func (t *taint) bodyless(fn *ssa.Function) {
	if t.m.prog.SymbolName(fn) == "main.main" {
		return
	}
	if def := t.m.prog.Definition(fn); def != nil && def != fn {
		t.function(def)
	}
	if fn.Object() == nil {
		return
	}
	pkg := t.m.prog.PackageOf(fn.Object())
	if d := t.m.prog.Directive(fn.Object(), "calls"); d != nil && pkg != nil {
		for _, name := range d.Args {
			t.called(pkg, name)
		}
	}
}

// called follows a name in a //mote:calls directive.
func (t *taint) called(pkg *load.Package, name string) {
	if !strings.Contains(name, ".") {
		name = pkg.Types.Path() + "." + name
	}
	if def := t.m.prog.Funcs[name]; def != nil {
		t.function(def)
	}
}

func (t *taint) operand(in ssa.Instruction, v ssa.Value) {
	switch v := v.(type) {
	case *ssa.Function:
		t.function(v)
	case *ssa.Global:
		t.global(v, onlyLoads(in, v, 0))
	}
}

func (t *taint) instr(in ssa.Instruction) {
	switch in := in.(type) {
	case *ssa.MakeInterface:
		t.dynamicType(in.X.Type())
	case ssa.CallInstruction:
		if c := in.Common(); c.IsInvoke() {
			t.invoke(c.Method.Name())
		}
	}
}

// global closes g and what it refers to.
func (t *taint) global(g *ssa.Global, loaded bool) {
	o := t.m.global(g)
	if !loaded {
		o.noLoad = true
	}
	t.object(o, false)
}

// object closes an object against writing and, if it may be written through a pointer, against reading, with all it refers to.
func (t *taint) object(o *object, throughPointer bool) {
	if o == nil {
		return
	}
	if throughPointer && o.role == roleData {
		o.noLoad = true
	}
	if o.seen {
		return
	}
	o.seen, o.noSave = true, true
	for _, r := range o.refs {
		if r != nil {
			t.later(func() { t.object(r, true) })
		}
	}
	switch o.role {
	case roleFunc:
		t.function(o.fn)
		for _, b := range o.binds {
			t.later(func() { t.object(b.ref, true); t.object(b.mem, true) })
		}
	case roleType:
		t.dynamicType(o.typ)
	}
}

// invoke notes that methods of that name are called through interfaces.
func (t *taint) invoke(name string) {
	if t.invoked[name] {
		return
	}
	t.invoked[name] = true
	for _, fn := range t.waiting[name] {
		t.function(fn)
	}
	delete(t.waiting, name)
}

func (t *taint) reflectMethods() {
	t.allMethods = true
	for name := range t.waiting {
		t.invoke(name)
	}
}

// dynamicType notes that values of type typ, and through reflection of the types it is made of, may be in interfaces.
func (t *taint) dynamicType(typ types.Type) {
	if t.walked[typ] {
		return
	}
	t.walked[typ] = true
	o := t.m.typeObject(typ)
	if t.types[o] {
		return
	}
	t.types[o] = true
	t.methods(typ)
	switch u := typ.Underlying().(type) {
	case *types.Pointer:
		t.dynamicType(u.Elem())
	case *types.Slice:
		t.dynamicType(types.NewPointer(u.Elem()))
	case *types.Array:
		t.dynamicType(types.NewPointer(u.Elem()))
	case *types.Chan:
		t.dynamicType(u.Elem())
	case *types.Map:
		t.dynamicType(u.Key())
		t.dynamicType(u.Elem())
	case *types.Struct:
		for i := range u.NumFields() {
			t.dynamicType(types.NewPointer(u.Field(i).Type()))
		}
	case *types.Signature:
		for i := range u.Results().Len() {
			t.dynamicType(u.Results().At(i).Type())
		}
	}
}

func (t *taint) methods(typ types.Type) {
	if types.IsInterface(typ) {
		return
	}
	if n, ok := types.Unalias(typ).(*types.Named); ok && n.TypeParams().Len() > n.TypeArgs().Len() {
		return
	}
	set := t.m.prog.SSA.MethodSets.MethodSet(typ)
	for i := range set.Len() {
		fn := t.m.prog.SSA.MethodValue(set.At(i))
		if fn == nil {
			continue
		}
		if name := fn.Name(); t.allMethods || t.invoked[name] {
			t.function(fn)
		} else {
			t.waiting[name] = append(t.waiting[name], fn)
		}
	}
}

// onlyLoads reports whether the instruction, which has v as an operand, does nothing but read the memory at v.
func onlyLoads(in ssa.Instruction, v ssa.Value, depth int) bool {
	if depth > 8 {
		return false
	}
	switch in := in.(type) {
	case *ssa.DebugRef:
		return true
	case *ssa.UnOp:
		return in.Op == token.MUL
	case *ssa.FieldAddr:
		return usersOnlyLoad(in, depth)
	case *ssa.IndexAddr:
		return in.X == v && usersOnlyLoad(in, depth)
	}
	return false
}

func usersOnlyLoad(v ssa.Value, depth int) bool {
	for _, r := range *v.Referrers() {
		if !onlyLoads(r, v, depth+1) {
			return false
		}
	}
	return true
}
