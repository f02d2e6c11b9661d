package reach

import (
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/rtype"
)

// gates are facts about the program that, once true, let reflection reach more. Each is opened by the functions of package
// reflect that make it true, so a program pays only for the reflection that it does.
type gates struct {
	openings
	names   map[string]bool // methods looked up by constant names
	applied openings
	named   int // names that were applied

	postponed *ssa.Function   // reflect.makeMethodValue, while nothing makes method values
	naming    []*ssa.Function // functions that name others in messages, while nothing else asks for names
	inexact   *ssa.Function   // runtime.printinexact, while no floating point or complex value is in an interface
	optional  []*ssa.Function // those with //mote:with, while nothing that they are for is reached
}

// openings are the gates that are open.
type openings struct {
	elem        bool // internal/reflectlite looks at element types
	callers     bool // the program asks which calls are in progress, or for names of functions
	typehash    bool // the runtime hashes values in interfaces by their descriptors
	reflection  bool // any code of package reflect runs
	slicing     bool // reflection slices arrays
	signatures  bool // reflection looks at parameter and result types
	pointerTo   bool // reflection makes pointer types
	implements  bool // reflection asks whether types implement interfaces
	lookup      bool // methods are looked up by computed names or by number
	call        bool // reflect.Value.Call
	makeFunc    bool // reflect.MakeFunc
	valueMethod bool // reflect.Value.Method: method values can become functions
	typeMethod  bool // reflect.Type.Method: methods become functions with the receiver first
	makeMethod  bool // reflect.makeMethodValue runs
	set         bool // reflection writes through pointers and slices, or makes pointers that others write through
	bytes       bool // reflection hands out arrays of bytes as slices
	swap        bool // internal/reflectlite swaps elements of slices
	setError    bool // errors.As writes its target
	floats      bool // floating point or complex values are in interfaces
}

// watch opens the gates that fn stands for.
func (g *gates) watch(fn *ssa.Function) {
	if fn.Pkg == nil || fn.Parent() != nil || fn.Synthetic != "" {
		return
	}
	switch fn.Pkg.Pkg.Path() {
	case "runtime":
		g.typehash = g.typehash || fn.Name() == "typehash"
		g.callers = g.callers || fn.Name() == "findFunction"
		if fn.Name() == "finalizerCall" { // looks at the finalizer's parameter and results
			g.signatures, g.elem = true, true
		}
	case "internal/reflectlite":
		switch fn.Name() {
		case "implements":
			g.implements = true
		case "Swapper":
			g.elem, g.swap = true, true
		case "Elem":
			g.elem = true
		case "Set":
			g.setError = true
		}
	case "reflect":
		g.watchReflect(fn)
	}
}

func (g *gates) watchReflect(fn *ssa.Function) {
	if strings.HasPrefix(fn.Name(), "init") {
		return
	}
	g.reflection = true
	method := fn.Signature.Recv() != nil
	if method && strings.HasPrefix(fn.Name(), "Set") {
		g.set = true
	}
	switch fn.Name() {
	case "Copy", "Swapper", "Append", "AppendSlice", "UnsafePointer", "UnsafeAddr", "Pointer", "Clear",
		"Addr", "Grow":
		g.set = true
	case "ptrTo":
		g.pointerTo = true
	case "implements":
		g.implements = true
	case "Slice", "Slice3":
		g.slicing, g.set = true, true
	case "Bytes":
		g.bytes = true
	case "In", "Out", "haveIdenticalUnderlyingType", "FuncOf":
		g.signatures = true
	case "call":
		if method {
			g.call, g.signatures = true, true
		}
	case "makeMethodValue":
		g.makeMethod = true
	case "MakeFunc":
		g.makeFunc, g.signatures = true, true
	case "Method":
		if method && !isPointer(fn.Signature.Recv().Type()) {
			g.valueMethod, g.signatures = true, true
		} else if method {
			g.typeMethod = true
		}
	}
}

// postpone reports whether the body of fn cannot run, or is not wanted for its own sake: that of reflect.makeMethodValue while no
// code makes method values (every conversion of a reflect.Value to an interface calls it), and those that name functions in
// messages while nothing else needs the table of functions.
func (a *analysis) postpone(fn *ssa.Function) bool {
	if fn.Pkg == nil {
		return false
	}
	if _, names := Unnamed(fn); names && !a.gates.callers {
		a.gates.naming = append(a.gates.naming, fn)
		return true
	}
	if a.isIdle(fn) {
		a.gates.optional = append(a.gates.optional, fn)
		return true
	}
	if IsPrintInexact(fn) && !a.gates.floats {
		a.gates.inexact = fn
		return true
	}
	if a.gates.valueMethod || fn.Name() != "makeMethodValue" || fn.Pkg.Pkg.Path() != "reflect" {
		return false
	}
	a.gates.postponed = fn
	return true
}

// IsPrintInexact recognises the function of package runtime that prints the floating point or complex value of a panic.
func IsPrintInexact(fn *ssa.Function) bool {
	return fn.Pkg != nil && fn.Name() == "printinexact" && fn.Pkg.Pkg.Path() == "runtime"
}

// Unnamed is what a function that names another in the text of a panic says when it does not know; ok is false for all other
// functions. A program that does not ask for names itself carries no table of them for these texts, nor for the search for
// the call that a GODEBUG setting breaks: text is empty there, and the function returns zero.
func Unnamed(fn *ssa.Function) (text string, ok bool) {
	if fn.Pkg == nil || fn.Parent() != nil {
		return "", false
	}
	switch fn.Pkg.Pkg.Path() + "." + fn.Name() {
	case "reflect.valueMethodName", "internal/reflectlite.methodName":
		return "unknown method", true
	case "reflect.funcName":
		return "closure", true
	case "internal/bisect.stack":
		return "", true
	}
	return "", false
}

// followThunks reaches what the code behind functions made by reflection calls.
func (a *analysis) followThunks() {
	g := &a.gates
	if g.makeFunc {
		a.symbol("reflect.callReflect")
	}
	if g.valueMethod && g.postponed != nil {
		a.function(g.postponed)
	}
	if g.makeMethod {
		a.symbol("reflect.callMethod")
	}
	if g.call || g.makeFunc || g.valueMethod {
		a.runtime("callthunk")
	}
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

// openGates applies to what was reached before those gates that were opened since; it reports whether there were any.
func (a *analysis) openGates() bool {
	g := &a.gates
	if g.openings == g.applied && len(g.names) == g.named {
		return false
	}
	g.applied, g.named = g.openings, len(g.names)
	for i := 0; i < len(a.types.list); i++ {
		if info := a.types.list[i]; info.boxed {
			a.expand(info)
		}
	}
	a.followThunks()
	if g.callers {
		for _, fn := range g.naming {
			a.function(fn)
		}
	}
	if g.floats && g.inexact != nil {
		a.function(g.inexact)
	}
	if g.lookup || len(g.names) > 0 {
		a.keepLookedUp()
	}
	return true
}

// keepLookedUp keeps the methods that reflection can find.
func (a *analysis) keepLookedUp() {
	for i := 0; i < len(a.types.list); i++ {
		info := a.types.list[i]
		if !info.boxed {
			continue
		}
		for _, sel := range info.methods {
			m := sel.Obj().(*types.Func)
			if a.gates.lookup && m.Exported() || a.gates.names[m.Name()] {
				a.keep(info, sel)
				a.expose(info, m)
			}
		}
	}
}

// expose makes the types of a method that reflection finds whole: without the receiver and, for Type.Method, with it.
func (a *analysis) expose(info *typeInfo, m *types.Func) {
	sig := rtype.MethodType(m)
	a.box(sig)
	if !a.gates.typeMethod || !a.gates.call {
		return
	}
	params := []*types.Var{types.NewParam(token.NoPos, nil, "", info.typ)}
	for v := range sig.Params().Variables() {
		params = append(params, v)
	}
	a.box(types.NewSignatureType(nil, nil, nil, types.NewTuple(params...), sig.Results(), sig.Variadic()))
}

// lookup notes a use of reflection's Method or MethodByName outside package reflect. args are nil when it is not a plain call.
func (a *analysis) lookup(caller *ssa.Function, m *types.Func, args []ssa.Value) {
	if m == nil || m.Name() != "Method" && m.Name() != "MethodByName" || !returnsReflectMethod(m) {
		return
	}
	for f := caller; f != nil; f = f.Parent() {
		if f.Pkg != nil && f.Pkg.Pkg.Path() == "reflect" {
			return
		}
	}
	if m.Name() == "MethodByName" && len(args) > 0 {
		if c, ok := args[len(args)-1].(*ssa.Const); ok && c.Value != nil {
			a.lookupName(strings.Trim(c.Value.ExactString(), `"`))
			return
		}
	}
	a.gates.lookup = true
}

func (a *analysis) lookupName(name string) {
	if a.gates.names == nil {
		a.gates.names = map[string]bool{}
	}
	a.gates.names[name] = true
}

// returnsReflectMethod tells reflect.Type's and reflect.Value's lookups from other methods of these names.
func returnsReflectMethod(m *types.Func) bool {
	results := m.Signature().Results()
	if results.Len() == 0 {
		return false
	}
	n, ok := types.Unalias(results.At(0).Type()).(*types.Named)
	if !ok || n.Obj().Pkg() == nil || n.Obj().Pkg().Path() != "reflect" {
		return false
	}
	return n.Obj().Name() == "Method" || n.Obj().Name() == "Value"
}
