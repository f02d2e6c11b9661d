package elfgate

import (
	"debug/elf"
	"path"
	"slices"
	"strings"
)

// maxInterp bounds the name of a program interpreter, as the kernel does (PATH_MAX).
const maxInterp = 4096

// checkDynamic looks for what only a dynamic loader could provide. It reads what the loader reads, the program headers: sections may be missing or lie.
func (g *gate) checkDynamic() bool {
	for _, p := range g.file.Progs {
		switch p.Type {
		case elf.PT_INTERP:
			g.checkInterp(p)
		case elf.PT_DYNAMIC:
			g.checkEntries(p)
		}
	}
	return true
}

func (g *gate) checkInterp(p *elf.Prog) {
	data, ok := g.bytes(p.Off, p.Filesz)
	if !ok || len(data) > maxInterp {
		g.find(Malformed, "PT_INTERP has %d bytes at %#x", p.Filesz, p.Off)
		return
	}
	name := strings.TrimRight(string(data), "\x00")
	if !slices.Contains(g.profile.Exec.Interpreters, name) {
		g.find(Interp, "%q", name)
	}
}

// bytes are size bytes of the file from off on.
func (g *gate) bytes(off, size uint64) ([]byte, bool) {
	all := uint64(len(g.data))
	if off > all || size > all-off {
		return nil, false
	}
	return g.data[off : off+size], true
}

// entry is one entry of a dynamic section.
type entry struct {
	tag   elf.DynTag
	value uint64
}

// checkEntries looks at a dynamic section.
func (g *gate) checkEntries(p *elf.Prog) {
	if len(g.profile.Exec.Interpreters) == 0 {
		g.find(Dynamic, "a program header PT_DYNAMIC")
	}
	data, ok := g.bytes(p.Off, p.Filesz)
	if !ok {
		g.find(Malformed, "PT_DYNAMIC has %d bytes at %#x", p.Filesz, p.Off)
		return
	}
	entries := g.entries(data)
	names := g.names(entries)
	for _, e := range entries {
		switch e.tag {
		case elf.DT_NEEDED:
			if name := names(e.value); !g.hasLibrary(name) {
				g.find(Needed, "%q", name)
			}
		case elf.DT_RPATH, elf.DT_RUNPATH:
			g.find(RPath, "%v %q", e.tag, names(e.value))
		case elf.DT_TEXTREL:
			g.find(TextRel, "DT_TEXTREL")
		case elf.DT_FLAGS:
			if elf.DynFlag(e.value)&elf.DF_TEXTREL != 0 {
				g.find(TextRel, "DF_TEXTREL in DT_FLAGS")
			}
		}
	}
}

// entries decodes a dynamic section up to its end mark.
func (g *gate) entries(data []byte) []entry {
	var out []entry
	order, word := g.file.ByteOrder, 8
	if g.file.Class == elf.ELFCLASS32 {
		word = 4
	}
	for ; len(data) >= 2*word; data = data[2*word:] {
		e := entry{}
		if word == 4 {
			e = entry{elf.DynTag(int32(order.Uint32(data))), uint64(order.Uint32(data[4:]))}
		} else {
			e = entry{elf.DynTag(int64(order.Uint64(data))), order.Uint64(data[8:])}
		}
		if e.tag == elf.DT_NULL {
			break
		}
		out = append(out, e)
	}
	return out
}

// names returns what gives the string at an offset of the section's string table; what cannot be read is "".
func (g *gate) names(entries []entry) func(uint64) string {
	var table []byte
	var at, size uint64
	for _, e := range entries {
		switch e.tag {
		case elf.DT_STRTAB:
			at = e.value
		case elf.DT_STRSZ:
			size = e.value
		}
	}
	for _, p := range g.file.Progs {
		if p.Type == elf.PT_LOAD && at >= p.Vaddr && at-p.Vaddr < p.Filesz {
			table, _ = g.bytes(p.Off+(at-p.Vaddr), size)
		}
	}
	return func(off uint64) string {
		if off >= uint64(len(table)) {
			return ""
		}
		name, _, _ := strings.Cut(string(table[off:]), "\x00")
		return name
	}
}

func (g *gate) hasLibrary(name string) bool {
	return slices.ContainsFunc(g.profile.Exec.Libraries, func(pattern string) bool {
		ok, _ := path.Match(pattern, name)
		return ok
	})
}
