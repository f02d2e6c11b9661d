package elfgate

import (
	"debug/elf"
	"strings"
)

// checkSections looks at what is in the file and not mapped, and at code that runs before the entry.
func (g *gate) checkSections() bool {
	end := g.headersEnd()
	var debug []string
	for _, s := range g.file.Sections {
		if s.Type != elf.SHT_NOBITS && s.Type != elf.SHT_NULL {
			end = max(end, s.Offset+s.FileSize)
		}
		switch {
		case s.Type == elf.SHT_SYMTAB && !g.profile.Exec.Symbols:
			g.find(Symbols, "%s has %d bytes; link with -ldflags=-s", s.Name, s.FileSize)
		case isDebug(s.Name) && !g.profile.Exec.Symbols:
			debug = append(debug, s.Name)
		case isConstructor(s) && s.Size > 0:
			g.find(Constructors, "%s has %d bytes", s.Name, s.Size)
		}
	}
	if len(debug) > 0 {
		g.find(DebugInfo, "%s; link with -ldflags=-w", strings.Join(debug, " "))
	}
	for _, p := range g.file.Progs {
		end = max(end, p.Off+p.Filesz)
	}
	if size := uint64(len(g.data)); size > end {
		g.find(Appended, "%d bytes from %#x on", size-end, end)
	}
	return true
}

func isDebug(name string) bool {
	return strings.HasPrefix(name, ".debug_") || strings.HasPrefix(name, ".zdebug_")
}

func isConstructor(s *elf.Section) bool {
	switch s.Type {
	case elf.SHT_INIT_ARRAY, elf.SHT_PREINIT_ARRAY:
		return true
	}
	return s.Name == ".ctors"
}

// headersEnd is where the headers themselves end: the section headers stand behind everything else.
func (g *gate) headersEnd() uint64 {
	order := g.file.ByteOrder
	if g.file.Class == elf.ELFCLASS32 {
		return uint64(order.Uint32(g.data[32:])) + uint64(order.Uint16(g.data[46:]))*uint64(order.Uint16(g.data[48:]))
	}
	return order.Uint64(g.data[40:]) + uint64(order.Uint16(g.data[58:]))*uint64(order.Uint16(g.data[60:]))
}
