package lower

import (
	"go/types"
	"sort"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
	"mote/compiler/rtype"
	"mote/internal/diag"
)

// descriptorState is what the emission of descriptors and itabs keeps for the whole program.
type descriptorState struct {
	builder *rtype.Builder
	symbols *rtype.Symbols
	done    int             // builder objects that are defined
	full    int             // fully described types whose functions are generated
	itabs   map[string]bool // defined or being defined, by symbol
	names   []string        // of itabs, in order of definition
	ended   bool            // the tables are written
}

func (l *lowerer) startDescriptors() diag.List {
	d := &l.descriptors
	d.itabs = map[string]bool{}
	d.symbols = rtype.NewSymbols(l.Program.Sizes, l.Program.Fset)
	d.symbols.Locals = l.Program
	builder, err := rtype.New(rtype.Config{
		Program:      l.Program,
		Symbols:      d.symbols,
		Keep:         l.Reach.Methods,
		Level:        l.Reach.Level,
		MethodSymbol: l.methodSymbol,
	})
	if err != nil {
		return err.(diag.List)
	}
	d.builder = builder
	return nil
}

// typeDescriptor returns the address of t's abi.Type, which is defined in the shared module on demand.
func (m *module) typeDescriptor(t types.Type) llvm.Value {
	return m.ir.ExternConstant(m.l.descriptors.builder.Descriptor(t).Name)
}

// layoutDescriptor returns the address of a descriptor for a record or closure object: only what the allocator and the
// collector look at is filled.
func (m *module) layoutDescriptor(t *types.Struct) llvm.Value {
	return m.ir.ExternConstant(m.l.descriptors.builder.Closure(t).Name)
}

// finishDescriptors defines the descriptors that were asked for since it was called last, and the functions that they name.
func (l *lowerer) finishDescriptors() bool {
	d, m := &l.descriptors, l.module(sharedModule)
	more := false
	for d.done < len(d.builder.Objects()) {
		obj := d.builder.Objects()[d.done]
		d.done++
		more = true
		l.static.names[obj] = obj.Name
		m.defineObject(obj.Name, obj)
	}
	for d.full < len(d.builder.Described()) {
		t := d.builder.Described()[d.full]
		d.full++
		more = true
		m.defineAlgorithms(t)
	}
	return more
}

// defineAlgorithms defines the func values for comparing and hashing that t's descriptor names.
func (m *module) defineAlgorithms(t types.Type) {
	m.equalValue(t)
	if mt, ok := t.Underlying().(*types.Map); ok {
		m.hashValue(mt.Key())
	}
}

// methodSymbol names the code of a method in a descriptor.
func (l *lowerer) methodSymbol(t types.Type, sel *types.Selection, direct bool) string {
	fn := l.Program.SSA.MethodValue(sel)
	m := l.module(sharedModule)
	if direct {
		m.fn(fn)
		return l.Program.SymbolName(l.resolve(fn))
	}
	_, name := m.itabEntry(t, fn)
	return name
}

// isTable tells whether g is one of the tables of descriptors and itabs that the compiler fills.
func (l *lowerer) isTable(g *ssa.Global) bool {
	name := l.Program.GlobalName(g)
	return name == "runtime.typelinks" || name == "runtime.itablinks" || name == "runtime.callthunks"
}

// lowerTables defines those tables of package runtime that are reached.
func (l *lowerer) lowerTables() {
	if l.descriptors.ended {
		return
	}
	l.descriptors.ended = true
	for _, g := range l.Reach.Globals {
		switch name := l.Program.GlobalName(g); name {
		case "runtime.typelinks":
			l.lowerTable(name, l.symbolAddresses(l.typelinks()))
		case "runtime.itablinks":
			l.lowerTable(name, l.symbolAddresses(l.descriptors.names))
		case "runtime.callthunks":
			l.lowerTable(name, l.callthunks())
		}
	}
}

func (l *lowerer) symbolAddresses(symbols []string) []llvm.Value {
	m := l.module(sharedModule)
	var out []llvm.Value
	for _, s := range symbols {
		out = append(out, m.ir.Symbol(s))
	}
	return out
}

// lowerTable defines a slice of these elements.
func (l *lowerer) lowerTable(name string, elems []llvm.Value) {
	m := l.module(sharedModule)
	slice := llvm.Zero(llvm.Array(12, llvm.I8))
	if n := int64(len(elems)); n > 0 {
		init := llvm.ConstArray(elems[0].Type, elems...)
		array := m.ir.NewGlobal(name+"·table", llvm.Global{Linkage: "internal", Constant: true, Init: init, Align: 4})
		count := llvm.ConstInt(llvm.I32, n)
		slice = llvm.ConstPacked(array, count, count)
	}
	m.ir.NewGlobal(name, llvm.Global{Constant: true, Init: slice, Align: 4})
}

// typelinks are the descriptors that reflection must find before it makes a type of its own, by the order of their strings.
func (l *lowerer) typelinks() []string {
	d := &l.descriptors
	type link struct{ text, symbol string }
	var links []link
	for _, t := range d.builder.Described() {
		switch types.Unalias(t).(type) {
		case *types.Pointer, *types.Array, *types.Chan, *types.Signature, *types.Map, *types.Slice, *types.Struct:
			links = append(links, link{d.symbols.String(t), d.symbols.Symbol(t)})
		}
	}
	sort.SliceStable(links, func(i, j int) bool { return links[i].text < links[j].text })
	var out []string
	for _, k := range links {
		out = append(out, k.symbol)
	}
	return out
}
