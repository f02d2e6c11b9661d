package lower

import (
	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// What stands here is replaced by feature files, method by method.

func todo(what string) { internalError("%s is not lowered yet", what) }

// reflectcall.go: lowers calls of reflect.call inside reflect.Value.call.
func (f *function) reflectCall(fn *ssa.Function, c *ssa.CallCommon) ([]llvm.Value, bool) {
	return nil, false
}
