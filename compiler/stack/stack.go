// Package stack finds how much stack each goroutine of a linked image can need, and the handlers of interrupts, and writes that into the
// image: a goroutine whose depth has a bound then gets exactly what it needs, all others the target's default.
//
// It reads machine code, after all optimisation: calls from the instructions, frames from .debug_frame (assembly: from what its
// instructions take). It claims a bound only if it knows every call on the way. A call through a func value or interface counts with
// all that the program can have there, if the compiler could tell (Input.Within). Recursion, a frame of variable size or a call of anything else mean that there is no bound, unless the source states one
// (//mote:stack, Input.Stated). Depths that the runtime handles otherwise are named in knownFunctions.
// Start reading at Apply and graph.depth.
package stack

import (
	"debug/elf"
	"fmt"
	"slices"

	"mote/target"
)

// Input is what the image does not say.
type Input struct {
	Target *target.Target
	Prefix string // of the symbols of the words that hold sizes: prefix and the name of a function
	// Stated is how many bytes a call of a function takes by the source's word, by symbol.
	Stated map[string]int64
	// Within names the functions that indirect calls in the code of a function may run, by symbols, those of all functions that may have been
	// inlined there included; ok is false when that is not known.
	Within func(symbol string) (callees []string, ok bool)
	// Levels are the priorities of interrupts that never change, by number: those of one level do not interrupt each other.
	Levels map[int]int
	// Late are the symbols of functions that may become handlers of interrupts while the program runs.
	Late []string
	// Slots is which kind of slots is for goroutines that begin with a function, by symbol: 0 if it is not here.
	Slots map[string]int
}

// Place is a place in the source, as debug information has it. Column 0 stands for the whole line.
type Place struct {
	File         string
	Line, Column int
}

// String is file:line:column.
func (p Place) String() string {
	if p.Column == 0 {
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Report says what is known about the stacks of an image.
type Report struct {
	Main       Goroutine   // the first goroutine, whose stack the linker made
	Goroutines []Goroutine // all others, by entry
	Handlers   Handlers
}

// Goroutine is what is known about all goroutines that begin with one function.
type Goroutine struct {
	Entry    string   // symbol of the function
	At       Place    // of its declaration, zero when unknown
	Bytes    int64    // size of the stack, 0 when there is no bound
	Reserved int64    // size of the stack when there is no bound, 0 for the target's default
	Stated   bool     // the bound holds if a //mote:stack does
	Own      bool     // panics and collections are on this stack, not on the spare one: a deferred call may be below what is stated
	Path     []string // functions on the way to the deepest point; when there is no bound, nil
	Reason   string   // why there is no bound
	Where    string   // the function that is the reason
	WhereAt  Place    // the line in it, zero when unknown
}

// String is a line without end: the function, the size of the stack and the deepest function, or why there is no bound.
func (g Goroutine) String() string {
	if g.Bytes == 0 {
		return fmt.Sprintf("%s: no bound: %s (%s)", g.Entry, g.Reason, g.Where)
	}
	return fmt.Sprintf("%s: %d bytes, deepest in %s", g.Entry, g.Bytes, g.Path[len(g.Path)-1])
}

// Apply analyses the image at path and writes the sizes of stacks into its words.
func Apply(path string, in Input) (*Report, error) {
	f, err := elf.Open(path)
	if err != nil {
		return nil, fmt.Errorf("stack: %w", err)
	}
	defer f.Close()
	words, err := findWords(f, in.Prefix)
	if err != nil {
		return nil, err
	}
	report, err := analyze(f, in, words)
	if err != nil {
		return nil, err
	}
	return report, report.write(path, words, in.Slots)
}

// analyze finds the bound of each entry, of the first goroutine and of the handlers.
func analyze(f *elf.File, in Input, words []word) (*Report, error) {
	c, err := readCode(f)
	if err != nil {
		return nil, err
	}
	g := newGraph(c, in)
	r := &Report{Main: g.main(), Handlers: g.handlers()}
	for i, w := range words {
		isEntry := w.entry != mainWord && w.entry != handlerWord
		if isEntry && (i == 0 || words[i-1].entry != w.entry) {
			r.Goroutines = append(r.Goroutines, g.goroutine(w.entry))
		}
	}
	return r, nil
}

// Functions in which goroutines really begin.
const (
	taskmain = "runtime.taskmain" // calls the entry
	start    = "runtime.start"    // goroutine 1
)

// goroutine finds the bound of goroutines that begin with a function.
func (g *graph) goroutine(entry string) Goroutine {
	first, main := g.byName[entry], g.byName[taskmain]
	if first == nil || main == nil {
		return Goroutine{Entry: entry, Reason: "the image has no such function", Where: entry}
	}
	outer, inner := g.depth(main), g.depth(first)
	out := Goroutine{Entry: entry, At: g.declaration(first)}
	for _, d := range []depth{outer, inner} {
		if d.reason != "" {
			out.Reserved, out.Reason, out.Where, out.WhereAt = reserved(entry, g.in.Target), d.reason, d.at.name, d.place
			return out
		}
	}
	bytes := max(outer.bytes, main.frame+inner.bytes) + overhead(g.in.Target)
	out.Bytes, out.Path = align(bytes), g.path(first)
	if out.Stated = outer.stated || inner.stated; out.Stated && g.defers(first, map[*function]bool{}) {
		out.Own = true
		out.Bytes = align(out.Bytes + out.Bytes/8 + 32) // its guard is within it (lib/runtime/guard_*.go)
	}
	return out
}

// main is the bound of the first goroutine.
func (g *graph) main() Goroutine {
	out := Goroutine{Entry: start, Reserved: g.in.Target.StackMain}
	first := g.byName[start]
	if first == nil {
		out.Reason, out.Where = "the image has no such function", start
		return out
	}
	if fn := g.byName["main.main"]; fn != nil {
		out.At = g.declaration(fn)
	}
	d := g.depth(first)
	if d.reason != "" {
		out.Reason, out.Where, out.WhereAt = d.reason, d.at.name, d.place
		return out
	}
	out.Bytes, out.Path, out.Stated = align(d.bytes+overhead(g.in.Target)), g.path(first), d.stated
	return out
}

func align(bytes int64) int64 { return (bytes + 15) &^ 15 }

// overhead is what a goroutine's stack needs besides the frames of functions: the registers that an interrupt and the switch save on
// it (lib/runtime/asm/*_switch.S). Interrupts nest on the handler stack, so that is needed once. The guard is the runtime's business.
func overhead(t *target.Target) int64 {
	const (
		trapFrame = 128
		saved     = 9*4 + 4 // r4-r11, EXC_RETURN; psplim on v8-M
		floating  = 16 * 4  // s16-s31
	)
	switch {
	case !t.Thumb():
		return trapFrame
	case slices.Contains(t.Tags, "fpu"):
		return exceptionFrame(t) + saved + floating
	}
	return exceptionFrame(t) + saved
}

// exceptionFrame is what the entry of an exception takes from the stack that is in use: the basic frame (Armv7-M ARM B1.5.6), s0-s15,
// FPSCR and a reserved word where there is an FPU, and what aligns it to 8.
func exceptionFrame(t *target.Target) int64 {
	if slices.Contains(t.Tags, "fpu") {
		return 32 + 18*4 + 4
	}
	return 32 + 4
}
