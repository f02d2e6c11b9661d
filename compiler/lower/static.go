package lower

import (
	"go/types"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/initeval"
	"mote/compiler/llvm"
	"mote/compiler/rtype"
)

// Sections that the collector scans; all other writable data has no pointers.
const (
	sectionData = ".data.ptr."
	sectionBSS  = ".bss.ptr."
)

// staticState is what the emission of static data keeps for the whole program.
type staticState struct {
	names   map[*initeval.Object]string // of anonymous objects
	count   map[string]int              // anonymous objects so far by the symbol that they are named after
	emitted map[*initeval.Object]bool
	queue   []placedObject
}

// placedObject is an object and the module that defines it.
type placedObject struct {
	obj *initeval.Object
	m   *module
}

// lowerStatic defines the variables that are reached and what their contents refer to.
func (l *lowerer) lowerStatic() {
	l.static = staticState{names: map[*initeval.Object]string{}, count: map[string]int{}, emitted: map[*initeval.Object]bool{}}
	if err := l.startDescriptors(); err != nil {
		l.errs = append(l.errs, err...)
		return
	}
	for _, g := range l.Reach.Globals {
		l.lowerGlobal(g)
	}
	for _, pair := range l.Reach.Itabs {
		l.module(sharedModule).itab(pair.Concrete, pair.Named)
	}
	if l.Reach.ReflectCall {
		l.describeFunctions()
	}
	l.drainObjects()
}

// describeFunctions emits the descriptors of all function types that reflection may make a value of: it looks them up by
// name, so nothing need refer to them.
func (l *lowerer) describeFunctions() {
	for _, t := range l.Reach.Descriptors {
		if _, ok := t.(*types.Signature); ok && l.Reach.InInterface.At(t) != nil {
			l.module(sharedModule).typeDescriptor(t)
		}
	}
}

// finishStatic emits what lowering demanded since and tells whether there was anything. When there is no more it
// writes the tables of all descriptors and itabs.
func (l *lowerer) finishStatic() bool {
	if len(l.errs) > 0 {
		return false
	}
	more := l.finishDescriptors()
	l.drainObjects()
	if more || len(l.queue) > 0 {
		return true
	}
	l.lowerTables()
	return false
}

func (l *lowerer) drainObjects() {
	for len(l.static.queue) > 0 {
		next := l.static.queue[0]
		l.static.queue = l.static.queue[1:]
		next.m.lowerObject(next.obj)
	}
}

// lowerGlobal defines a variable, unless it stands for a symbol of the linker script or is a table that the compiler fills.
func (l *lowerer) lowerGlobal(g *ssa.Global) {
	if g.Object() != nil && l.Program.Directive(g.Object(), "symbol") != nil || l.isTable(g) {
		return
	}
	obj := l.Initeval.Static[g]
	if obj == nil {
		obj = &initeval.Object{Global: g, Type: g.Type().Underlying().(*types.Pointer).Elem()}
	}
	m, name := l.module(l.globalModule(g)), l.Program.GlobalName(g)
	if !m.ir.Defined(name) {
		m.defineObject(name, obj)
	}
}

// globalModule is the module that defines g.
func (l *lowerer) globalModule(g *ssa.Global) string { return g.Pkg.Pkg.Path() }

// object returns the address of static data. An anonymous object is defined in the module that asks first, under a name made
// of the variable that it was found from.
func (m *module) object(obj *initeval.Object) llvm.Value {
	if obj.Global != nil {
		return m.global(obj.Global)
	}
	if obj.Type != nil && obj.Data == nil && m.l.types.size(obj.Type) == 0 {
		return m.zerobase()
	}
	name, ok := m.l.static.names[obj]
	if !ok {
		name = m.objectName(obj)
		m.l.static.names[obj] = name
		m.l.static.queue = append(m.l.static.queue, placedObject{obj, m})
	}
	return m.ir.Symbol(name)
}

// objectName is a symbol for an anonymous object: its own if it belongs to a descriptor, else one that changes elsewhere in
// the program leave alone.
func (m *module) objectName(obj *initeval.Object) string {
	if m.path == sharedModule {
		return obj.Name
	}
	base := m.path + "·static"
	m.l.static.count[base]++
	return base + strconv.Itoa(m.l.static.count[base])
}

func (m *module) lowerObject(obj *initeval.Object) { m.defineObject(m.l.static.names[obj], obj) }

// defineObject defines static data in m, in the section that fits what it holds.
func (m *module) defineObject(name string, obj *initeval.Object) {
	if m.l.static.emitted[obj] {
		return
	}
	m.l.static.emitted[obj] = true
	g := llvm.Global{Init: m.objectInit(obj), Align: m.objectAlign(obj)}
	zero := obj.Value == nil && obj.Data == nil
	switch pointers := obj.Type != nil && rtype.HasPointers(obj.Type); {
	case obj.ReadOnly && !zero:
		g.Constant = true
	case pointers && zero:
		g.Section = sectionBSS + name
	case pointers:
		g.Section = sectionData + name
	}
	m.ir.NewGlobal(name, g)
}

func (m *module) objectInit(obj *initeval.Object) llvm.Value {
	switch {
	case obj.Data != nil:
		size := int64(len(obj.Data))
		if obj.Type != nil {
			size = max(size, m.l.types.size(obj.Type))
		}
		w := &dataWriter{l: m.l, m: m}
		w.raw(obj.Data...)
		w.zeros(size - w.off)
		return w.constant()
	case obj.Value == nil:
		return llvm.Zero(llvm.Array(m.l.types.size(obj.Type), llvm.I8))
	}
	return m.initialiser(obj.Value, obj.Type)
}

func (m *module) objectAlign(obj *initeval.Object) int64 {
	align := textAlign(len(obj.Data))
	if obj.Type != nil {
		align = max(align, m.l.types.align(obj.Type))
	}
	return align
}
