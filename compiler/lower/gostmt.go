package lower

import (
	"strconv"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// lowerGo starts a goroutine. What is already a func() is handed over as it is; otherwise function and arguments
// are put into a closure whose code makes the call.
func (f *function) lowerGo(i *ssa.Go) {
	f.runtimeCall("newproc", f.goClosure(&i.Call), llvm.ConstInt(llvm.I32, 0))
}

func (f *function) goClosure(c *ssa.CallCommon) llvm.Value {
	f.checkInvoked(c)
	if _, builtin := c.Value.(*ssa.Builtin); !builtin && !c.IsInvoke() && len(c.Args) == 0 {
		if len(f.l.signature(c.Signature()).memory) == 0 {
			return f.value(c.Value)
		}
	}
	w := newWrap(c, "code")
	name := f.l.Program.SymbolName(f.fn) + ".gowrap" + strconv.Itoa(f.nextWrap())
	t := f.thunk(w, name)
	t.callCommon(c)
	t.b.Ret(llvm.Value{})
	return f.makeRecord(w.layout, w.values(f, f.m.ir.Symbol(name)), false)
}

// checkInvoked panics here, not in the goroutine or deferred call, when a method of a nil interface is named.
func (f *function) checkInvoked(c *ssa.CallCommon) {
	if c.IsInvoke() {
		itab := f.b.ExtractValue(f.value(c.Value), 0)
		f.panicIf(f.b.ICmp("eq", itab, llvm.Null()), "panicmem")
	}
}
