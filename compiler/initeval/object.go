// Package initeval runs package initialisers at build time and turns what they leave in memory into static data.
//
// Each initialiser is interpreted on its own (load.Init). One that cannot be evaluated (it does I/O, blocks, makes a map,
// takes too long) is undone and stays as code that runs at start. Start reading at Evaluate.
package initeval

import (
	"go/constant"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/load"
)

// Object is a piece of static memory: a global variable or something a global points to.
type Object struct {
	Name     string      // linker symbol for a global, otherwise a unique local name
	Type     types.Type  // what it holds; an array for backing stores of slices
	Global   *ssa.Global // nil for anonymous objects
	Value    Value       // nil means zero
	Data     []byte      // raw contents, when the object is a byte array (embedded files, string bytes); Value is nil then
	ReadOnly bool        // decided after reach: nothing in the program writes it
}

// Value is the content of (a part of) an object: one of Const, *Aggregate, Ref, Func, String, Slice, Iface, or nil for zero.
type Value interface{ isValue() }

type (
	// Const is a boolean, integer or float; a complex number can also be one of a constant.Complex kind.
	Const struct {
		Type types.Type
		Val  constant.Value
	}
	// Float is a floating point number that constant.Value cannot hold (negative zero, infinities, NaN).
	Float struct{ Val float64 }
	// Aggregate is a struct, array or complex number: Elems[i] per field, element or part; a short slice means zero for the rest.
	Aggregate struct{ Elems []Value }
	// Ref is a pointer to (a part of) an object. Offset is in bytes by Sizes.
	Ref struct {
		Obj    *Object
		Offset int64
	}
	// Func is a func value: a function, with captured values when it is a closure.
	Func struct {
		Fn       *ssa.Function
		Bindings []Value
	}
	// String is a string value.
	String struct{ Val string }
	// Slice is a slice value: Base points at its first element.
	Slice struct {
		Base     *Ref // nil for a nil slice
		Len, Cap int64
	}
	// Sym is the address of a linker symbol that another stage defines (generated code, itabs).
	// A Sym or Ref where the memory's type is an integer is the address as a number (NameOff, TypeOff, TextOff).
	Sym struct {
		Name   string
		Offset int64
	}
	// Iface is an interface value; Type nil means a nil interface. It is the concrete type's value, not yet boxed.
	Iface struct {
		Type types.Type
		Val  Value
	}
)

func (*Const) isValue()     {}
func (*Float) isValue()     {}
func (*Aggregate) isValue() {}
func (*Ref) isValue()       {}
func (*Func) isValue()      {}
func (*String) isValue()    {}
func (*Slice) isValue()     {}
func (*Iface) isValue()     {}
func (*Sym) isValue()       {}

// Result is what Evaluate found out.
type Result struct {
	// Static maps each global whose initial contents are known at build time to its object (absent: zero).
	Static map[*ssa.Global]*Object
	// Residual are the initialisers left for run time, in execution order.
	Residual []*load.Init
	// Pure tells of residual initialisers that only compute the values of their own variables,
	// so they can be dropped when none of these is reached.
	Pure map[*load.Init]bool
	// Why says for each residual initialiser what stopped the evaluation (for -v and tests).
	Why map[*load.Init]string
}
