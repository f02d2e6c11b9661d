package lower

import (
	"go/types"

	"mote/compiler/llvm"
	"mote/compiler/rtype"
)

// equalFunc returns the code of the function func(p, q unsafe.Pointer) bool that t's descriptor names for comparing.
func (m *module) equalFunc(t types.Type) llvm.Value {
	name, generated := m.l.descriptors.symbols.EqualFunc(t)
	if !generated {
		return m.fn(m.l.namedFunc(name))
	}
	m.l.module(sharedModule).defineEqual(name, t)
	return m.ir.Declare(name, equalType)
}

// defineEqual defines the function that compares two values of t in memory, and its func value.
func (m *module) defineEqual(name string, t types.Type) {
	if m.ir.Defined(name) {
		return
	}
	f := m.generated(name, equalType)
	p, q := f.ir.Param(0), f.ir.Param(1)
	switch {
	case rtype.AlgOf(f.l.Program.Sizes, t) != rtype.AlgMem:
		f.b.Ret(f.equalParts(t, p, q))
	case f.l.types.size(t) == 0:
		f.b.Ret(llvm.ConstBool(true))
	default:
		f.b.Ret(f.runtimeCall("memequal", p, q, f.word(f.l.types.size(t))))
	}
	m.closureOf(name)
}

// equalValue makes sure that m, the shared module, has the func value of t's comparison.
func (m *module) equalValue(t types.Type) {
	switch name, generated := m.l.descriptors.symbols.EqualFunc(t); {
	case name == "":
	case generated:
		m.defineEqual(name, t)
	default:
		m.funcValue(m.l.namedFunc(name))
	}
}
