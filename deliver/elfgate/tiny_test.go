package elfgate

import (
	"bytes"
	"debug/elf"
	"encoding/binary"
	"testing"
)

func (m image) get(at int) uint64 { return binary.LittleEndian.Uint64(m.data[at:]) }

// tiny is a complete ELF program of a few hundred bytes, as a seed for fuzzing: two segments, a dynamic section, an interpreter, sections.
func tiny() []byte {
	le := binary.LittleEndian
	const phnum, shnum = 5, 4
	names := "\x00.text\x00.gopclntab\x00.shstrtab\x00"
	headers := uint64(64 + 56*phnum)
	code := headers
	dyn := code + 16
	strs := dyn + 48
	shoff := (strs + 64 + 7) &^ 7
	var b bytes.Buffer
	h := elf.Header64{Type: uint16(elf.ET_EXEC), Machine: uint16(elf.EM_AARCH64), Version: 1, Entry: 0x10000 + code, Phoff: 64, Shoff: shoff,
		Ehsize: 64, Phentsize: 56, Phnum: phnum, Shentsize: 64, Shnum: shnum, Shstrndx: 3}
	copy(h.Ident[:], elf.ELFMAG+"\x02\x01\x01")
	binary.Write(&b, le, h)
	for _, p := range []elf.Prog64{
		{Type: uint32(elf.PT_LOAD), Flags: uint32(elf.PF_R | elf.PF_X), Vaddr: 0x10000, Filesz: strs + 64, Memsz: strs + 64, Align: 0x10000},
		{Type: uint32(elf.PT_LOAD), Flags: uint32(elf.PF_R | elf.PF_W), Vaddr: 0x20000, Memsz: 4096, Align: 0x10000},
		{Type: uint32(elf.PT_GNU_STACK), Flags: uint32(elf.PF_R | elf.PF_W)},
		{Type: uint32(elf.PT_DYNAMIC), Off: dyn, Vaddr: 0x10000 + dyn, Filesz: 48},
		{Type: uint32(elf.PT_INTERP), Off: strs, Filesz: 7},
	} {
		binary.Write(&b, le, p)
	}
	binary.Write(&b, le, [4]uint32{0xd503201f, 0xf8e10002, 0x58000040, 0xd65f03c0})
	binary.Write(&b, le, [6]uint64{uint64(elf.DT_NEEDED), 1, uint64(elf.DT_STRTAB), 0x10000 + strs, uint64(elf.DT_STRSZ), 16})
	b.WriteString("/lib/ld\x00")
	b.WriteString(names)
	b.Write(make([]byte, int(shoff)-b.Len()))
	for _, s := range []elf.Section64{
		{},
		{Name: 1, Type: uint32(elf.SHT_PROGBITS), Addr: 0x10000 + code, Off: code, Size: 16},
		{Name: 7, Type: uint32(elf.SHT_PROGBITS), Addr: 0x10000, Off: 0, Size: 128},
		{Name: 18, Type: uint32(elf.SHT_STRTAB), Off: strs + 8, Size: uint64(len(names))},
	} {
		binary.Write(&b, le, s)
	}
	return b.Bytes()
}

// TestTiny: the seed is well formed, so that fuzzing starts behind the parser.
func TestTiny(t *testing.T) {
	r := Verify(tiny(), arm64(t))
	for _, want := range []Code{Interp, Dynamic, Needed, NoBuildInfo, NoFunctions} {
		if !r.Has(want) {
			t.Errorf("no %s in %+v", want, r.Findings)
		}
	}
	for _, f := range r.Findings {
		if f.Code == Malformed || f.Code == Truncated {
			t.Errorf("%+v", f)
		}
	}
}
