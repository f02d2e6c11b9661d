// Package stack finds how much stack each goroutine of a linked image can need, and writes that into the image: a goroutine whose
// depth has a bound then gets exactly what it needs, all others the target's default.
//
// It reads machine code, after all optimisation: calls from the instructions, frames from .debug_frame (assembly: from what its
// instructions take). It claims a bound only if it knows every call on the way: a call through a func value or interface,
// recursion or a frame of variable size means that there is none. Depths that the runtime handles otherwise are named in
// knownFunctions. Start reading at Apply and graph.depth.
package stack

import (
	"debug/elf"
	"encoding/binary"
	"fmt"
	"os"
	"slices"
	"sort"
	"strings"

	"mote/target"
)

// Report says what is known about the goroutines of an image, by entry.
type Report struct {
	Goroutines []Goroutine
}

// Goroutine is what is known about all goroutines that begin with one function.
type Goroutine struct {
	Entry    string   // symbol of the function
	Bytes    int64    // size of the stack, 0 when there is no bound
	Reserved int64    // size of the stack when there is no bound, 0 for the target's default
	Path     []string // functions on the way to the deepest point; when there is no bound, nil
	Reason   string   // why there is no bound
	Where    string   // the function that is the reason
}

// String is a line without end: the function, the size of the stack and the deepest function, or why there is no bound.
func (g Goroutine) String() string {
	if g.Bytes == 0 {
		return fmt.Sprintf("%s: no bound: %s (%s)", g.Entry, g.Reason, g.Where)
	}
	return fmt.Sprintf("%s: %d bytes, deepest in %s", g.Entry, g.Bytes, g.Path[len(g.Path)-1])
}

// Apply analyses the image at path and writes the sizes into its words: those whose symbol is prefix and the name of a function.
func Apply(path string, t *target.Target, prefix string) (*Report, error) {
	f, err := elf.Open(path)
	if err != nil {
		return nil, fmt.Errorf("stack: %w", err)
	}
	defer f.Close()
	words, err := findWords(f, prefix)
	if err != nil || len(words) == 0 {
		return &Report{}, err
	}
	report, err := analyze(f, t, words)
	if err != nil {
		return nil, err
	}
	return report, report.write(path, words)
}

// word is a place in the file that holds the size of the stack of goroutines that begin with entry.
type word struct {
	entry  string
	offset int64
}

// findWords lists the words, by entry. Link-time optimisation may have added ".llvm." and a number to a name.
func findWords(f *elf.File, prefix string) ([]word, error) {
	symbols, err := f.Symbols()
	if err != nil {
		return nil, fmt.Errorf("stack: %w", err)
	}
	var words []word
	for _, s := range symbols {
		entry, ok := strings.CutPrefix(s.Name, prefix)
		if !ok || elf.ST_TYPE(s.Info) != elf.STT_OBJECT || s.Size != 4 || int(s.Section) >= len(f.Sections) {
			continue
		}
		section := f.Sections[s.Section]
		if section.Type != elf.SHT_PROGBITS || s.Value < section.Addr || s.Value+4 > section.Addr+section.Size {
			continue
		}
		entry, _, _ = strings.Cut(entry, ".llvm.")
		words = append(words, word{entry, int64(section.Offset + s.Value - section.Addr)})
	}
	sort.SliceStable(words, func(i, j int) bool { return words[i].entry < words[j].entry })
	return words, nil
}

// analyze finds the bound of each entry.
func analyze(f *elf.File, t *target.Target, words []word) (*Report, error) {
	c, err := readCode(f)
	if err != nil {
		return nil, err
	}
	g := newGraph(c)
	r := new(Report)
	for i, w := range words {
		if i == 0 || words[i-1].entry != w.entry {
			r.Goroutines = append(r.Goroutines, g.goroutine(w.entry, t))
		}
	}
	return r, nil
}

// taskmain is the function in which a goroutine really begins: it calls the entry.
const taskmain = "runtime.taskmain"

// goroutine finds the bound of goroutines that begin with a function.
func (g *graph) goroutine(entry string, t *target.Target) Goroutine {
	first, main := g.byName[entry], g.byName[taskmain]
	if first == nil || main == nil {
		return Goroutine{Entry: entry, Reason: "the image has no such function", Where: entry}
	}
	outer, inner := g.depth(main), g.depth(first)
	for _, d := range []depth{outer, inner} {
		if d.reason != "" {
			return Goroutine{Entry: entry, Reserved: reserved(entry, t), Reason: d.reason, Where: d.at.name}
		}
	}
	bytes := max(outer.bytes, main.frame+inner.bytes) + overhead(t)
	return Goroutine{Entry: entry, Bytes: (bytes + 15) &^ 15, Path: g.path(first)}
}

// reserved is the stack of a goroutine without a bound, 0 for the target's default. A test runs code that anybody wrote for a stack that
// grows, one test at a time, so it gets more.
func reserved(entry string, t *target.Target) int64 {
	if strings.HasPrefix(entry, "testing.") {
		return t.StackTest
	}
	return 0
}

// stackReserved marks a size that is no bound (lib/runtime/proc.go).
const stackReserved = 1

// word is what the image says about the stack of such goroutines.
func (g Goroutine) word() int64 {
	if g.Reserved != 0 {
		return g.Reserved | stackReserved
	}
	return g.Bytes
}

// overhead is what a goroutine's stack needs besides the frames of functions: the canary and the registers that an interrupt
// and the switch save on it (lib/runtime/asm/*_switch.S). Interrupts nest on the handler stack, so that is needed once.
func overhead(t *target.Target) int64 {
	const (
		canary    = 4
		trapFrame = 128
		exception = 32 + 4  // Armv7-M ARM B1.5.6: the basic frame, and what aligns it to 8
		saved     = 9*4 + 4 // r4-r11, EXC_RETURN; psplim on v8-M
		floating  = 18*4 + 16*4
	)
	switch {
	case !t.Thumb():
		return canary + trapFrame
	case slices.Contains(t.Tags, "fpu"):
		return canary + exception + saved + floating
	}
	return canary + exception + saved
}

// write puts the bounds into the file.
func (r *Report) write(path string, words []word) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return fmt.Errorf("stack: %w", err)
	}
	defer f.Close()
	bytes := map[string]int64{}
	for _, g := range r.Goroutines {
		bytes[g.Entry] = g.word()
	}
	for _, w := range words {
		if _, err := f.WriteAt(binary.LittleEndian.AppendUint32(nil, uint32(bytes[w.entry])), w.offset); err != nil {
			return fmt.Errorf("stack: %w", err)
		}
	}
	return f.Close()
}
