package lower

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
	"mote/compiler/rtype"
)

// hashType is the type of the functions that map descriptors name for hashing keys.
func hashType() llvm.FuncType {
	return llvm.FuncType{Result: llvm.I32, Params: []llvm.Type{llvm.Ptr, llvm.I32}}
}

// hashValue makes sure that m, the shared module, has the func value that hashes a t in memory. It returns the function's
// symbol.
func (m *module) hashValue(t types.Type) string {
	name, generated := m.l.descriptors.symbols.HashFunc(t)
	switch {
	case !generated:
		m.funcValue(m.l.namedFunc(name))
	case !m.ir.Defined(name):
		f := m.generated(name, hashType())
		f.b.Ret(f.hashParts(t, f.ir.Param(0), f.ir.Param(1)))
		m.closureOf(name)
	}
	return name
}

// hashParts hashes the fields or elements of t at p one after the other, as the runtime's typehash does when it
// walks a descriptor: both must give the same.
func (f *function) hashParts(t types.Type, p, seed llvm.Value) llvm.Value {
	if rtype.AlgOf(f.l.Program.Sizes, t) == rtype.AlgMem {
		return f.runtimeCall("memhash", p, seed, f.word(f.l.types.size(t)))
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		in := f.l.types.info(t)
		for i, ft := range in.fields {
			if u.Field(i).Name() != "_" {
				seed = f.hash(ft, f.b.Offset(p, in.offsets[i]), seed)
			}
		}
		return seed
	case *types.Array:
		return f.hashElements(u, p, seed)
	}
	return f.hash(t, p, seed)
}

// hashElements is a loop over the elements of the array at p, which is not empty.
func (f *function) hashElements(u *types.Array, p, seed llvm.Value) llvm.Value {
	before, loop, done := f.b, f.ir.NewBlock(), f.ir.NewBlock()
	f.b.Br(loop)
	i, h := loop.Phi(llvm.I32), loop.Phi(llvm.I32)
	i.Add(f.word(0), before)
	h.Add(seed, before)
	f.b = loop
	sum := f.hash(u.Elem(), f.b.Index(p, i.Value, f.l.types.size(u.Elem())), h.Value)
	n := f.b.Binary("add", i.Value, f.word(1))
	i.Add(n, f.b)
	h.Add(sum, f.b)
	f.b.CondBr(f.b.ICmp("ult", n, f.word(u.Len())), loop, done)
	f.b = done
	return sum
}

// hash hashes the t at p.
func (f *function) hash(t types.Type, p, seed llvm.Value) llvm.Value {
	name := f.l.module(sharedModule).hashValue(t)
	return f.b.Call(hashType(), f.m.ir.Declare(name, hashType()), []llvm.Value{p, seed})
}

// namedFunc finds a function by linker symbol.
func (l *lowerer) namedFunc(symbol string) *ssa.Function {
	fn := l.Program.Funcs[symbol]
	if fn == nil {
		internalError("no package defines %s", symbol)
	}
	return fn
}

// closureOf defines the func value of a generated function.
func (m *module) closureOf(name string) {
	m.ir.NewGlobal(name+"·f", llvm.Global{Linkage: "internal", Constant: true, UnnamedAddr: true, Init: m.ir.Symbol(name), Align: 4})
}
