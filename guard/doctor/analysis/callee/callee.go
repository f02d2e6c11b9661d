// Package callee names the functions that a program calls, so that analyzers can look them up in tables.
package callee

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Name returns the full name of what call calls, such as "time.Sleep", "(*sync.Mutex).Lock" or, through an interface,
// "(net.Listener).Accept". A method of a generic type has the name of the generic one without its type parameters, "(*sync/atomic.Pointer).Load". It is
// empty for builtins and for function values.
func Name(call *ssa.CallCommon) string {
	if call.IsInvoke() {
		return nameOf(call.Method)
	}
	f := call.StaticCallee()
	if f == nil {
		return ""
	}
	object, ok := f.Object().(*types.Func)
	if !ok {
		return ""
	}
	return nameOf(object)
}

// Package returns the path of the package of the called function or method, or "".
func Package(call *ssa.CallCommon) string {
	if call.IsInvoke() {
		return path(call.Method)
	}
	if f := call.StaticCallee(); f != nil {
		if object, ok := f.Object().(*types.Func); ok {
			return path(object)
		}
	}
	return ""
}

func path(f *types.Func) string {
	if f.Pkg() == nil {
		return "" // error.Error
	}
	return f.Pkg().Path()
}

func nameOf(f *types.Func) string {
	receiver := f.Signature().Recv()
	if receiver == nil {
		return f.FullName()
	}
	t, star := receiver.Type(), ""
	if pointer, ok := t.(*types.Pointer); ok {
		t, star = pointer.Elem(), "*"
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return f.FullName()
	}
	object := named.Obj()
	if object.Pkg() == nil {
		return "(" + object.Name() + ")." + f.Name()
	}
	return "(" + star + object.Pkg().Path() + "." + object.Name() + ")." + f.Name()
}

// Local returns the body of the function that call calls if it is known and in the same package, else nil.
func Local(call *ssa.CallCommon) *ssa.Function {
	f := call.StaticCallee()
	if f == nil || len(f.Blocks) == 0 {
		return nil
	}
	return f
}
