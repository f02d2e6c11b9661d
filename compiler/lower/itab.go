package lower

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
	"mote/compiler/rtype"
)

// itab returns the address of the itab of concrete seen through iface. It is defined in the shared module.
func (m *module) itab(concrete, iface types.Type) llvm.Value {
	d := &m.l.descriptors
	name := "go:itab." + d.symbols.Unique(concrete) + "," + d.symbols.Unique(iface)
	if !d.itabs[name] {
		d.itabs[name] = true
		d.names = append(d.names, name)
		m.l.module(sharedModule).defineItab(name, concrete, iface)
	}
	return m.ir.Symbol(name)
}

// defineItab lays out abi.ITab: the two types, the concrete one's hash, and the code of each method. A method that no reached
// call can get to has the code -1: the runtime takes 0 in the first entry for "does not implement".
func (m *module) defineItab(name string, concrete, iface types.Type) {
	d := &m.l.descriptors
	inter := iface.Underlying().(*types.Interface)
	w := &dataWriter{l: m.l, m: m}
	w.address(m.typeDescriptor(iface))
	w.address(m.typeDescriptor(concrete))
	w.word(int64(d.symbols.Hash(concrete)))
	byID := map[string]*types.Selection{}
	for _, sel := range rtype.MethodSet(&m.l.Program.SSA.MethodSets, concrete) {
		byID[sel.Obj().Id()] = sel
	}
	for _, method := range rtype.SortedMethods(inter) {
		sel := byID[method.Id()]
		if sel == nil || !m.l.Reach.Methods(concrete, sel) {
			w.word(-1)
			continue
		}
		code, _ := m.itabEntry(concrete, m.l.Program.SSA.MethodValue(sel))
		w.address(code)
	}
	m.ir.NewGlobal(name, llvm.Global{Constant: true, Init: w.constant(), Align: 4})
}

// itabEntry returns the address and symbol of the code that is called with an interface's data word as the receiver t of fn.
// Where the word is what fn takes anyway (a pointer, or the memory class, which travels as a pointer to memory that nobody
// changes) that is fn itself.
func (m *module) itabEntry(t types.Type, fn *ssa.Function) (llvm.Value, string) {
	l := m.l
	fn = l.resolve(fn)
	code, name := m.fn(fn), l.Program.SymbolName(fn)
	if l.types.value(t) == llvm.Ptr {
		return code, name
	}
	home, thunk := l.moduleOf(fn), name+"·i"
	if !home.ir.Defined(thunk) {
		home.defineThunk(thunk, t, fn)
	}
	return m.ir.Declare(thunk, l.invokeSignature(fn.Signature).code), thunk
}

// defineThunk defines the function that loads the receiver t from the data word and calls fn.
func (m *module) defineThunk(name string, t types.Type, fn *ssa.Function) {
	l := m.l
	sig := l.invokeSignature(fn.Signature)
	f := m.generated(name, sig.code)
	code := m.fn(fn)
	if callsRecover(fn) {
		f.runtimeCall("recoverforward", m.ir.Symbol(name), code)
	}
	args := []llvm.Value{f.receiver(t, f.ir.Param(0))}
	for i := 1; i < len(sig.code.Params); i++ {
		args = append(args, f.ir.Param(i)) // hidden results included
	}
	out := f.b.Call(l.signature(fn.Signature).code, code, args)
	f.b.Ret(out)
}

// receiver reads a value of type t from a data word.
func (f *function) receiver(t types.Type, word llvm.Value) llvm.Value {
	if f.l.types.size(t) == 0 {
		return f.zero(t)
	}
	return f.unbox(t, word)
}

// generated starts a function that stands for no ssa function.
func (m *module) generated(name string, t llvm.FuncType) *function {
	f := &function{
		l: m.l, m: m, ir: m.ir.NewFunc(name, t),
		values: map[ssa.Value]llvm.Value{},
		tuples: map[ssa.Value][]llvm.Value{},
		phis:   map[*ssa.Phi]*phi{},
	}
	f.ir.Attrs = m.l.attrs
	f.b = f.ir.NewBlock()
	return f
}
