package lower

import (
	"strconv"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// deferRecover lowers "defer recover()". It recovers as a call of recover in the function would, but only when the function returns
// and not when it panics; the runtime tells the two apart by the record's argument. The record holds the function's token as a pointer.
func (f *function) deferRecover(i *ssa.Defer, frame llvm.Value, own bool) {
	const token = 8 // offset of the record's third word
	w := newWrap(&i.Call, "code", "link", "token")
	name := f.l.Program.SymbolName(f.fn) + ".deferwrap" + strconv.Itoa(f.nextWrap())
	t := f.thunk(w, name, llvm.Ptr)
	granted := t.b.ICmp("ne", t.b.Load(llvm.Ptr, t.b.Offset(t.ir.Param(1), token), 4), llvm.Null())
	t.runtimeCall("deferrecover", granted, t.ir.Param(0))
	t.b.Ret(llvm.Value{})
	word := f.b.Select(f.defers.token, frame, llvm.Null())
	record := f.makeRecord(w.layout, w.values(f, f.m.ir.Symbol(name), llvm.Null(), word), own && !inLoop(i.Block()))
	f.runtimeCall("deferpush", frame, record)
}
