package lower

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// keepPointers follows a call of a function that is marked //go:uintptrescapes: what its arguments of type uintptr were made from
// is alive until it has returned, and no longer: the register that has it gets something else, the stack pointer. It could be one that is not used again, and the
// collector would find it there.
func (f *function) keepPointers(c *ssa.CallCommon) {
	for _, p := range keptPointers(c) {
		f.b.InlineAsm(llvm.Ptr, f.l.moveSP(), "=r,0", []llvm.Value{f.value(p)})
	}
}

// moveSP is the instruction that moves the stack pointer to the result of inline assembly.
func (l *lowerer) moveSP() string {
	if l.Target.Thumb() {
		return "mov $0, sp"
	}
	return "mv $0, sp"
}

// keptPointers are the pointers that the arguments of a call of such a function were made from, those of the rest of a variadic one among them. A call that is
// put off has them in its record (newWrap).
func keptPointers(c *ssa.CallCommon) (list []ssa.Value) {
	callee := c.StaticCallee()
	if callee == nil || !uintptrEscapes(callee) {
		return nil
	}
	for _, arg := range c.Args {
		for _, v := range append(variadicElems(arg), arg) {
			if p := pointerOf(v); p != nil {
				list = append(list, p)
			}
		}
	}
	return list
}

// pointerOf is the pointer that v is the address of, nil when it is none.
func pointerOf(v ssa.Value) ssa.Value {
	conv, ok := v.(*ssa.Convert)
	if !ok {
		return nil
	}
	if from, ok := conv.X.Type().Underlying().(*types.Basic); ok && from.Kind() == types.UnsafePointer {
		return conv.X
	}
	return nil
}

// uintptrEscapes tells whether the directive stands above fn.
func uintptrEscapes(fn *ssa.Function) bool {
	decl, ok := fn.Syntax().(*ast.FuncDecl)
	if !ok || decl.Doc == nil {
		return false
	}
	for _, c := range decl.Doc.List {
		if strings.HasPrefix(c.Text, "//go:uintptrescapes") {
			return true
		}
	}
	return false
}

// variadicElems are the values that a call puts into the array of its variadic argument.
func variadicElems(arg ssa.Value) (elems []ssa.Value) {
	slice, ok := arg.(*ssa.Slice)
	if !ok {
		return nil
	}
	array, ok := slice.X.(*ssa.Alloc)
	if !ok || array.Comment != "varargs" {
		return nil
	}
	for _, ref := range *array.Referrers() {
		addr, ok := ref.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		for _, use := range *addr.Referrers() {
			if store, ok := use.(*ssa.Store); ok {
				elems = append(elems, store.Val)
			}
		}
	}
	return elems
}
