package lower

import (
	"fmt"
	"slices"

	"mote/compiler/handler"
	"mote/compiler/llvm"
)

// lowerHandlers defines IRQ<n>_Handler for each interrupt that has a handler. On Cortex-M the vector table refers to it, and LLVM makes
// it one with the function itself when nothing else calls that; on RISC-V runtime.dispatchInterrupt calls it.
func (l *lowerer) lowerHandlers() {
	if l.Handlers == nil {
		return
	}
	for _, h := range l.Handlers.Handlers {
		l.moduleOf(h.Func).lowerHandler(h)
	}
	if !l.Target.Thumb() {
		l.lowerDispatch()
	}
}

func handlerSymbol(h handler.Handler) string { return fmt.Sprintf("IRQ%d_Handler", h.Num) }

// lowerHandler defines a function without parameters that calls the handler. The processor has saved what a C function may
// change (Armv7-M ARM B1.5.6), so an ordinary function is all that is needed.
//
// To the debugger it has the name and the place of the handler, which is what 'mote vectors' shows.
func (m *module) lowerHandler(h handler.Handler) {
	l := m.l
	fn := m.ir.NewFunc(handlerSymbol(h), llvm.FuncType{Result: llvm.Void})
	fn.Attrs = l.attrs
	if !l.Target.Thumb() {
		fn.Attrs = append(slices.Clone(l.attrs), "noinline")
	}
	pos := l.Program.Fset.Position(h.Func.Pos())
	fn.Subprogram = m.subprogram(l.Program.SymbolName(h.Func), handlerSymbol(h), pos.Filename, pos.Line, artificial)
	fn.Loc = m.ir.Meta.Node(fmt.Sprintf("!DILocation(line: %d, column: 0, scope: %v)", pos.Line, fn.Subprogram))
	b := fn.NewBlock()
	m.callHandler(b, h)
	b.Ret(llvm.Value{})
}

// callHandler calls the function of h: with the address of the variable whose method it is, and with the Interrupt.
func (m *module) callHandler(b *llvm.Block, h handler.Handler) {
	var args []llvm.Value
	if h.Receiver != nil {
		args = append(args, b.Offset(m.global(h.Receiver), h.Offset))
	}
	args = append(args, llvm.ConstStruct(llvm.ConstInt(llvm.I32, int64(h.Num))))
	b.Call(m.l.codeType(h.Func), m.fn(h.Func), args)
}

// lowerDispatch writes the body of runtime.dispatchInterrupt(num uintptr), if it is there: it calls the handler of that interrupt.
func (l *lowerer) lowerDispatch() {
	if l.Program.Func("runtime", "dispatchInterrupt") == nil {
		return
	}
	m := l.module(sharedModule)
	void := llvm.FuncType{Result: llvm.Void}
	fn := m.ir.NewFunc("runtime.dispatchInterrupt", llvm.FuncType{Result: llvm.Void, Params: []llvm.Type{llvm.I32}})
	fn.Attrs = l.attrs
	entry, end := fn.NewBlock(), fn.NewBlock()
	var cases []llvm.Case
	for _, h := range l.Handlers.Handlers {
		b := fn.NewBlock()
		b.Call(void, m.ir.Declare(handlerSymbol(h), void), nil)
		b.Br(end)
		cases = append(cases, llvm.Case{Value: llvm.ConstInt(llvm.I32, int64(h.Num)), Target: b})
	}
	entry.Switch(fn.Param(0), end, cases)
	end.Ret(llvm.Value{})
}
