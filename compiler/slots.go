package compiler

import (
	"errors"
	"fmt"
	"go/constant"
	"go/token"
	"go/types"

	"mote/compiler/callgraph"
	"mote/compiler/link"
	"mote/compiler/load"
	"mote/compiler/lower"
	"mote/compiler/reach"
	"mote/compiler/slots"
	"mote/compiler/stack"
	"mote/internal/diag"
)

// planSlots decides what memory goroutines get at build time, from an image that has been linked without; nil when there are none.
func (b *build) planSlots(elf string, prog *load.Program, reached *reach.Result, graph *callgraph.Graph, starts []lower.Start, report *stack.Report) (*slots.Plan, error) {
	room, wanted, err := link.Room(elf)
	if err != nil || !wanted {
		return nil, err
	}
	plan, err := slots.Make(slots.Input{
		Starts: countStarts(prog, reached, graph, starts), Report: report, Layout: b.layout(prog),
		Capacity: b.Target.Tasks, Stated: b.TasksStated, Cores: int64(b.Target.Cores), Room: room, NoHeap: b.GC == gcNone,
	})
	var over *slots.RoomError
	if errors.As(err, &over) {
		return nil, diag.Errorf(token.Position{}, fmt.Sprintf("-tasks=%d fits %s", over.Fits, b.Target.Name), "%s", over.Text)
	}
	return plan, err
}

// reserve is what the linker lays out for a plan.
func reserve(p *slots.Plan) link.Reserve {
	r := link.Reserve{Spare: p.Spare}
	for _, k := range p.Kinds {
		r.Slots = append(r.Slots, link.Slots{Size: k.Size, Count: k.Count})
	}
	return r
}

// countStarts tells how often each goroutine can be started.
func countStarts(prog *load.Program, reached *reach.Result, graph *callgraph.Graph, starts []lower.Start) (list []slots.Start) {
	runs := graph.Runs()
	for _, s := range starts {
		list = append(list, slots.Start{Entry: s.Entry, Named: s.Named, Times: runs.At(s.Caller, s.Site)})
	}
	for symbol, own := range runtimeStarts() {
		if fn := prog.Funcs[symbol]; fn != nil && reached.FuncSet[fn] {
			times := int64(1)
			if !own {
				times = runs.Of(fn)
			}
			list = append(list, slots.Start{Times: times, Own: own})
		}
	}
	if fn := prog.Funcs["mote/rtos.Go"]; fn != nil && graph.IsValue(fn) {
		list = append(list, slots.Start{Times: callgraph.Many})
	}
	return list
}

// runtimeStarts are the functions of the runtime that no start in the program tells of, and that make goroutines or are what such a one runs. The value is true for
// those that there is one of, which the capacity does not count.
func runtimeStarts() map[string]bool {
	return map[string]bool{"runtime.timerproc": true, "runtime.runSpecials": true, "runtime.newcoro": false}
}

// layout reads what the runtime makes of a slot from its constants.
func (b *build) layout(prog *load.Program) slots.Layout {
	l := slots.Layout{
		Task: runtimeConstant(prog, "taskBytes"), Bounded: runtimeConstant(prog, "boundedRoom"), Name: runtimeConstant(prog, "nameBytes"),
		Default: b.Target.StackGoroutine, Spare: b.Target.StackGoroutine,
	}
	if b.GC == gcNone {
		l.Spare = runtimeConstant(prog, "spareBytes")
	}
	return l
}

func runtimeConstant(prog *load.Program, name string) int64 {
	c, ok := prog.ByPath["runtime"].Types.Scope().Lookup(name).(*types.Const)
	if !ok {
		panic("package runtime has no constant " + name)
	}
	n, _ := constant.Int64Val(constant.ToInt(c.Val()))
	return n
}
