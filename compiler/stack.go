package compiler

import (
	"encoding/json"
	"go/token"
	"go/types"
	"os"
	"strings"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/callgraph"
	"mote/compiler/handler"
	"mote/compiler/load"
	"mote/compiler/lower"
	"mote/compiler/reach"
	"mote/compiler/stack"
	"mote/internal/diag"
)

// reportKind is where reports about stacks are in the cache, beside the images that they are about.
const reportKind = "stacks"

// boundStacks finds the depths of stacks in the linked image, writes them into it and keeps the report.
func (b *build) boundStacks(key, elf string, prog *load.Program, reached *reach.Result, handlers *handler.Result, lowered *lower.Output, graph *callgraph.Graph) (*stack.Report, error) {
	report, err := stack.Apply(elf, stack.Input{
		Target:  b.Target,
		Prefix:  lower.StackWord,
		Stated:  stated(prog, reached),
		Callees: callees(reached, lowered, graph, prog),
		Levels:  handlers.Levels(prog),
		Late:    late(handlers, prog),
	})
	if err != nil {
		return nil, err
	}
	if err := b.checkStacks(report); err != nil {
		return nil, err
	}
	_, err = b.Cache.Put(reportKind, key, func(name string) error {
		data, err := json.Marshal(report)
		if err != nil {
			return err
		}
		return os.WriteFile(name, data, 0o666)
	})
	return report, err
}

// checkStacks reports stacks that are too small for what is known to be their worst case. Without a heap large variables are in frames, so
// that of main is then looked at, too; otherwise it is rarely known, and not this large.
func (b *build) checkStacks(r *stack.Report) error {
	if err := r.Handlers.Check(b.Target); err != nil {
		return diag.Errorf(token.Position{}, "see 'mote build -stack' on a board with more; make the handlers do less, or give those that may wait for each other one priority", "%v", err)
	}
	if need, have := r.Main.Bytes, b.Target.StackMain; b.GC == gcNone && need > have {
		at := token.Position{Filename: r.Main.At.File, Line: r.Main.At.Line}
		return diag.Errorf(at, "make large variables package-level", "main can need %d bytes of stack, and %s has %d for it: the deepest way is %s",
			need, b.Target.Name, have, strings.Join(r.Main.Path, " → "))
	}
	return nil
}

// late are the symbols of the functions that may become handlers while the program runs.
func late(handlers *handler.Result, prog *load.Program) (symbols []string) {
	for _, fn := range handlers.Late {
		symbols = append(symbols, prog.SymbolName(fn))
	}
	return symbols
}

// cachedStacks reads the report about an image in the cache; nil when it is no longer there.
func (b *build) cachedStacks(key string) *stack.Report {
	name, ok := b.Cache.Get(reportKind, key)
	if !ok {
		return nil
	}
	data, err := os.ReadFile(name)
	report := new(stack.Report)
	if err != nil || json.Unmarshal(data, report) != nil {
		return nil
	}
	return report
}

// stated are the functions with //mote:stack.
func stated(prog *load.Program, reached *reach.Result) map[string]int64 {
	out := map[string]int64{}
	for _, fn := range reached.Funcs {
		if n := prog.Stack(fn); n > 0 {
			out[prog.SymbolName(fn)] = n
		}
	}
	return out
}

// itabThunk ends the symbol of what an itab has in place of a method whose receiver is not a pointer (lower.itabEntry).
const itabThunk = "·i"

// callees lists by place what indirect calls may run. Two calls at one place are taken together.
func callees(reached *reach.Result, lowered *lower.Output, graph *callgraph.Graph, prog *load.Program) map[stack.Place][]string {
	out := map[stack.Place][]string{}
	for _, call := range lowered.Indirect {
		place := stack.Place{File: call.Place.Filename, Line: call.Place.Line, Column: call.Place.Column}
		fns, known := candidates(reached, graph, call)
		have, before := out[place]
		switch {
		case !known || before && have == nil:
			out[place] = nil
			continue
		case !before:
			out[place] = []string{}
		}
		for _, fn := range fns {
			name := prog.SymbolName(fn)
			out[place] = append(out[place], name)
			if call.Call.IsInvoke() {
				out[place] = append(out[place], name+itabThunk)
			}
		}
	}
	return out
}

// candidates are the functions that an indirect call may run; known is false when there may be others: those that reflection
// makes, those that the compiler makes for descriptors (which take addresses), and what the runtime keeps as a bare pointer.
func candidates(reached *reach.Result, graph *callgraph.Graph, call lower.IndirectCall) (fns []*ssa.Function, known bool) {
	if call.Call.IsInvoke() {
		return graph.Implementations(call.Call.Value.Type(), call.Call.Method), true
	}
	sig := call.Call.Signature()
	if reached.MakeFunc || reached.MethodValues || reach.Trusted(call.Caller) || takesAddress(sig) {
		return nil, false
	}
	return graph.Values(sig), true
}

func takesAddress(sig *types.Signature) bool {
	for v := range sig.Params().Variables() {
		if b, ok := v.Type().Underlying().(*types.Basic); ok && b.Kind() == types.UnsafePointer {
			return true
		}
	}
	return false
}
