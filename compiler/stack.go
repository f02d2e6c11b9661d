package compiler

import (
	"encoding/json"
	"go/token"
	"os"
	"strings"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/callgraph"
	"mote/compiler/handler"
	"mote/compiler/load"
	"mote/compiler/lower"
	"mote/compiler/reach"
	"mote/compiler/slots"
	"mote/compiler/stack"
	"mote/internal/diag"
)

// reportKind is where reports about stacks are in the cache, beside the images that they are about.
const reportKind = "stacks"

// depthsOf is what the stack stage is told of the program.
func (b *build) depthsOf(prog *load.Program, reached *reach.Result, handlers *handler.Result, graph *callgraph.Graph) stack.Input {
	apart := func(fn *ssa.Function) bool { return prog.Stack(fn) > 0 || stack.Knows(prog.SymbolName(fn)) }
	return stack.Input{
		Target: b.Target,
		Prefix: lower.StackWord,
		Stated: stated(prog, reached),
		Within: func(symbol string) ([]string, bool) { return graph.Within(symbol, apart) },
		Levels: handlers.Levels(prog),
		Late:   late(handlers, prog),
	}
}

// report is what the cache keeps about the memory of goroutines.
type report struct {
	Stacks *stack.Report
	Slots  *slots.Plan
}

// keepReport puts what is known about the image into the cache.
func (b *build) keepReport(key string) error {
	_, err := b.Cache.Put(reportKind, key, func(name string) error {
		data, err := json.Marshal(report{b.image.Stacks, b.image.Slots})
		if err != nil {
			return err
		}
		return os.WriteFile(name, data, 0o666)
	})
	return err
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

// cachedReport reads the report about an image in the cache; nil when it is no longer there.
func (b *build) cachedReport(key string) (*stack.Report, *slots.Plan) {
	name, ok := b.Cache.Get(reportKind, key)
	if !ok {
		return nil, nil
	}
	data, err := os.ReadFile(name)
	var r report
	if err != nil || json.Unmarshal(data, &r) != nil {
		return nil, nil
	}
	return r.Stacks, r.Slots
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
