package image

import (
	"debug/dwarf"
	"debug/elf"
	"encoding/binary"
	"strconv"
	"strings"

	"mote/target"
)

// Vector is an entry of an image's vector table, or on RISC-V, which has none, an interrupt with a handler.
type Vector struct {
	Number   int    // of the exception; 0 is the initial stack pointer. On RISC-V of the interrupt
	IRQ      int    // of the interrupt, -1 for what is none
	Name     string // "SP", "Reset", "HardFault", "TIMER0"
	Word     uint64 // what stands in the table; on RISC-V the address of the handler
	Symbol   string // what begins there; "" when nothing does
	Function string // the handler's Go name, "" for assembly
	File     string // of the handler, "" when unknown
	Line     int
	Default  bool // nobody handles it: it ends the program with a report
}

// defaultHandler is the symbol of what handles everything that nobody handles.
const defaultHandler = "Default_Handler"

// Vectors reads the vector table of the image at path, which Check has found to be right for t.
func Vectors(path string, t *target.Target) ([]Vector, error) {
	f, err := open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	symbols, err := f.Symbols()
	if err != nil {
		return nil, damaged("%s: %v", path, err)
	}
	list := handlers(symbols, t)
	if t.Thumb() {
		if list, err = table(f, symbols, t); err != nil {
			return nil, err
		}
	}
	describeHandlers(f, list)
	return list, nil
}

// table reads the words of a Cortex-M vector table.
func table(f *elf.File, symbols []elf.Symbol, t *target.Target) ([]Vector, error) {
	s := f.Section(".isr_vector")
	if s == nil {
		return nil, damaged("section .isr_vector is missing")
	}
	data, err := s.Data()
	if err != nil || len(data) < 4*t.Vectors() {
		return nil, damaged("vector table of %d bytes, want %d: %v", len(data), 4*t.Vectors(), err)
	}
	var list []Vector
	for i := range t.Vectors() {
		v := Vector{Number: i, IRQ: max(i-16, -1), Name: "SP", Word: uint64(binary.LittleEndian.Uint32(data[4*i:]))}
		if i > 0 {
			v.Name = vectorName(t, i)
			v.Symbol = handlerSymbol(symbols, v)
			v.Default = v.Symbol == defaultHandler
		}
		list = append(list, v)
	}
	return list, nil
}

// handlerSymbol names what the word of v leads to. All weak names of the default handler are one address; the strong one counts.
func handlerSymbol(symbols []elf.Symbol, v Vector) string {
	name := ""
	for _, s := range symbols {
		if s.Value&^1 != v.Word&^1 || elf.ST_TYPE(s.Info) != elf.STT_FUNC {
			continue
		}
		if elf.ST_BIND(s.Info) == elf.STB_GLOBAL {
			return s.Name
		}
		name = s.Name
	}
	return name
}

// handlers lists the interrupts whose handler the symbol table has: on RISC-V the compiler makes one function for each.
func handlers(symbols []elf.Symbol, t *target.Target) []Vector {
	var list []Vector
	for num := range t.IRQs {
		for _, s := range symbols {
			if s.Name == "IRQ"+strconv.Itoa(num)+"_Handler" && elf.ST_TYPE(s.Info) == elf.STT_FUNC {
				list = append(list, Vector{Number: num, IRQ: num, Name: interruptName(t, num), Word: s.Value, Symbol: s.Name})
			}
		}
	}
	return list
}

// describeHandlers adds what the DWARF information says: the compiler gives what it makes for a handler the name and the place of
// the Go function.
func describeHandlers(f *elf.File, list []Vector) {
	info, err := f.DWARF()
	if err != nil {
		return
	}
	at := map[uint64][]*Vector{}
	for i := range list {
		if v := &list[i]; v.Symbol != "" && !v.Default {
			at[v.Word&^1] = append(at[v.Word&^1], v)
		}
	}
	r := info.Reader()
	var files []*dwarf.LineFile
	for {
		e, err := r.Next()
		if err != nil || e == nil {
			return
		}
		switch e.Tag {
		case dwarf.TagCompileUnit:
			files = nil
			if lines, err := info.LineReader(e); err == nil && lines != nil {
				files = lines.Files()
			}
		case dwarf.TagSubprogram:
			low, _ := e.Val(dwarf.AttrLowpc).(uint64)
			for _, v := range at[low&^1] {
				v.describe(e, files)
			}
			r.SkipChildren()
		}
	}
}

// describe takes name and place from the entry of a function.
func (v *Vector) describe(e *dwarf.Entry, files []*dwarf.LineFile) {
	name, _ := e.Val(dwarf.AttrName).(string)
	if !strings.Contains(name, ".") {
		return
	}
	v.Function = name
	line, _ := e.Val(dwarf.AttrDeclLine).(int64)
	if n, ok := e.Val(dwarf.AttrDeclFile).(int64); ok && n >= 0 && int(n) < len(files) && files[n] != nil {
		v.File, v.Line = files[n].Name, int(line)
	}
}
