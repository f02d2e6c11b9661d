package lower

import (
	"strconv"

	"mote/compiler/llvm"
)

// lowerInittasks writes the body of runtime_inittasks: the initialisers that are left for run time, in order.
func (l *lowerer) lowerInittasks() {
	p := l.Program.ByPath["runtime"]
	if p == nil || p.SSA == nil || p.SSA.Func("runtime_inittasks") == nil {
		return
	}
	m := l.module(sharedModule)
	declared := p.SSA.Func("runtime_inittasks")
	symbol, pos := l.Program.SymbolName(declared), l.Program.Fset.Position(declared.Pos())
	fn := m.ir.NewFunc(symbol, llvm.FuncType{Result: llvm.Void})
	fn.Attrs = l.attrs
	// Initialisers that are inlined keep their place in traces only in a function that has one.
	fn.Subprogram = m.subprogram(symbol, symbol, pos.Filename, pos.Line, artificial)
	fn.Loc = m.ir.Meta.Node("!DILocation(line: " + strconv.Itoa(pos.Line) + ", column: 0, scope: " + fn.Subprogram.String() + ")")
	b := fn.NewBlock()
	for _, init := range l.Reach.Inits {
		b.Call(llvm.FuncType{Result: llvm.Void}, m.fn(init.Fn), nil)
	}
	b.Ret(llvm.Value{})
}
