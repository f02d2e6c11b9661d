package stack

import (
	"debug/elf"
	"encoding/binary"
	"fmt"
	"sort"

	"mote/debug/frame"
)

// function is a function of the image with what its code says.
type function struct {
	name      string
	low, high uint64
	frame     int64  // bytes that it takes from the stack
	measured  bool   // the compiler recorded the size of its frame
	dynamic   string // why frame is not known, or empty
	calls     []call
}

// call leads from one function to another.
type call struct {
	to   uint64 // address, without the Thumb bit
	tail bool   // a jump: the caller's frame is gone
	// indirect says what kind of call leads to a place that the instruction at from does not name; to means nothing then.
	indirect string
	from     uint64
}

// code is the program part of an image.
type code struct {
	file      *elf.File
	thumb     bool
	base      uint64
	text      []byte
	data      []span // literal pools and jump tables inside text
	functions []*function
	byName    map[string]*function
	places    *places
}

// span is a range of addresses.
type span struct{ low, high uint64 }

// readCode decodes every function of an image.
func readCode(f *elf.File) (*code, error) {
	section := f.Section(".text")
	if section == nil {
		return nil, fmt.Errorf("stack: the image has no section .text")
	}
	text, err := section.Data()
	if err != nil {
		return nil, fmt.Errorf("stack: %w", err)
	}
	symbols, err := f.Symbols()
	if err != nil {
		return nil, fmt.Errorf("stack: %w", err)
	}
	c := &code{file: f, thumb: f.Machine == elf.EM_ARM, base: section.Addr, text: text, byName: map[string]*function{}, places: readPlaces(f)}
	c.addFunctions(symbols)
	c.markData(symbols)
	frames := c.frames()
	for _, fn := range c.functions {
		fn.frame = c.decode(fn)
		if size, ok := frames[fn.low]; ok {
			fn.frame, fn.measured, fn.dynamic = max(fn.frame, size), true, ""
		}
	}
	return c, nil
}

// decode fills in what the instructions of fn say: its calls, and as a result the bytes that they take from the stack, each counted once.
func (c *code) decode(fn *function) int64 {
	if c.thumb {
		return (&thumb{code: c, fn: fn}).decode()
	}
	return (&riscv{code: c, fn: fn}).decode()
}

// addFunctions takes the functions from the symbol table; of several names for one address the first in the table counts, and all find it.
func (c *code) addFunctions(symbols []elf.Symbol) {
	at := map[uint64]*function{}
	end := c.base + uint64(len(c.text))
	for _, s := range symbols {
		low := c.address(s.Value)
		if elf.ST_TYPE(s.Info) != elf.STT_FUNC || low < c.base || s.Size == 0 || low+s.Size > end {
			continue
		}
		if at[low] == nil {
			at[low] = &function{name: s.Name, low: low, high: low + s.Size}
			c.functions = append(c.functions, at[low])
		}
		c.byName[s.Name] = at[low]
	}
	sort.Slice(c.functions, func(i, j int) bool { return c.functions[i].low < c.functions[j].low })
}

// address takes the Thumb bit off.
func (c *code) address(a uint64) uint64 {
	if c.thumb {
		return a &^ 1
	}
	return a
}

// at is the function that an address lies in, nil when there is none.
func (c *code) at(addr uint64) *function {
	i := sort.Search(len(c.functions), func(i int) bool { return c.functions[i].low > addr })
	if i == 0 || addr >= c.functions[i-1].high {
		return nil
	}
	return c.functions[i-1]
}

// markData finds what in .text is not code by the mapping symbols $d, and $t or $x where code goes on (ELF for the Arm
// Architecture 5.5.5; RISC-V ELF psABI, Mapping Symbol).
func (c *code) markData(symbols []elf.Symbol) {
	type mark struct {
		addr uint64
		data bool
	}
	var marks []mark
	for _, s := range symbols {
		if len(s.Name) < 2 || s.Name[0] != '$' || s.Value < c.base || s.Value > c.base+uint64(len(c.text)) {
			continue
		}
		switch s.Name[1] {
		case 'd':
			marks = append(marks, mark{s.Value, true})
		case 't', 'x':
			marks = append(marks, mark{c.address(s.Value), false})
		}
	}
	sort.SliceStable(marks, func(i, j int) bool { return marks[i].addr < marks[j].addr })
	for i, m := range marks {
		end := c.base + uint64(len(c.text))
		if i+1 < len(marks) {
			end = marks[i+1].addr
		}
		if m.data && end > m.addr {
			c.data = append(c.data, span{m.addr, end})
		}
	}
}

// skipData is the first address from addr on that is code.
func (c *code) skipData(addr uint64) uint64 {
	i := sort.Search(len(c.data), func(i int) bool { return c.data[i].high > addr })
	for ; i < len(c.data) && c.data[i].low <= addr; i++ {
		addr = c.data[i].high
	}
	return addr
}

// half is the half-word at an address, 0 outside of .text.
func (c *code) half(addr uint64) uint32 {
	off := addr - c.base
	if addr < c.base || off+2 > uint64(len(c.text)) {
		return 0
	}
	return uint32(binary.LittleEndian.Uint16(c.text[off:]))
}

// word is the word at an address, 0 outside of .text.
func (c *code) word(addr uint64) uint32 { return c.half(addr) | c.half(addr+2)<<16 }

// frames are the sizes that the compiler recorded.
func (c *code) frames() map[uint64]int64 {
	s := c.file.Section(".debug_frame")
	if s == nil {
		return nil
	}
	data, err := s.Data()
	if err != nil {
		return nil
	}
	register := uint64(riscvSP)
	if c.thumb {
		register = thumbSP
	}
	return frame.Parse(data).Sizes(register)
}

// jump adds a jump from fn to a place; one inside of fn is no call.
func (fn *function) jump(to uint64) {
	if to < fn.low || to >= fn.high {
		fn.calls = append(fn.calls, call{to: to, tail: true})
	}
}

func (fn *function) call(to uint64) { fn.calls = append(fn.calls, call{to: to}) }

// unknown adds a call, or a jump, by the instruction at from to a place that it does not name.
func (fn *function) unknown(from uint64, kind string, tail bool) {
	fn.calls = append(fn.calls, call{indirect: kind, from: from, tail: tail})
}
