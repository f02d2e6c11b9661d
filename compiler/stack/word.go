package stack

import (
	"debug/elf"
	"encoding/binary"
	"fmt"
	"os"
	"sort"
	"strings"

	"mote/target"
)

// word is a place in the file that holds the size of the stack of goroutines that begin with entry.
type word struct {
	entry  string
	offset int64
}

// Variables of the runtime that say how deep goroutine 1 and the handlers get, in programs that compare that with what happens
// (lib/runtime/highwater.go).
const (
	mainWord    = "runtime.mainBound"
	handlerWord = "runtime.handlerBound"
)

// findWords lists the words, by entry, and those variables. Link-time optimisation may have added ".llvm." and a number to a name.
func findWords(f *elf.File, prefix string) ([]word, error) {
	symbols, err := f.Symbols()
	if err != nil {
		return nil, fmt.Errorf("stack: %w", err)
	}
	var words []word
	for _, s := range symbols {
		entry, ok := strings.CutPrefix(s.Name, prefix)
		entry, _, _ = strings.Cut(entry, ".llvm.")
		if !ok && entry != mainWord && entry != handlerWord || elf.ST_TYPE(s.Info) != elf.STT_OBJECT || s.Size != 4 || int(s.Section) >= len(f.Sections) {
			continue
		}
		section := f.Sections[s.Section]
		if section.Type != elf.SHT_PROGBITS || s.Value < section.Addr || s.Value+4 > section.Addr+section.Size {
			continue
		}
		words = append(words, word{entry, int64(section.Offset + s.Value - section.Addr)})
	}
	sort.SliceStable(words, func(i, j int) bool { return words[i].entry < words[j].entry })
	return words, nil
}

// reserved is the stack of a goroutine without a bound, 0 for the target's default. A test runs code that anybody wrote for a stack that
// grows, one test at a time, so it gets more.
func reserved(entry string, t *target.Target) int64 {
	if strings.HasPrefix(entry, "testing.") {
		return t.StackTest
	}
	return 0
}

// What is in the lowest bits of the size of a stack (lib/runtime/proc.go).
const (
	stackReserved = 1 // it is no bound
	slotsShift    = 1 // from this bit on: which kind of slots is for it
)

// word is what the image says about the stack of such goroutines.
func (g Goroutine) word(slots int) int64 {
	kind := int64(slots) << slotsShift
	switch {
	case g.Own:
		return g.Bytes | kind | stackReserved
	case g.Reserved != 0:
		return g.Reserved | stackReserved
	}
	return g.Bytes | kind
}

// write puts the bounds into the file.
func (r *Report) write(path string, words []word, slots map[string]int) error {
	if len(words) == 0 {
		return nil
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return fmt.Errorf("stack: %w", err)
	}
	defer f.Close()
	bytes := map[string]int64{mainWord: r.Main.Bytes, handlerWord: r.Handlers.Bytes}
	for _, g := range r.Goroutines {
		bytes[g.Entry] = g.word(slots[g.Entry])
	}
	for _, w := range words {
		if _, err := f.WriteAt(binary.LittleEndian.AppendUint32(nil, uint32(bytes[w.entry])), w.offset); err != nil {
			return fmt.Errorf("stack: %w", err)
		}
	}
	return f.Close()
}
