package lower

import (
	"fmt"

	"mote/compiler/handler"
	"mote/compiler/llvm"
)

// lowerHandlers defines what the vector table refers to for the interrupts that have a handler: IRQ<n>_Handler, which LLVM makes one with
// the function itself when nothing else calls that.
func (l *lowerer) lowerHandlers() {
	if l.Handlers == nil || !l.Target.Thumb() {
		return
	}
	for _, h := range l.Handlers.Handlers {
		l.moduleOf(h.Func).lowerHandler(h, fmt.Sprintf("IRQ%d_Handler", h.Num))
	}
}

// lowerHandler defines symbol as a function without parameters that calls the handler. The processor has saved what a C
// function may change (Armv7-M ARM B1.5.6), so an ordinary function is all that is needed.
//
// To the debugger it has the name and the place of the handler, which is what 'mote vectors' shows.
func (m *module) lowerHandler(h handler.Handler, symbol string) {
	l := m.l
	fn := m.ir.NewFunc(symbol, llvm.FuncType{Result: llvm.Void})
	fn.Attrs = l.attrs
	pos := l.Program.Fset.Position(h.Func.Pos())
	fn.Subprogram = m.subprogram(l.Program.SymbolName(h.Func), symbol, pos.Filename, pos.Line, artificial)
	fn.Loc = m.ir.Meta.Node(fmt.Sprintf("!DILocation(line: %d, column: 0, scope: %v)", pos.Line, fn.Subprogram))
	b := fn.NewBlock()
	m.callHandler(b, h)
	b.Ret(llvm.Value{})
}

// callHandler calls the function of h: with the address of the variable whose method it is, and with the Interrupt.
func (m *module) callHandler(b *llvm.Block, h handler.Handler) {
	var args []llvm.Value
	if h.Receiver != nil {
		args = append(args, m.global(h.Receiver))
	}
	args = append(args, llvm.ConstStruct(llvm.ConstInt(llvm.I32, int64(h.Num))))
	b.Call(m.l.codeType(h.Func), m.fn(h.Func), args)
}
