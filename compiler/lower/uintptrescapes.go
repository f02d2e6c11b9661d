package lower

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// keepPointers follows a call of a function that is marked //go:uintptrescapes: what its arguments of type uintptr were made from
// is alive until it has returned.
func (f *function) keepPointers(c *ssa.CallCommon) {
	callee := c.StaticCallee()
	if callee == nil || !uintptrEscapes(callee) {
		return
	}
	for _, arg := range c.Args {
		f.keepPointer(arg)
		for _, elem := range variadicElems(arg) {
			f.keepPointer(elem)
		}
	}
}

// keepPointer keeps the pointer that v is the address of.
func (f *function) keepPointer(v ssa.Value) {
	conv, ok := v.(*ssa.Convert)
	if !ok {
		return
	}
	if from, ok := conv.X.Type().Underlying().(*types.Basic); ok && from.Kind() == types.UnsafePointer {
		f.b.InlineAsm(llvm.Void, "", "r", []llvm.Value{f.value(conv.X)})
	}
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
