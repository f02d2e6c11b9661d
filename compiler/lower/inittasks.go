package lower

import "mote/compiler/llvm"

// lowerInittasks writes the body of runtime_inittasks: the initialisers that are left for run time, in order.
func (l *lowerer) lowerInittasks() {
	p := l.Program.ByPath["runtime"]
	if p == nil || p.SSA == nil || p.SSA.Func("runtime_inittasks") == nil {
		return
	}
	m := l.module(sharedModule)
	fn := m.ir.NewFunc(l.Program.SymbolName(p.SSA.Func("runtime_inittasks")), llvm.FuncType{Result: llvm.Void})
	fn.Attrs = l.attrs
	b := fn.NewBlock()
	for _, init := range l.Reach.Inits {
		b.Call(llvm.FuncType{Result: llvm.Void}, m.fn(init.Fn), nil)
	}
	b.Ret(llvm.Value{})
}
