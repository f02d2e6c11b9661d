package link

import (
	"debug/elf"
	"fmt"
	"strings"
)

// Reserve is memory that goroutines get without asking the heap: doc/spec/abi.md, "Slots". The zero value is that of a program without goroutines; in others
// Slots has an element at least, that of the default size.
type Reserve struct {
	Spare int64   // bytes of the spare stack
	Slots []Slots // by kind
}

// Slots are the slots of one kind.
type Slots struct {
	Size, Count int64 // of one, in bytes, a multiple of 16; how many
}

// SlotTable is the symbol of what the runtime knows of slots: it is in an image without a reserve only if something refers to it.
const SlotTable = "_task_slots"

// Bytes is the size of the reserve.
func (r Reserve) Bytes() int64 {
	n := r.Spare
	for _, s := range r.Slots {
		n += s.Size * s.Count
	}
	return n
}

// table is the initial content of runtime.taskSlots: four words for each kind.
func (r Reserve) table() string {
	if len(r.Slots) == 0 {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "    %s = .;\n", SlotTable)
	for i, s := range r.Slots {
		fmt.Fprintf(&b, "    LONG(%d) LONG(_slots%d) LONG(_slots%d + %d) LONG(0)\n", s.Size, i, i, s.Size*s.Count)
	}
	return b.String()
}

// section is the reserve itself. The heap begins behind it.
func (r Reserve) section(ram string) string {
	if len(r.Slots) == 0 {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "  .tasks (NOLOAD) : ALIGN(16) {\n    _spare_start = .;\n    . += %d;\n    _spare_end = .;\n", r.Spare)
	for i, s := range r.Slots {
		fmt.Fprintf(&b, "    _slots%d = .;\n    . += %d;\n", i, s.Size*s.Count)
	}
	fmt.Fprintf(&b, "    _heap_start = .;\n  } > %s\n", ram)
	return b.String()
}

// absent defines the symbols in a link without a reserve, where the runtime refers to them.
func (r Reserve) absent() string {
	if len(r.Slots) > 0 {
		return ""
	}
	return "PROVIDE(" + SlotTable + " = 0);\nPROVIDE(_spare_start = 0);\nPROVIDE(_spare_end = 0);\n"
}

// Room is how many bytes of RAM the image at path, which has no reserve, leaves for one, and whether it wants one: it can make goroutines.
func Room(path string) (bytes int64, wanted bool, err error) {
	f, err := elf.Open(path)
	if err != nil {
		return 0, false, err
	}
	defer f.Close()
	symbols, err := f.Symbols()
	if err != nil {
		return 0, false, err
	}
	for _, s := range symbols {
		switch s.Name {
		case SlotTable:
			wanted = true
		case "_heap_start":
			bytes -= int64(s.Value+15) &^ 15
		case "_heap_end":
			bytes += int64(s.Value)
		}
	}
	return bytes, wanted, nil
}
