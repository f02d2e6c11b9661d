package lower

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// lowerMakeChan lowers make(chan T, n).
func (f *function) lowerMakeChan(i *ssa.MakeChan) {
	size, t := f.value(i.Size), f.m.typeDescriptor(i.Type())
	if size.Type == llvm.I64 {
		f.define(i, f.runtimeCall("makechan64", t, size))
		return
	}
	f.define(i, f.runtimeCall("makechan", t, f.b.IntCast(size, llvm.I32, isSigned(i.Size.Type()))))
}

// lowerSend lowers c <- v.
func (f *function) lowerSend(i *ssa.Send) {
	f.runtimeCall("chansend1", f.value(i.Chan), f.spill(i.X.Type(), f.value(i.X)))
}

// lowerRecv lowers <-c and v, ok := <-c. The runtime writes zero when the channel is closed.
func (f *function) lowerRecv(i *ssa.UnOp) {
	elem := i.X.Type().Underlying().(*types.Chan).Elem()
	slot := f.receiveSlot(elem)
	if !i.CommaOk {
		f.runtimeCall("chanrecv1", f.value(i.X), slot)
		f.define(i, f.received(elem, slot))
		return
	}
	ok := f.runtimeCall("chanrecv2", f.value(i.X), slot)
	f.tuples[i] = []llvm.Value{f.received(elem, slot), ok}
}

// receiveSlot is where the runtime puts a received value: for the memory class it becomes the value itself.
func (f *function) receiveSlot(elem types.Type) llvm.Value {
	if f.l.types.isMemory(elem) {
		return f.temp(elem)
	}
	return f.ir.Alloca(f.l.types.size(elem), f.l.types.align(elem))
}

// received is the value in a receive slot.
func (f *function) received(elem types.Type, slot llvm.Value) llvm.Value {
	if f.l.types.isMemory(elem) {
		return slot
	}
	return f.load(elem, slot)
}
