package stack

import (
	"debug/elf"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"

	"mote/target"
)

// Handlers says how much of the handler stack the handlers of exceptions can need together.
type Handlers struct {
	Size     int64 // of the stack
	Bytes    int64 // the worst case; 0 when there is no bound
	Handlers []Handler
}

// Handler is an entry of the vector table with code of its own.
type Handler struct {
	Name   string // "interrupt 8", "SysTick"
	Symbol string
	At     Place
	Bytes  int64    // that it takes from the stack, frames of exceptions not included; 0 when there is no bound
	Level  int      // of its priority, when that never changes
	Fixed  bool     // Level says something
	Path   []string // functions on the way to the deepest point
	Reason string   // why there is no bound
	Where  string   // the function that is the reason
	// WhereAt is the line in it, zero when unknown.
	WhereAt Place
}

// handlers finds what the handlers need.
//
// On a Cortex-M each interrupts all those of lower priority: the stack holds one of each level, and the frames that exceptions push
// on it: none for the first, which interrupts a goroutine. The report of a fault can come on top of all. What a handler whose level is
// not known does to the others is not known either: it counts as a level of its own. On RISC-V there is one handler.
func (g *graph) handlers() Handlers {
	h := Handlers{Size: g.in.Target.StackHandler}
	if g.in.Target.Thumb() {
		h.Handlers = g.vectors()
	} else {
		h.Handlers = g.traps()
	}
	levels, alone, frames := map[int]int64{}, int64(0), int64(0)
	for _, handler := range h.Handlers {
		if handler.Reason != "" {
			return h
		}
		if _, another := levels[handler.Level]; !handler.Fixed || !another {
			frames++
		}
		if handler.Fixed {
			levels[handler.Level] = max(levels[handler.Level], handler.Bytes)
		} else {
			alone += handler.Bytes
		}
	}
	for _, bytes := range levels {
		alone += bytes
	}
	if g.in.Target.Thumb() && frames > 1 {
		alone += (frames - 1) * exceptionFrame(g.in.Target)
	}
	h.Bytes = alone
	return h
}

// Check reports a handler stack that is too small for what is known to be its worst case.
func (h Handlers) Check(t *target.Target) error {
	if h.Bytes <= h.Size {
		return nil
	}
	return fmt.Errorf("the handlers of interrupts can need %d bytes of stack together, and %s has %d for them (stack_handler)", h.Bytes, t.Name, h.Size)
}

// defaultHandler is the symbol of what stands in the vector table where nobody handles an exception: the report.
const defaultHandler = "Default_Handler"

// firstInterrupt is the number of the exception that interrupt 0 is.
const firstInterrupt = 16

// vectors are the handlers in the vector table, each function once.
func (g *graph) vectors() []Handler {
	section := g.file.Section(".isr_vector")
	if section == nil || section.Type == elf.SHT_NOBITS {
		return nil
	}
	data, err := section.Data()
	if err != nil {
		return nil
	}
	var list []Handler
	seen := map[*function]bool{}
	for number := 2; number < len(data)/4; number++ { // behind the initial sp and Reset
		fn := g.at(g.address(uint64(binary.LittleEndian.Uint32(data[4*number:]))))
		if fn == nil || seen[fn] {
			continue
		}
		seen[fn] = true
		h := g.handler(g.exceptionName(number), fn)
		if fn == g.byName[defaultHandler] {
			h.Name, h.Symbol = "faults, and what nobody handles", defaultHandler
		}
		h.Level, h.Fixed = g.in.Levels[number-firstInterrupt]
		list = append(list, h)
	}
	return append(list, g.late()...)
}

// late are the handlers that are not in the table from the beginning.
func (g *graph) late() []Handler {
	var list []Handler
	for _, symbol := range g.in.Late {
		fn := g.byName[symbol]
		if fn == nil {
			list = append(list, Handler{Name: "an interrupt", Symbol: symbol, Reason: "the image has no such function", Where: symbol})
			continue
		}
		list = append(list, g.handler("an interrupt", fn))
	}
	return list
}

// exceptionName is the name of an entry of the vector table.
func (g *graph) exceptionName(number int) string {
	if number < firstInterrupt {
		if name := g.in.Target.Exceptions[number]; name != "" {
			return name
		}
		return "exception " + strconv.Itoa(number)
	}
	return "interrupt " + strconv.Itoa(number-firstInterrupt)
}

// traps is what the trap vector of a RISC-V calls: by then it is on the handler stack. Its own frame is on the goroutine's.
func (g *graph) traps() []Handler {
	var list []Handler
	for _, name := range []string{"mote_trap_vector", "mote_fault_vector"} {
		vector := g.byName[name]
		if vector == nil {
			continue
		}
		for _, c := range vector.calls {
			if to := g.at(c.to); c.indirect == "" && to != nil && !slices.ContainsFunc(list, func(h Handler) bool { return h.Symbol == to.name }) {
				h := g.handler("trap", to)
				h.Level, h.Fixed = 0, true // only one of them runs
				list = append(list, h)
			}
		}
	}
	return list
}

// handler finds the depth of one handler.
func (g *graph) handler(name string, fn *function) Handler {
	h := Handler{Name: name, Symbol: fn.name, At: g.declaration(fn)}
	d := g.depth(fn)
	if d.reason != "" {
		h.Reason, h.Where, h.WhereAt = d.reason, d.at.name, d.place
		return h
	}
	h.Bytes, h.Path = d.bytes, g.path(fn)
	return h
}
