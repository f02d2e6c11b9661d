// Package reach computes what a program can get to: functions, globals, type descriptors, itabs and methods.
//
// It is rapid type analysis with the refinements of cmd/link's deadcode pass: a method is reached only if its type is
// converted to an interface (or reachable by reflection from one that is) and a method of that name and signature is called through an
// interface, or reflection can look methods up. What reflection can get to depends on which of its
// accessors are reached (gates.go), and a descriptor is only as whole as what is looked at in it (rtype.Level). After that
// markReadOnly decides which static data nothing can write. Start reading at Analyze.
package reach

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"mote/compiler/initeval"
	"mote/compiler/load"
	"mote/compiler/rtype"
)

// Result is what is reached. The slices are in a deterministic order.
type Result struct {
	Funcs   []*ssa.Function // with bodies, or //mote:asm ones without
	Globals []*ssa.Global
	Objects []*initeval.Object // static data reached, including anonymous objects
	Inits   []*load.Init       // residual initialisers to run, in order

	// Descriptors are the types whose abi.Type is needed; InInterface those that are converted to interfaces, whose methods matter.
	Descriptors []types.Type
	InInterface *typeutil.Map // types.Type -> true
	// Methods tells for a type in InInterface which methods stay in its descriptor and itabs.
	Methods func(t types.Type, m *types.Selection) bool
	// Itabs are the static (concrete, interface) pairs that conversions need.
	Itabs []Itab

	// Roots must stay visible to assembly.
	Roots map[*ssa.Function]bool
	// ReflectCall and MakeFunc tell whether reflect.Value.Call and reflect.MakeFunc are reached.
	ReflectCall, MakeFunc bool
	// MethodValues tells whether reflect.Value.Method is reached: the only source of method values made by reflection.
	MethodValues bool
	// Callers tells whether the program can ask which calls are in progress, or for names of functions.
	Callers bool
	// Floats tells whether floating point or complex values are in interfaces.
	Floats bool

	FuncSet map[*ssa.Function]bool

	level func(t types.Type) rtype.Level
}

// Level tells how much of the descriptor of t is reached.
func (r *Result) Level(t types.Type) rtype.Level { return r.level(t) }

// Itab is a concrete type seen through an interface type with methods.
type Itab struct {
	Concrete  types.Type
	Interface *types.Interface
	Named     types.Type // the interface type as written (named or not)
}
