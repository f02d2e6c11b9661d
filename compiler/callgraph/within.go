package callgraph

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/intrinsic"
	"mote/compiler/reach"
)

// The code of a function holds that of others that were inlined, which nobody records. So what counts for the indirect calls in it are
// those of all functions that it can get to. For the question how deep it gets that costs no precision: whoever they call is below the
// function anyway, and the way over the functions between is the deeper one.

// itabThunk ends the symbol of what an itab has in place of a method whose receiver is not a pointer (lower.itabEntry).
const itabThunk = "·i"

// What the symbols of functions that make the calls of go and defer statements have behind that of the function with the statement.
const (
	goThunk    = ".gowrap"
	deferThunk = ".deferwrap"
)

// Within names, by symbols, what the indirect calls in the code of the function with that symbol may run; ok is false when there may be
// more. apart tells which functions are never inlined and no business of the question.
func (g *Graph) Within(symbol string, apart func(*ssa.Function) bool) (callees []string, ok bool) {
	fn := g.function(symbol)
	if fn == nil || len(fn.Blocks) == 0 {
		return nil, false
	}
	callees = []string{}
	starts := strings.Contains(symbol, goThunk)
	seen := map[*ssa.Function]bool{fn: true}
	queue := []*ssa.Function{fn}
	for len(queue) > 0 {
		fn, queue = queue[0], queue[1:]
		calls, known := g.within(fn)
		if !known {
			return nil, false
		}
		for _, c := range calls {
			if c.Kind == Made || c.Kind == Started && !starts {
				continue
			}
			if c.Kind != Direct && c.Kind != Runtime {
				name := g.prog.SymbolName(c.Callee)
				callees = append(callees, name, name+itabThunk)
			}
			if !seen[c.Callee] && len(c.Callee.Blocks) > 0 && !Panics(c.Callee) && !apart(c.Callee) {
				seen[c.Callee] = true
				queue = append(queue, c.Callee)
			}
		}
	}
	return callees, true
}

// function is the function of a symbol; that of a thunk is the one that has the call.
func (g *Graph) function(symbol string) *ssa.Function {
	symbol = strings.TrimSuffix(symbol, itabThunk)
	if fn := g.symbols[symbol]; fn != nil {
		return fn
	}
	for _, thunk := range []string{goThunk, deferThunk} {
		if at := strings.LastIndex(symbol, thunk); at > 0 {
			return g.symbols[symbol[:at]]
		}
	}
	return nil
}

// within are the calls of fn, with the candidates of its indirect ones; known is false when there may be more of these.
func (g *Graph) within(fn *ssa.Function) (calls []Call, known bool) {
	for _, b := range reach.LiveBlocks(fn) {
		for _, in := range b.Instrs {
			if c, ok := in.(ssa.CallInstruction); ok && !g.knows(fn, c.Common()) {
				return nil, false
			}
		}
	}
	if g.prog.SymbolName(fn) == symbolMain {
		for _, init := range g.reached.Inits {
			calls = append(calls, Call{Kind: Direct, Caller: fn, Callee: init.Fn})
		}
	}
	return append(calls, g.Calls(fn)...), true
}

// knows tells whether all that a call may run is in the graph. Not so are functions that reflection makes, those that the compiler makes for
// descriptors (they take addresses), what the runtime keeps as a bare pointer, and calls that lowering writes.
func (g *Graph) knows(caller *ssa.Function, c *ssa.CallCommon) bool {
	if _, builtin := c.Value.(*ssa.Builtin); builtin || c.IsInvoke() {
		return true
	}
	if fn := c.StaticCallee(); fn != nil {
		return g.prog.Definition(fn) != nil || g.isPlain(fn)
	}
	sig := c.Signature()
	return !g.reached.MakeFunc && !g.reached.MethodValues && !reach.Trusted(caller) && !takesAddress(sig)
}

// The runtime's main calls all initialisers by a function that lowering writes.
const (
	symbolMain  = "runtime.main"
	symbolInits = "runtime.runtime_inittasks"
)

// isPlain tells whether a function without a body has no calls but those that within knows.
func (g *Graph) isPlain(fn *ssa.Function) bool {
	if symbol := g.prog.SymbolName(fn); intrinsic.Has(symbol) || symbol == symbolInits {
		return true
	}
	return fn.Object() != nil && g.prog.Directive(fn.Object(), "inline") != nil
}

func takesAddress(sig *types.Signature) bool {
	for v := range sig.Params().Variables() {
		if b, ok := v.Type().Underlying().(*types.Basic); ok && b.Kind() == types.UnsafePointer {
			return true
		}
	}
	return false
}
