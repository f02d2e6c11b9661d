package image

import (
	"bytes"
	"debug/elf"
	"encoding/binary"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mote/target"
)

var board = &target.Target{
	Name: "board", GOARCH: "thumb", IRQs: 4, IRQNames: []string{"UART"}, Exceptions: map[int]string{3: "HardFault"},
	Flash: []target.Region{{Name: "flash", Origin: 0x0800_0000, Length: 0x10000}},
	RAM:   []target.Region{{Name: "ram", Origin: 0x2000_0000, Length: 0x1000}},
}

// section is one section of a hand-made image.
type section struct {
	name       string
	addr, load uint32
	flags      elf.SectionFlag
	data       []byte
	bss        uint32 // size without contents
}

// vectorWords makes a correct table for board.
func vectorWords() []uint32 {
	words := []uint32{0x2000_0100}
	for range 19 {
		words = append(words, 0x0800_0101)
	}
	return words
}

func words(list []uint32) []byte {
	var b []byte
	for _, w := range list {
		b = binary.LittleEndian.AppendUint32(b, w)
	}
	return b
}

func goodSections() []section {
	return []section{
		{name: ".isr_vector", addr: 0x0800_0000, load: 0x0800_0000, flags: elf.SHF_ALLOC, data: words(vectorWords())},
		{name: ".text", addr: 0x0800_0100, load: 0x0800_0100, flags: elf.SHF_ALLOC | elf.SHF_EXECINSTR, data: bytes.Repeat([]byte{0x70, 0x47}, 40)},
		{name: ".data", addr: 0x2000_0200, load: 0x0800_0150, flags: elf.SHF_ALLOC | elf.SHF_WRITE, data: []byte("datadata")},
		{name: ".bss", addr: 0x2000_0208, flags: elf.SHF_ALLOC | elf.SHF_WRITE, bss: 64},
	}
}

// build writes an ELF executable with one segment per section and the symbols main.f in .text and main.v in .data.
func build(machine elf.Machine, entry uint32, sections []section) []byte {
	le := binary.LittleEndian
	names, strtab := []byte{0}, []byte("\x00main.f\x00main.v\x00")
	headerSize := 52 + 32*len(sections)
	body := []byte{}
	var progs, heads bytes.Buffer
	binary.Write(&heads, le, elf.Section32{})
	put := func(name string, kind elf.SectionType, flags elf.SectionFlag, addr uint32, data []byte, size, link, entsize uint32) uint32 {
		off := uint32(headerSize + len(body))
		body = append(body, data...)
		binary.Write(&heads, le, elf.Section32{Name: uint32(len(names)), Type: uint32(kind), Flags: uint32(flags), Addr: addr, Off: off, Size: size,
			Link: link, Addralign: 4, Entsize: entsize})
		names = append(append(names, name...), 0)
		return off
	}
	for _, s := range sections {
		kind, size := elf.SHT_PROGBITS, uint32(len(s.data))
		if s.data == nil {
			kind, size = elf.SHT_NOBITS, s.bss
		}
		off := put(s.name, kind, s.flags, s.addr, s.data, size, 0, 0)
		binary.Write(&progs, le, elf.Prog32{Type: uint32(elf.PT_LOAD), Off: off, Vaddr: s.addr, Paddr: s.load, Filesz: uint32(len(s.data)), Memsz: size})
	}
	n := uint32(len(sections))
	var symbols bytes.Buffer
	binary.Write(&symbols, le, []elf.Sym32{{}, {Name: 1, Value: 0x0800_0101, Size: 40, Info: elf.ST_INFO(elf.STB_GLOBAL, elf.STT_FUNC), Shndx: 2},
		{Name: 8, Value: 0x2000_0200, Size: 6, Info: elf.ST_INFO(elf.STB_GLOBAL, elf.STT_OBJECT), Shndx: 3}})
	put(".symtab", elf.SHT_SYMTAB, 0, 0, symbols.Bytes(), uint32(symbols.Len()), n+2, 16)
	put(".strtab", elf.SHT_STRTAB, 0, 0, strtab, uint32(len(strtab)), 0, 0)
	all := append(append([]byte{}, names...), ".shstrtab\x00"...)
	put(".shstrtab", elf.SHT_STRTAB, 0, 0, all, uint32(len(all)), 0, 0)
	head := elf.Header32{Type: uint16(elf.ET_EXEC), Machine: uint16(machine), Version: 1, Entry: entry, Phoff: 52, Shoff: uint32(headerSize + len(body)),
		Ehsize: 52, Phentsize: 32, Phnum: uint16(n), Shentsize: 40, Shnum: uint16(n + 4), Shstrndx: uint16(n + 3)}
	copy(head.Ident[:], "\x7fELF\x01\x01\x01")
	var out bytes.Buffer
	binary.Write(&out, le, head)
	out.Write(progs.Bytes())
	out.Write(body)
	out.Write(heads.Bytes())
	return out.Bytes()
}

func TestCheck(t *testing.T) {
	vector := func(i int, word uint32) func(s []section) {
		return func(s []section) {
			w := vectorWords()
			w[i] = word
			s[0].data = words(w)
		}
	}
	tests := []struct {
		name, want string
		damage     func(s []section)
	}{
		{"good", "", func([]section) {}},
		{"sp outside", `initial stack pointer 0x30000000 is outside of region "ram"`, vector(0, 0x3000_0000)},
		{"sp unaligned", "initial stack pointer 0x20000104 is not a multiple of 8", vector(0, 0x2000_0104)},
		{"empty", "vector 3 (HardFault) is empty", vector(3, 0)},
		{"no Thumb bit", "vector 16 (UART) is 0x8000100, without the Thumb bit", vector(16, 0x0800_0100)},
		{"outside of flash", "vector 17 (IRQ1) leads to 0x20000001, outside of flash", vector(17, 0x2000_0001)},
		{"no code", "vector 19 (IRQ3) leads to 0x8000151, where there is no code", vector(19, 0x0800_0151)},
		{"reset is not the entry", "reset vector 0x8000103 differs from the entry 0x8000101", vector(1, 0x0800_0103)},
		{"short", "vector table has 76 bytes, want 80 for 4 interrupts", func(s []section) { s[0].data = s[0].data[:76] }},
		{"no table", "section .isr_vector is missing", func(s []section) { s[0].name = ".other" }},
		{"table misplaced", "want the start of flash", func(s []section) { s[0].addr += 0x200; s[0].load += 0x200 }},
		{"table unaligned", "is not aligned to 128 bytes", func(s []section) { s[0].addr += 0x240; s[0].load += 0x240 }},
		{"section outside", "section .bss at 0x20000ff0, 64 bytes, lies in no region for it (ram", func(s []section) { s[3].addr = 0x2000_0FF0 }},
		{"data in flash", "section .data at 0x8000200, 8 bytes, lies in no region", func(s []section) { s[2].addr = 0x0800_0200 }},
		{"overlap", "sections .data and .bss overlap at 0x20000204", func(s []section) { s[3].addr = 0x2000_0204 }},
		{"loaded to RAM", "segment at 0x20000200, 8 bytes, is not loaded into flash", func(s []section) { s[2].load = 0x2000_0200 }},
		{"loads overlap", "segments at 0x8000100 and 0x8000148 overlap", func(s []section) { s[2].load = 0x0800_0148 }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := goodSections()
			tt.damage(s)
			err := Check(save(t, build(elf.EM_ARM, 0x0800_0101, s)), board)
			if tt.want == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("err = %v, want it to contain %q", err, tt.want)
			}
		})
	}
	for name, damaged := range map[string][]byte{"code is for EM_RISCV": build(elf.EM_RISCV, 0x0800_0101, goodSections()),
		"entry 0x8000100 is no Thumb address": build(elf.EM_ARM, 0x0800_0100, goodSections()), "bad magic": []byte("nonsense nonsense")} {
		if err := Check(save(t, damaged), board); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("err = %v, want it to contain %q", err, name)
		}
	}
}

func save(t *testing.T, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "image.elf")
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestWriteBinary(t *testing.T) {
	dir := t.TempDir()
	s := goodSections()
	s[2].load = 0x0800_0160 // a gap of 16 bytes
	if err := Write(save(t, build(elf.EM_ARM, 0x0800_0101, s)), filepath.Join(dir, "a.bin")); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(dir, "a.bin"))
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 0x168 || string(got[0x160:]) != "datadata" || !bytes.Equal(got[0x150:0x160], bytes.Repeat([]byte{0xFF}, 16)) {
		t.Errorf("binary of %#x bytes ends in %q", len(got), got[max(0, len(got)-24):])
	}
}

// readHex is an independent reader of Intel hex: address to byte, and the start address.
func readHex(t *testing.T, text string) (map[uint32]byte, uint32) {
	t.Helper()
	mem, upper, start, ended := map[uint32]byte{}, uint32(0), uint32(0), false
	for _, line := range strings.Fields(text) {
		b, err := hex.DecodeString(strings.TrimPrefix(line, ":"))
		if err != nil || line[0] != ':' || ended || len(b) != int(b[0])+5 {
			t.Fatalf("bad record %q: %v", line, err)
		}
		sum := byte(0)
		for _, x := range b {
			sum += x
		}
		if sum != 0 {
			t.Fatalf("checksum of %q", line)
		}
		data := b[4 : len(b)-1]
		switch b[3] {
		case 0:
			for i, x := range data {
				mem[upper<<16+uint32(binary.BigEndian.Uint16(b[1:]))+uint32(i)] = x
			}
		case 1:
			ended = true
		case 4:
			upper = uint32(binary.BigEndian.Uint16(data))
		case 5:
			start = binary.BigEndian.Uint32(data)
		}
	}
	if !ended {
		t.Error("no end record")
	}
	return mem, start
}

func TestWriteHexRoundTrip(t *testing.T) {
	long := make([]byte, 100)
	for i := range long {
		long[i] = byte(i * 7)
	}
	all := []chunk{{0x0800_FFF5, long}, {0x0802_0000, []byte{1, 2, 3}}}
	var b bytes.Buffer
	if err := writeHex(&b, all, 0x0800_0101); err != nil {
		t.Fatal(err)
	}
	mem, start := readHex(t, b.String())
	if start != 0x0800_0101 || len(mem) != 103 {
		t.Fatalf("start %#x, %d bytes", start, len(mem))
	}
	for _, c := range all {
		for i, want := range c.data {
			if got := mem[uint32(c.addr)+uint32(i)]; got != want {
				t.Fatalf("byte at %#x is %#x, want %#x", c.addr+uint64(i), got, want)
			}
		}
	}
}

func TestSizes(t *testing.T) {
	r, err := Sizes(save(t, build(elf.EM_ARM, 0x0800_0101, goodSections())))
	if err != nil {
		t.Fatal(err)
	}
	if r.Flash() != 80+80+8 || r.RAM() != 8+64 {
		t.Errorf("flash %d, RAM %d", r.Flash(), r.RAM())
	}
	by := map[string]Package{}
	for _, p := range r.Packages {
		by[p.Name] = p
	}
	if p := by["main"]; p.Code != 40 || p.Data != 6 {
		t.Errorf("main = %+v", p)
	}
	if p := by["(other)"]; p.Flash() != 80+40+2 || p.RAM() != 2+64 {
		t.Errorf("other = %+v", p)
	}
}

func TestFormat(t *testing.T) {
	r, err := Sizes(save(t, build(elf.EM_ARM, 0x0800_0101, goodSections())))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := r.Format(&b); err != nil {
		t.Fatal(err)
	}
	got := strings.Join(strings.Fields(b.String()), " ")
	for _, want := range []string{"0x08000000 80 .isr_vector", "0x20000208 64 .bss", "40 0 6 0 46 6 main", "168 72 variables and code"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}

func TestPackageOf(t *testing.T) {
	for symbol, want := range map[string]string{
		"main.main": "main", "encoding/json.(*Decoder).Decode": "encoding/json", "a.b/c.d/e.F": "a.b/c.d/e", "slices.Sort[go.shape.int]": "slices",
		"type:*encoding/json.Decoder": "(types)", "go:itab.*os.File,io.Writer": "(types)", "go:string.7": "(strings)", "reflect·const.{ptr} {ptr @\"go:string.9\"}": "reflect",
		"type:.eq.[3]a/b.T": "a/b", "main.T.M·i": "main", "mem12·f": "(runtime support)", "memcpy": "(runtime support)", "main.f.func1": "main",
		"type:.eq.main.T": "main", "": "(runtime support)",
	} {
		if got := packageOf(symbol); got != want {
			t.Errorf("packageOf(%q) = %q, want %q", symbol, got, want)
		}
	}
}

// FuzzImage feeds damaged files to every reader: they may fail, never panic.
func FuzzImage(f *testing.F) {
	good := build(elf.EM_ARM, 0x0800_0101, goodSections())
	f.Add(good)
	for i := 0; i < len(good); i += 9 {
		bad := bytes.Clone(good)
		bad[i] ^= 0xFF
		f.Add(bad)
		f.Add(good[:i])
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := elf.NewFile(bytes.NewReader(data))
		if err != nil {
			return
		}
		check(file, board)
		sizes(file)
		if all, err := chunks(file); err == nil {
			writeBinary(&bytes.Buffer{}, all)
			writeHex(&bytes.Buffer{}, all, uint32(file.Entry))
		}
	})
}
