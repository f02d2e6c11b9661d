package lower

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// What stands here is replaced by feature files, method by method.

func todo(what string) { internalError("%s is not lowered yet", what) }

// reflectcall.go: lowers calls of reflect.call inside reflect.Value.call.
func (f *function) reflectCall(fn *ssa.Function, c *ssa.CallCommon) ([]llvm.Value, bool) {
	return nil, false
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

// layoutDescriptor returns the address of a descriptor for a record or closure object: only Size_, PtrBytes, GCData (and Kind_) are filled.
func (m *module) layoutDescriptor(t *types.Struct) llvm.Value {
	todo("layout descriptor")
	return llvm.Value{}
}

// itab returns the address of the itab of concrete seen through iface.
func (m *module) itab(concrete, iface types.Type) llvm.Value {
	todo("itab")
	return llvm.Value{}
}

// equalFunc is the code of type:.eq.T, func(p, q unsafe.Pointer) bool.
func (m *module) equalFunc(t types.Type) llvm.Value {
	todo("generated equality")
	return llvm.Value{}
}
