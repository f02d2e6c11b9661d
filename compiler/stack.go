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
	"mote/compiler/stack"
	"mote/internal/diag"
)

// reportKind is where reports about stacks are in the cache, beside the images that they are about.
const reportKind = "stacks"

// boundStacks finds the depths of stacks in the linked image, writes them into it and keeps the report.
func (b *build) boundStacks(key, elf string, prog *load.Program, reached *reach.Result, handlers *handler.Result, graph *callgraph.Graph) (*stack.Report, error) {
	apart := func(fn *ssa.Function) bool { return prog.Stack(fn) > 0 || stack.Knows(prog.SymbolName(fn)) }
	report, err := stack.Apply(elf, stack.Input{
		Target: b.Target,
		Prefix: lower.StackWord,
		Stated: stated(prog, reached),
		Within: func(symbol string) ([]string, bool) { return graph.Within(symbol, apart) },
		Levels: handlers.Levels(prog),
		Late:   late(handlers, prog),
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
