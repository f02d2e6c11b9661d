package lower

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// What stands here is replaced by feature files, method by method.

func todo(what string) { internalError("%s is not lowered yet", what) }

// call.go
func (f *function) lowerCall(i *ssa.Call)               { todo("call") }
func (f *function) lowerMakeClosure(i *ssa.MakeClosure) { todo("closure") }

// gostmt.go
func (f *function) lowerGo(i *ssa.Go) { todo("go statement") }

// deferstmt.go, recover.go

// deferState is what a function with defer statements or recover() keeps while it is lowered.
type deferState struct{}

// enterDefers emits what runs at function entry: deferenter and the landing for recovery, recovertoken.
func (f *function) enterDefers()                    {}
func (f *function) lowerDefer(i *ssa.Defer)         { todo("defer") }
func (f *function) lowerRunDefers(i *ssa.RunDefers) { todo("rundefers") }
func (f *function) lowerPanic(i *ssa.Panic)         { todo("panic") }

// mapops.go
func (f *function) lowerMakeMap(i *ssa.MakeMap)     { todo("map") }
func (f *function) lowerMapUpdate(i *ssa.MapUpdate) { todo("map update") }
func (f *function) lowerLookup(i *ssa.Lookup)       { todo("map lookup") }

// chanops.go, selectstmt.go
func (f *function) lowerMakeChan(i *ssa.MakeChan) { todo("channel") }
func (f *function) lowerSend(i *ssa.Send)         { todo("send") }
func (f *function) lowerRecv(i *ssa.UnOp)         { todo("receive") }
func (f *function) lowerSelect(i *ssa.Select)     { todo("select") }

// iface.go
func (f *function) lowerMakeInterface(i *ssa.MakeInterface)     { todo("conversion to interface") }
func (f *function) lowerChangeInterface(i *ssa.ChangeInterface) { todo("interface conversion") }
func (f *function) lowerTypeAssert(i *ssa.TypeAssert)           { todo("type assertion") }

// rangeiter.go
func (f *function) lowerRange(i *ssa.Range) { todo("range") }
func (f *function) lowerNext(i *ssa.Next)   { todo("range") }

// equal.go: equal compares two values of type t (interfaces, strings, structs, arrays and what they are made of), as an i1.
func (f *function) equal(t types.Type, x, y llvm.Value) llvm.Value {
	todo("comparison")
	return llvm.Value{}
}

// static.go

// descriptorState is what static.go keeps for the whole program.
type descriptorState struct{}

// lowerStatic emits what Reach lists: objects, globals, descriptors, itabs.
func (l *lowerer) lowerStatic() {}

// finishStatic emits what lowering demanded since and tells whether there was anything.
func (l *lowerer) finishStatic() bool { return false }

// typeDescriptor returns the address of t's abi.Type, which is emitted in the shared module on demand.
func (m *module) typeDescriptor(t types.Type) llvm.Value {
	todo("type descriptor")
	return llvm.Value{}
}

// itab returns the address of the itab of concrete seen through iface.
func (m *module) itab(concrete, iface types.Type) llvm.Value {
	todo("itab")
	return llvm.Value{}
}
