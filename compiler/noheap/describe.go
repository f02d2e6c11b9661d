package noheap

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Hints by what can be done.
const (
	hintValue  = "keep it in a package-level variable or take it from a mem.Pool, or do not let its address out of the function"
	hintSlice  = "use an array: a package-level variable, or one in the function if its address stays there"
	hintAppend = "append within the capacity by hand: s = s[:len(s)+1], s[len(s)-1] = v, after a check of cap(s)"
	hintGo     = "start a function without parameters that captures nothing, and pass values in package-level variables"
	hintMap    = "use an array, a sorted slice or a switch"
	hintChan   = "use a rtos.Semaphore or rtos.Events beside a package-level variable"
	hintText   = "write into a []byte of a package-level array with copy"
	hintIface  = "pass a pointer to a package-level variable, or a constant, or avoid the interface"
	hintFunc   = "do not capture variables: use a function, or a method of a package-level variable"
	hintDefer  = "defer outside of the loop, in a function that the loop calls"
)

// describe says what an instruction allocates, in gc's words, and what to do instead.
func describe(in ssa.Instruction) (what, hint string) {
	switch in := in.(type) {
	case *ssa.Alloc:
		return alloc(in)
	case *ssa.MakeInterface:
		return name(in.X) + " escapes to heap", hintIface
	case *ssa.MakeClosure:
		return closure(in) + " escapes to heap", hintFunc
	case *ssa.MakeSlice:
		return "make(" + typeName(in.Type()) + ", " + name(in.Len) + ") escapes to heap", hintSlice
	case *ssa.MakeMap:
		return "make(" + typeName(in.Type()) + ") escapes to heap: a map is on the heap", hintMap
	case *ssa.MapUpdate:
		if _, ok := in.Map.(*ssa.MakeMap); ok {
			return "", "" // the literal is reported
		}
		return "an assignment to an element of " + name(in.Map) + " may grow the map on the heap", hintMap
	case *ssa.MakeChan:
		return "make(" + typeName(in.Type()) + ") escapes to heap: a channel is on the heap", hintChan
	case *ssa.Convert:
		return typeName(in.Type()) + "(" + name(in.X) + ") escapes to heap: the conversion copies", hintText
	case *ssa.BinOp:
		return name(in.X) + " + " + name(in.Y) + " escapes to heap: joining strings makes a new one", hintText
	case *ssa.Go:
		return "go " + call(&in.Call) + ": what the goroutine is called with is on the heap", hintGo
	case *ssa.Defer:
		return "defer " + call(&in.Call) + " escapes to heap: it may run more than once in a call of the function", hintDefer
	case *ssa.Call:
		if b, ok := in.Call.Value.(*ssa.Builtin); ok && b.Name() == "append" {
			return "append may grow " + name(in.Call.Args[0]) + " on the heap", hintAppend
		}
		return call(&in.Call) + " allocates", hintValue
	}
	return operation(in) + " allocates", hintValue
}

// operation names an instruction that calls a function of the runtime which allocates.
func operation(in ssa.Instruction) string {
	switch in := in.(type) {
	case *ssa.Send:
		return "a send to " + name(in.Chan)
	case *ssa.Select:
		return "select"
	case *ssa.UnOp:
		return "a receive from " + name(in.X)
	case *ssa.TypeAssert:
		return "an assertion of type " + typeName(in.AssertedType)
	}
	return "this"
}

// alloc names variables as gc does, and expressions by their form.
func alloc(in *ssa.Alloc) (what, hint string) {
	elem := in.Type().Underlying().(*types.Pointer).Elem()
	t := typeName(elem)
	switch in.Comment {
	case "new":
		return "new(" + t + ") escapes to heap", hintValue
	case "complit":
		return "&" + t + "{...} escapes to heap", hintValue
	case "slicelit":
		return sliceOf(elem) + "{...} escapes to heap", hintSlice
	case "makeslice":
		return "make(" + sliceOf(elem) + ", ...) escapes to heap", hintSlice
	case "varargs":
		return "... argument escapes to heap", hintSlice
	}
	if in.Comment == "" || strings.ContainsAny(in.Comment, " .$") {
		return "a variable of type " + t + " escapes to heap", hintValue
	}
	return "moved to heap: " + in.Comment, hintValue
}

func sliceOf(array types.Type) string {
	if a, ok := array.Underlying().(*types.Array); ok {
		return "[]" + typeName(a.Elem())
	}
	return typeName(array)
}

func closure(in *ssa.MakeClosure) string {
	fn := in.Fn.(*ssa.Function)
	if bound, ok := strings.CutSuffix(fn.Name(), "$bound"); ok {
		return "method value " + bound
	}
	return "func literal"
}

// typeName is a type as the source would write it in package main.
func typeName(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string {
		if p.Name() == "main" {
			return ""
		}
		return p.Name()
	})
}
