package elfgate

import (
	"bytes"
	"debug/elf"
	"strings"
)

// checkIdent looks at the first bytes, which debug/elf would refuse with less to say.
func (g *gate) checkIdent() bool {
	switch {
	case len(g.data) == 0:
		g.find(Empty, "0 bytes")
		return false
	case !bytes.HasPrefix(g.data, []byte(elf.ELFMAG)):
		g.find(NotELF, "it is %s", formatOf(g.data))
		return false
	case len(g.data) < elf.EI_NIDENT:
		g.find(Truncated, "%d bytes are not even an ELF header", len(g.data))
		return false
	}
	want := machineOf(g.profile.Arch)
	ok := true
	if class := elf.Class(g.data[elf.EI_CLASS]); class != want.class {
		g.find(Class, "%v, and %s has %v", class, g.profile.Arch, want.class)
		ok = false
	}
	if order := elf.Data(g.data[elf.EI_DATA]); order != want.data {
		g.find(ByteOrder, "%v, and %s has %v", order, g.profile.Arch, want.data)
		ok = false
	}
	if size := headerSize(want.class); ok && len(g.data) < size {
		g.find(Truncated, "%d bytes, and the header alone has %d", len(g.data), size)
		ok = false
	}
	return ok
}

func headerSize(class elf.Class) int {
	if class == elf.ELFCLASS32 {
		return 52
	}
	return 64
}

// formatOf names what a file that is no ELF is, by its first bytes.
func formatOf(data []byte) string {
	for _, f := range []struct{ magic, name string }{
		{"MZ", "a Windows program (PE)"},
		{"\xcf\xfa\xed\xfe", "a macOS program (Mach-O)"},
		{"\xce\xfa\xed\xfe", "a 32-bit macOS program (Mach-O)"},
		{"\xca\xfe\xba\xbe", "a macOS program for several machines (Mach-O), or Java"},
		{"\x00asm", "WebAssembly"},
		{"\x01\xf7", "an AIX program (XCOFF)"},
		{"\x01\xdf", "an AIX program (XCOFF)"},
		{"#!", "a script"},
		{"!<arch>\n", "an archive of object files"},
		{"\x1f\x8b", "compressed with gzip"},
		{"PK\x03\x04", "a zip archive"},
		{"\x00\x00\x01\xeb", "a Plan 9 program"},
		{"\x00\x00\x8a\x97", "a Plan 9 program"},
		{"\x00\x00\x06\x47", "a Plan 9 program"},
	} {
		if strings.HasPrefix(string(data), f.magic) {
			return f.name
		}
	}
	return "no executable format that is known"
}

// checkHeader compares machine, system and type with the profile.
func (g *gate) checkHeader() bool {
	want := machineOf(g.profile.Arch)
	if g.file.Machine != want.machine {
		g.find(Machine, "%v, and %s is %v", g.file.Machine, g.profile.Arch, want.machine)
	}
	g.checkOSABI()
	flags := g.headerFlags()
	// On OpenBSD, 32-bit ARM programs have no flags at all.
	none := g.profile.OS == "openbsd" && flags == 0
	if text := want.flags(flags); text != "" && !none {
		g.find(Flags, "flags %#x: %s", flags, text)
	}
	switch g.file.Type {
	case elf.ET_EXEC:
	case elf.ET_DYN:
		g.checkPIE()
	default:
		g.find(Type, "%v, want a program (ET_EXEC)", g.file.Type)
		return false
	}
	return true
}

// checkPIE refuses what must be relocated, unless the device has a loader that does it.
func (g *gate) checkPIE() {
	if g.hasSegment(elf.PT_INTERP) && len(g.profile.Exec.Interpreters) > 0 {
		return // checkDynamic judges which
	}
	g.find(PIE, "ET_DYN: built with -buildmode=pie or as a library; a static program is ET_EXEC")
}

// checkOSABI accepts the system's own mark, and none where the system uses none.
func (g *gate) checkOSABI() {
	systems := map[string]elf.OSABI{
		"freebsd": elf.ELFOSABI_FREEBSD, "netbsd": elf.ELFOSABI_NETBSD, "openbsd": elf.ELFOSABI_OPENBSD, "solaris": elf.ELFOSABI_SOLARIS,
		"illumos": elf.ELFOSABI_SOLARIS, "linux": elf.ELFOSABI_LINUX,
	}
	own, known := systems[g.profile.OS]
	if abi := g.file.OSABI; abi != elf.ELFOSABI_NONE && (!known || abi != own) {
		g.find(OSABI, "%v, and the device runs %s", abi, g.profile.OS)
		return
	}
	for _, s := range g.file.Sections {
		system, ok := map[string]string{".note.netbsd.ident": "netbsd", ".note.openbsd.ident": "openbsd", ".note.tag": "freebsd"}[s.Name]
		if ok && system != g.profile.OS {
			g.find(OSABI, "section %s, and the device runs %s", s.Name, g.profile.OS)
		}
	}
}

// headerFlags is e_flags, which debug/elf does not keep.
func (g *gate) headerFlags() uint32 {
	at := headerSize(g.file.Class) - 16
	return g.file.ByteOrder.Uint32(g.data[at:])
}

func (g *gate) hasSegment(kind elf.ProgType) bool {
	for _, p := range g.file.Progs {
		if p.Type == kind {
			return true
		}
	}
	return false
}
