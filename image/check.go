package image

import (
	"debug/elf"
	"encoding/binary"
	"fmt"
	"go/token"
	"sort"

	"mote/internal/diag"
	"mote/target"
)

// Check compares a linked image with the target's memory map: sections inside their regions and apart from each other, and on
// Cortex-M a vector table that is complete, aligned and leads to code. Everything that is wrong is in the list it returns.
func Check(path string, t *target.Target) error {
	f, err := open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return check(f, t)
}

func check(f *elf.File, t *target.Target) error {
	c := &checker{File: f, t: t}
	c.machine()
	c.sections()
	c.loads()
	c.entry()
	if t.Thumb() {
		c.vectors()
	}
	if len(c.found) > 0 {
		return c.found
	}
	return nil
}

type checker struct {
	*elf.File
	t     *target.Target
	found diag.List
}

func (c *checker) fail(format string, args ...any) {
	c.found = append(c.found, diag.Errorf(token.Position{}, "", "image for %s: %s", c.t.Name, fmt.Sprintf(format, args...))...)
}

func (c *checker) machine() {
	want := elf.EM_RISCV
	if c.t.Thumb() {
		want = elf.EM_ARM
	}
	if c.Machine != want {
		c.fail("code is for %v, want %v", c.Machine, want)
	}
}

// sections checks the addresses at which the program runs.
func (c *checker) sections() {
	var loaded []*elf.Section
	for _, s := range c.Sections {
		if s.Flags&elf.SHF_ALLOC == 0 || s.Size == 0 {
			continue
		}
		loaded = append(loaded, s)
		where := append(append([]target.Region{}, c.t.Flash...), c.t.RAM...)
		if s.Flags&elf.SHF_WRITE != 0 || s.Type == elf.SHT_NOBITS {
			where = c.t.RAM
		}
		if !inside(where, s.Addr, s.Size) {
			c.fail("section %s at %#x, %d bytes, lies in no region for it (%s)", s.Name, s.Addr, s.Size, describe(where))
		}
	}
	sort.SliceStable(loaded, func(i, j int) bool { return loaded[i].Addr < loaded[j].Addr })
	for i := 1; i < len(loaded); i++ {
		a, b := loaded[i-1], loaded[i]
		if b.Addr-a.Addr < a.Size {
			c.fail("sections %s and %s overlap at %#x", a.Name, b.Name, b.Addr)
		}
	}
}

// loads checks the addresses at which the program is stored.
func (c *checker) loads() {
	all, err := chunks(c.File)
	if err != nil {
		c.fail("%v", err)
	}
	for _, k := range all {
		if !inside(c.t.Flash, k.addr, uint64(len(k.data))) {
			c.fail("segment at %#x, %d bytes, is not loaded into flash (%s)", k.addr, len(k.data), describe(c.t.Flash))
		}
	}
}

func (c *checker) entry() {
	if !c.t.Thumb() {
		if c.Entry != c.t.Flash[0].Origin {
			c.fail("entry %#x, want the first byte of flash, %#x", c.Entry, c.t.Flash[0].Origin)
		}
		return
	}
	if c.Entry&1 == 0 || !inside(c.t.Flash, c.Entry&^1, 2) {
		c.fail("entry %#x is no Thumb address in flash", c.Entry)
	}
}

// vectors checks every word of the vector table.
func (c *checker) vectors() {
	s := c.Section(".isr_vector")
	if s == nil {
		c.fail("no vector table: section .isr_vector is missing")
		return
	}
	if s.Addr != c.t.Flash[0].Origin {
		c.fail("vector table at %#x, want the start of flash, %#x", s.Addr, c.t.Flash[0].Origin)
	}
	if align := c.t.VectorAlign(); s.Addr%align != 0 {
		c.fail("vector table at %#x is not aligned to %d bytes", s.Addr, align)
	}
	if want := uint64(4 * c.t.Vectors()); s.Size < want {
		c.fail("vector table has %d bytes, want %d for %d interrupts", s.Size, want, c.t.IRQs)
	}
	data, err := s.Data()
	if err != nil {
		c.fail("vector table: %v", err)
		return
	}
	for i := range min(len(data)/4, c.t.Vectors()) {
		c.vector(i, uint64(binary.LittleEndian.Uint32(data[4*i:])))
	}
}

func (c *checker) vector(i int, word uint64) {
	switch {
	case i == 0:
		if ram := c.t.RAM[0]; word <= ram.Origin || word > ram.End() {
			c.fail("initial stack pointer %#x is outside of region %q", word, ram.Name)
		} else if word%8 != 0 {
			c.fail("initial stack pointer %#x is not a multiple of 8", word)
		}
	case word == 0:
		c.fail("vector %d (%s) is empty", i, vectorName(c.t, i))
	case word&1 == 0:
		c.fail("vector %d (%s) is %#x, without the Thumb bit", i, vectorName(c.t, i), word)
	case !inside(c.t.Flash, word&^1, 2):
		c.fail("vector %d (%s) leads to %#x, outside of flash", i, vectorName(c.t, i), word)
	case !c.inCode(word &^ 1):
		c.fail("vector %d (%s) leads to %#x, where there is no code", i, vectorName(c.t, i), word)
	case i == 1 && word != c.Entry:
		c.fail("reset vector %#x differs from the entry %#x", word, c.Entry)
	}
}

// inCode tells whether addr is in a section of instructions.
func (c *checker) inCode(addr uint64) bool {
	for _, s := range c.Sections {
		if s.Flags&elf.SHF_EXECINSTR != 0 && addr >= s.Addr && addr-s.Addr < s.Size {
			return true
		}
	}
	return false
}

// vectorName is the name of a vector for messages: Reset, HardFault, UART0.
func vectorName(t *target.Target, i int) string {
	if i == 1 {
		return "Reset"
	}
	if name := t.Exceptions[i]; name != "" {
		return name
	}
	if i < 16 {
		return "reserved"
	}
	return interruptName(t, i-16)
}

// interruptName is the name of an interrupt: UART0, or IRQ5 when it has none.
func interruptName(t *target.Target, num int) string {
	if num < len(t.IRQNames) && t.IRQNames[num] != "" {
		return t.IRQNames[num]
	}
	return fmt.Sprintf("IRQ%d", num)
}

func inside(regions []target.Region, addr, size uint64) bool {
	for _, g := range regions {
		if g.Contains(addr, size) {
			return true
		}
	}
	return false
}

func describe(regions []target.Region) string {
	text := ""
	for i, g := range regions {
		if i > 0 {
			text += ", "
		}
		text += fmt.Sprintf("%s %#x-%#x", g.Name, g.Origin, g.End())
	}
	return text
}
