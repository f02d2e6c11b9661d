package noheap

import (
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// name writes a value as the source has it, as far as go/ssa still knows; else it is "value of type T".
func name(v ssa.Value) string {
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value == nil {
			return "nil"
		}
		return v.Value.String()
	case *ssa.Parameter, *ssa.FreeVar, *ssa.Global:
		return v.Name()
	case *ssa.Function:
		return v.Name()
	case *ssa.Alloc:
		if v.Comment != "" && !strings.ContainsAny(v.Comment, " .$") && v.Comment != "complit" && v.Comment != "new" {
			return v.Comment
		}
	case *ssa.Phi:
		if v.Comment != "" && !strings.ContainsAny(v.Comment, "&|") {
			return v.Comment
		}
	case *ssa.UnOp:
		return unary(v)
	case *ssa.BinOp:
		return name(v.X) + " " + v.Op.String() + " " + name(v.Y)
	case *ssa.Call:
		return call(&v.Call)
	case *ssa.Convert:
		return typeName(v.Type()) + "(" + name(v.X) + ")"
	case *ssa.ChangeType:
		return name(v.X)
	case *ssa.Slice:
		return name(v.X) + "[...]"
	case *ssa.Field:
		return name(v.X) + "." + fieldName(v.X.Type(), v.Field)
	case *ssa.FieldAddr:
		return name(v.X) + "." + fieldName(v.X.Type().Underlying().(*types.Pointer).Elem(), v.Field)
	case *ssa.IndexAddr:
		return name(v.X) + "[" + name(v.Index) + "]"
	case *ssa.Index:
		return name(v.X) + "[" + name(v.Index) + "]"
	case *ssa.Lookup:
		return name(v.X) + "[" + name(v.Index) + "]"
	}
	return "value of type " + typeName(v.Type())
}

// unary: reading a variable has the variable's name.
func unary(v *ssa.UnOp) string {
	if v.Op != token.MUL {
		return v.Op.String() + name(v.X)
	}
	switch x := v.X.(type) {
	case *ssa.Global, *ssa.Alloc, *ssa.FreeVar, *ssa.FieldAddr, *ssa.IndexAddr:
		return name(x)
	}
	return "*" + name(v.X)
}

func fieldName(t types.Type, i int) string {
	if s, ok := t.Underlying().(*types.Struct); ok {
		return s.Field(i).Name()
	}
	return "field"
}

// call writes a call without its arguments.
func call(c *ssa.CallCommon) string {
	switch {
	case c.IsInvoke():
		return name(c.Value) + "." + c.Method.Name() + "(...)"
	case c.StaticCallee() != nil:
		fn := c.StaticCallee()
		if _, literal := c.Value.(*ssa.MakeClosure); literal || fn.Parent() != nil {
			return "func literal(...)"
		}
		return qualified(fn) + "(...)"
	}
	if b, ok := c.Value.(*ssa.Builtin); ok {
		return b.Name() + "(...)"
	}
	return name(c.Value) + "(...)"
}

// qualified is the name of a function as package main calls it.
func qualified(fn *ssa.Function) string {
	if fn.Signature.Recv() != nil || fn.Pkg == nil || fn.Pkg.Pkg.Name() == "main" {
		return fn.Name()
	}
	return fn.Pkg.Pkg.Name() + "." + fn.Name()
}
