package elfgate

import (
	"bytes"
	"debug/elf"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"mote/deliver/device"
)

// bad is an artefact that must be refused, and why.
type bad struct {
	name    string
	want    Code
	also    []Code // further errors that this artefact cannot avoid
	build   func(b *builder, t testing.TB) []byte
	change  func(m image)
	cut     func(data []byte) []byte
	profile func(p *device.Profile)
}

// badOnes is the corpus: changed copies of one good program, and programs built in ways that a device cannot take.
func badOnes() []bad {
	dynamic := []Code{Dynamic}
	return []bad{
		{name: "nothing", want: Empty, cut: func([]byte) []byte { return nil }},
		{name: "a script", want: NotELF, cut: func([]byte) []byte { return []byte("#!/bin/sh\necho\n") }},
		{name: "text", want: NotELF, cut: func([]byte) []byte { return []byte("hello\n") }},
		{name: "Windows", want: NotELF, change: func(m image) { copy(m.data, "MZ\x90\x00") }},
		{name: "macOS", want: NotELF, change: func(m image) { copy(m.data, "\xcf\xfa\xed\xfe") }},
		{name: "WebAssembly", want: NotELF, change: func(m image) { copy(m.data, "\x00asm") }},
		{name: "compressed", want: NotELF, change: func(m image) { copy(m.data, "\x1f\x8b") }},
		{name: "magic only", want: Truncated, cut: func(d []byte) []byte { return d[:4] }},
		{name: "half a header", want: Truncated, cut: func(d []byte) []byte { return d[:40] }},
		{name: "header only", want: Truncated, cut: func(d []byte) []byte { return d[:64] }},
		{name: "half a file", want: Truncated, cut: func(d []byte) []byte { return d[:len(d)/2] }},
		{name: "half a file without sections", want: Truncated, also: []Code{NoBuildInfo, NoFunctions}, cut: func(d []byte) []byte { return d[:len(d)/2] }, change: withoutSections},
		{name: "32 bits", want: Class, change: func(m image) { m.data[elf.EI_CLASS] = byte(elf.ELFCLASS32) }},
		{name: "big endian", want: ByteOrder, change: func(m image) { m.data[elf.EI_DATA] = byte(elf.ELFDATA2MSB) }},
		{name: "class of the future", want: Class, change: func(m image) { m.data[elf.EI_CLASS] = 9 }},
		{name: "version of the future", want: Malformed, change: func(m image) { m.data[elf.EI_VERSION] = 9 }},
		{name: "program headers of a wrong size", want: Malformed, change: func(m image) { m.u16(54, 8) }},
		{name: "program headers far away", want: Truncated, change: func(m image) { m.u64(32, 1<<40) }},
		{name: "section names in no section", want: Malformed, change: func(m image) { m.u16(62, 999) }},
		{name: "RISC-V", want: Machine, change: func(m image) { m.u16(18, uint16(elf.EM_RISCV)) }},
		{name: "another machine, really", want: Machine, also: []Code{BuildTarget, Alignment, SharedPage}, build: func(b *builder, t testing.TB) []byte {
			return b.build(t, source, []string{"GOARCH=" + otherArch()}, stripped()...)
		}},
		{name: "FreeBSD", want: OSABI, change: func(m image) { m.data[elf.EI_OSABI] = byte(elf.ELFOSABI_FREEBSD) }},
		{name: "flags", want: Flags, change: func(m image) { m.u32(48, 0x5000000) }},
		{name: "object file", want: Type, change: func(m image) { m.u16(16, uint16(elf.ET_REL)) }},
		{name: "core dump", want: Type, change: func(m image) { m.u16(16, uint16(elf.ET_CORE)) }},
		{name: "ET_DYN", want: PIE, change: func(m image) { m.u16(16, uint16(elf.ET_DYN)) }},
		{name: "-buildmode=pie", want: PIE, also: []Code{Interp, Dynamic, BuildMode}, build: func(b *builder, t testing.TB) []byte {
			return b.build(t, source, nil, append(stripped(), "-buildmode=pie")...)
		}},
		{name: "interpreter", want: Interp, change: func(m image) { m.interp("/lib/ld-linux-aarch64.so.1") }},
		{name: "another interpreter than the device's", want: Interp, change: func(m image) { m.interp("/lib/ld-musl-aarch64.so.1") },
			profile: func(p *device.Profile) { p.Exec.Interpreters = []string{"/lib/ld-linux-aarch64.so.1"} }},
		{name: "interpreter nowhere", want: Malformed, change: func(m image) { m.interp("/lib/x"); m.u64(m.segment(elf.PT_INTERP, 0)+pOff, 1<<40) }},
		{name: "dynamic section", want: Dynamic, change: func(m image) { m.dynamic("\x00") }},
		{name: "dynamic section nowhere", want: Malformed, also: dynamic, change: func(m image) { m.dynamic("\x00"); m.u64(m.segment(elf.PT_DYNAMIC, 0)+pOff, math.MaxUint64) }},
		{name: "library", want: Needed, also: dynamic, change: func(m image) { m.dynamic("\x00libc.so.6\x00", uint64(elf.DT_NEEDED), 1) }},
		{name: "library that the device lacks", want: Needed, change: func(m image) { m.dynamic("\x00libssl.so.3\x00", uint64(elf.DT_NEEDED), 1) },
			profile: func(p *device.Profile) {
				p.Exec.Interpreters, p.Exec.Libraries = []string{"/lib/ld-linux-aarch64.so.1"}, []string{"libc.so.*"}
			}},
		{name: "library path", want: RPath, also: dynamic, change: func(m image) { m.dynamic("\x00/tmp\x00", uint64(elf.DT_RUNPATH), 1) }},
		{name: "relocated text", want: TextRel, also: dynamic, change: func(m image) { m.dynamic("\x00", uint64(elf.DT_TEXTREL), 0) }},
		{name: "relocated text by flag", want: TextRel, also: dynamic, change: func(m image) { m.dynamic("\x00", uint64(elf.DT_FLAGS), uint64(elf.DF_TEXTREL)) }},
		{name: "no segments", want: NoLoad, change: func(m image) { m.u16(56, 0) }},
		{name: "no segment to load", want: NoLoad, change: func(m image) {
			for range 3 {
				m.u32(m.segment(elf.PT_LOAD, 0)+pType, uint32(elf.PT_NOTE))
			}
		}},
		{name: "text writable", want: WriteExec, change: func(m image) { m.u32(m.segment(elf.PT_LOAD, 0)+pFlags, uint32(elf.PF_R|elf.PF_W|elf.PF_X)) }},
		{name: "data executable", want: WriteExec, change: func(m image) { m.u32(m.segment(elf.PT_LOAD, 2)+pFlags, uint32(elf.PF_R|elf.PF_W|elf.PF_X)) }},
		{name: "stack executable", want: ExecStack, change: func(m image) { m.u32(m.segment(elf.PT_GNU_STACK, 0)+pFlags, uint32(elf.PF_R|elf.PF_W|elf.PF_X)) }},
		{name: "no word on the stack", want: NoStack, change: func(m image) { m.u32(m.segment(elf.PT_GNU_STACK, 0)+pType, uint32(elf.PT_NOTE)) }},
		{name: "aligned to 4 KB", want: Alignment, change: func(m image) { m.u64(m.segment(elf.PT_LOAD, 0)+pAlign, 4096) }},
		{name: "aligned to 3", want: Alignment, change: func(m image) { m.u64(m.segment(elf.PT_LOAD, 0)+pAlign, 0x30000) }},
		{name: "moved within its page", want: Alignment, change: func(m image) { at := m.segment(elf.PT_LOAD, 1); m.u64(at+pOff, 0x1000) }},
		{name: "two permissions in a page", want: SharedPage, change: func(m image) {
			m.u64(m.segment(elf.PT_LOAD, 0)+pMemsz, m.addr(elf.PT_LOAD, 1)-m.addr(elf.PT_LOAD, 0))
			m.u64(m.segment(elf.PT_LOAD, 1)+pVaddr, m.addr(elf.PT_LOAD, 1)+0x1000)
			m.u64(m.segment(elf.PT_LOAD, 1)+pOff, m.off(elf.PT_LOAD, 1)+0x1000)
			m.u64(m.segment(elf.PT_LOAD, 0)+pMemsz, m.addr(elf.PT_LOAD, 1)-m.addr(elf.PT_LOAD, 0))
		}},
		{name: "overlap", want: Overlap, change: func(m image) { m.u64(m.segment(elf.PT_LOAD, 0)+pMemsz, 1<<30) }},
		{name: "wrong order", want: Overlap, change: func(m image) {
			a, b := m.segment(elf.PT_LOAD, 1), m.segment(elf.PT_LOAD, 2)
			first := bytes.Clone(m.data[a : a+56])
			copy(m.data[a:], m.data[b:b+56])
			copy(m.data[b:], first)
		}},
		{name: "more in the file than in memory", want: SegmentSize, change: func(m image) { m.u64(m.segment(elf.PT_LOAD, 2)+pMemsz, 16) }},
		{name: "more memory than there is", want: SegmentSize, change: func(m image) { m.u64(m.segment(elf.PT_LOAD, 2)+pMemsz, 1<<50) }},
		{name: "behind the end of the file", want: Truncated, change: func(m image) {
			at := m.segment(elf.PT_LOAD, 2)
			m.u64(at+pFilesz, 1<<28)
			m.u64(at+pMemsz, 1<<28)
		}},
		{name: "page zero", want: Address, also: []Code{Entry, Instructions}, change: func(m image) { m.u64(m.segment(elf.PT_LOAD, 0)+pVaddr, 0) }},
		{name: "kernel address", want: Address, also: []Code{NoBuildInfo}, change: func(m image) { m.u64(m.segment(elf.PT_LOAD, 2)+pVaddr, 0xffff_0000_0000_0000) }},
		{name: "entry in data", want: Entry, change: func(m image) { m.u64(24, m.addr(elf.PT_LOAD, 2)) }},
		{name: "entry 0", want: Entry, change: func(m image) { m.u64(24, 0) }},
		{name: "no build information", want: NoBuildInfo, change: func(m image) { m.replace("\xff Go buildinf:", "\xff No buildinf:") }},
		{name: "build information of another architecture", want: BuildTarget, change: func(m image) { m.replace("GOARCH=arm64", "GOARCH=ppc64") }},
		{name: "build information of another system", want: BuildTarget, change: func(m image) { m.replace("GOOS=linux", "GOOS=plan9") }},
		{name: "built as PIE", want: BuildMode, change: func(m image) { m.replace("-buildmode=exe", "-buildmode=pie") }},
		{name: "cgo", want: CGO, change: func(m image) { m.replace("CGO_ENABLED=0", "CGO_ENABLED=1") }},
		{name: "race detector", want: Sanitizer, change: func(m image) { m.replace("build\t-trimpath=true\n", "build\t-race=true\nxxx\n") }},
		{name: "coverage", want: Sanitizer, change: func(m image) { m.replace("build\t-trimpath=true\n", "build\t-cover=true\nxx\n") }},
		{name: "address sanitizer", want: Sanitizer, change: func(m image) { m.replace("build\t-trimpath=true\n", "build\t-asan=true\nxxx\n") }},
		{name: "level", want: Level, change: func(m image) { m.replace("GOARM64=v8.0", "GOARM64=v8.1") }},
		{name: "level of a later major version", want: Level, change: func(m image) { m.replace("GOARM64=v8.0", "GOARM64=v9.0") }},
		{name: "GOARM64=v8.1", want: Level, also: []Code{Instructions}, build: func(b *builder, t testing.TB) []byte {
			return b.build(t, source, []string{"GOARM64=v8.1"}, stripped()...)
		}},
		{name: "GOARM64=v8.0,lse", want: Level, also: []Code{Instructions}, build: func(b *builder, t testing.TB) []byte {
			return b.build(t, source, []string{"GOARM64=v8.0,lse"}, stripped()...)
		}},
		{name: "v8.1 code that claims v8.0", want: Instructions, build: func(b *builder, t testing.TB) []byte {
			return b.build(t, source, []string{"GOARM64=v8.1"}, stripped()...)
		}, change: func(m image) { m.replace("GOARM64=v8.1", "GOARM64=v8.0") }},
		{name: "LDADDAL", want: Instructions, change: func(m image) { m.instruction(0xf8e10002) }},
		{name: "CASAL", want: Instructions, change: func(m image) { m.instruction(0xc8e0fc41) }},
		{name: "SWPAL", want: Instructions, change: func(m image) { m.instruction(0xb8e18040) }},
		{name: "LDAPR", want: Instructions, change: func(m image) { m.instruction(0xb8bfc020) }},
		{name: "RETAA", want: Instructions, change: func(m image) { m.instruction(0xd65f0bff) }},
		{name: "PACIA", want: Instructions, change: func(m image) { m.instruction(0xdac10041) }},
		{name: "FJCVTZS", want: Instructions, change: func(m image) { m.instruction(0x1e7e0020) }},
		{name: "CFINV", want: Instructions, change: func(m image) { m.instruction(0xd500401f) }},
		{name: "UDOT", want: Instructions, change: func(m image) { m.instruction(0x6e829420) }},
		{name: "AESE", want: Instructions, change: func(m image) { m.instruction(0x4e284820) }},
		{name: "SVE ADD", want: Instructions, change: func(m image) { m.instruction(0x04a20020) }},
		{name: "symbols", want: Symbols, build: func(b *builder, t testing.TB) []byte {
			return b.build(t, source, nil, "-trimpath", "-buildvcs=false", "-ldflags=-w")
		}},
		{name: "not stripped", want: DebugInfo, also: []Code{Symbols}, build: func(b *builder, t testing.TB) []byte { return b.build(t, source, nil, "-trimpath", "-buildvcs=false") }},
		{name: "no functions", want: NoFunctions, change: withoutSections},
		{name: "functions damaged", want: NoFunctions, change: func(m image) { m.u32(int(m.get(m.section(".gopclntab")+24)), 0) }},
		{name: "constructors", want: Constructors, change: func(m image) { m.u32(m.section(".itablink")+4, uint32(elf.SHT_INIT_ARRAY)) }},
		{name: "resolver of the C library", want: CGOLookup, change: func(m image) { m.replace("main.zzzLookupQ", "net.cgoLookupQQ") }},
		{name: "plugin", want: Plugin, change: func(m image) { m.replace("main.plugs", "plugin.abc") }},
		{name: "forbidden package", want: Package, profile: func(p *device.Profile) { p.Exec.Packages = []string{"os"} }},
		{name: "too large", want: SizeFile, profile: func(p *device.Profile) { p.Size.Max = 1 << 20 }},
		{name: "too much code", want: SizeText, profile: func(p *device.Profile) { p.Size.Text = 100 << 10 }},
		{name: "too much memory", want: SizeRAM, profile: func(p *device.Profile) { p.Size.RAM = 16 << 10 }},
	}
}

func (m image) addr(kind elf.ProgType, n int) uint64 { return m.get(m.segment(kind, n) + pVaddr) }
func (m image) off(kind elf.ProgType, n int) uint64  { return m.get(m.segment(kind, n) + pOff) }

// withoutSections removes the section headers, as sstrip does.
func withoutSections(m image) {
	m.u64(40, 0)
	m.u16(60, 0)
	m.u16(62, 0)
}

// otherArch is an architecture that is not arm64, and probably that of this machine, for which std is compiled already.
func otherArch() string {
	if runtime.GOARCH != "arm64" {
		return runtime.GOARCH
	}
	return "riscv64"
}

// make returns the artefact.
func (x bad) make(t testing.TB, b *builder) []byte {
	t.Helper()
	data := b.build(t, source, nil, stripped()...)
	if x.build != nil {
		data = x.build(b, t)
	}
	m := image{t, bytes.Clone(data)}
	if x.change != nil {
		x.change(m)
	}
	if x.cut != nil {
		return x.cut(m.data)
	}
	return m.data
}

// TestBad refuses every artefact of the corpus for its reason and for no other.
func TestBad(t *testing.T) {
	b := newBuilder()
	corpus := badOnes()
	if len(corpus) < 40 {
		t.Errorf("the corpus has %d artefacts", len(corpus))
	}
	for _, x := range corpus {
		t.Run(x.name, func(t *testing.T) {
			p := arm64(t)
			if x.profile != nil {
				x.profile(p)
			}
			r := Verify(x.make(t, b), p)
			if r.OK || !r.Has(x.want) {
				t.Fatalf("want %s, have %+v", x.want, r.Findings)
			}
			for _, f := range r.Errors() {
				if f.Code != x.want && !slices.Contains(x.also, f.Code) {
					t.Errorf("refused for another reason too: %s: %s", f.Code, f.Text)
				}
			}
		})
	}
	t.Logf("%d bad artefacts", len(corpus))
}

// TestCodes: every code that refuses has an artefact in the corpus, every other one a test in TestWarnings; each stands once in the table.
func TestCodes(t *testing.T) {
	tested := map[Code]bool{}
	for _, x := range badOnes() {
		tested[x.want] = true
	}
	for _, x := range mild() {
		tested[x.want] = true
	}
	seen := map[Code]bool{}
	for _, m := range Codes() {
		if seen[m.Code] {
			t.Errorf("%s stands twice in the table", m.Code)
		}
		seen[m.Code] = true
		if !tested[m.Code] {
			t.Errorf("no artefact for %s", m.Code)
		}
		if m.Text == "" || strings.HasSuffix(m.Text, ".") {
			t.Errorf("%s: text %q", m.Code, m.Text)
		}
	}
}

// mild are artefacts that are accepted, with a finding.
func mild() []bad {
	ofRich := func(b *builder, t testing.TB) []byte { return b.build(t, rich, nil, stripped()...) }
	bare := func(p *device.Profile) { p.RootFS.Entries = nil }
	return []bad{
		{name: "paths", want: Paths, build: func(b *builder, t testing.TB) []byte {
			return b.build(t, source, nil, "-buildvcs=false", "-ldflags=-s -w")
		}},
		{name: "modified", want: Modified, change: func(m image) {
			m.replace("build\t-compiler=gc\n", "build\tvcs.modified=")
			m.replace("build\tvcs.modified=build\t-trimpath=true\n", "build\tvcs.modified=true\nxxxxxxxxxxxxxxx\n")
		}},
		{name: "appended", want: Appended, cut: func(d []byte) []byte { return append(d, "more"...) }},
		{name: "users", want: UserLookup, build: ofRich, profile: bare},
		{name: "names", want: Resolver, build: ofRich, profile: bare},
		{name: "certificates", want: Certificates, build: ofRich},
		{name: "time zones", want: TimeZones, build: ofRich},
		{name: "programs", want: StartsProgram, build: ofRich},
		{name: "profiling", want: Profiling, build: ofRich},
		{name: "guarded", want: Optional},
	}
}

func TestWarnings(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles net/http for ARM64")
	}
	b := newBuilder()
	for _, x := range mild() {
		t.Run(x.name, func(t *testing.T) {
			p := arm64(t)
			if x.profile != nil {
				x.profile(p)
			}
			r := Verify(x.make(t, b), p)
			if !r.Has(x.want) {
				t.Fatalf("want %s, have %+v", x.want, r.Findings)
			}
			if !r.OK {
				t.Errorf("refused: %+v", r.Errors())
			}
		})
	}
}

// TestGood accepts what the go command makes, also for CPUs and devices that have more, and knows what is in it.
func TestGood(t *testing.T) {
	b := newBuilder()
	data := b.build(t, source, nil, stripped()...)
	r := Verify(data, arm64(t))
	if !r.OK || r.Level != "v8.0" || r.Build == nil || r.Build.Go != runtime.Version() || r.Build.Path != "sample" {
		t.Errorf("%+v", r)
	}
	if s := r.Sizes; s.File != uint64(len(data)) || s.Text == 0 || s.RAM == 0 || len(s.Packages) == 0 || s.Packages[0].Name != "runtime" || s.Sections[0].Size == 0 {
		t.Errorf("sizes: %+v", s)
	}
	lse := b.build(t, source, []string{"GOARM64=v8.1"}, stripped()...)
	newer := arm64(t)
	newer.CPU.Level = "v8.2"
	if r := Verify(lse, newer); !r.OK || r.Level != "v8.1" {
		t.Errorf("v8.1 on a v8.2 CPU: %+v", r.Findings)
	}
	atomics := arm64(t)
	atomics.CPU.Features = []string{"atomics"}
	if r := Verify(b.build(t, source, []string{"GOARM64=v8.0,lse"}, stripped()...), atomics); !r.OK {
		t.Errorf("LSE on a CPU with that feature: %+v", r.Findings)
	}
	m := image{t, bytes.Clone(data)}
	m.instruction(0x04a20020)
	guarded := arm64(t)
	guarded.CPU.Guarded = []string{"main"}
	if r := Verify(m.data, arm64(t)); r.Level != "v8.2" {
		t.Errorf("SVE needs level %q", r.Level)
	}
	if r := Verify(m.data, guarded); !r.OK {
		t.Errorf("a package that is said to test the CPU: %+v", r.Findings)
	}
	symbols := arm64(t)
	symbols.Exec.Symbols = true
	if r := Verify(b.build(t, source, nil, "-trimpath", "-buildvcs=false"), symbols); !r.OK {
		t.Errorf("with symbols on a device that allows them: %+v", r.Findings)
	}
}

func TestVerifyFile(t *testing.T) {
	dir := t.TempDir()
	if _, err := VerifyFile(dir, arm64(t)); err == nil || !strings.Contains(err.Error(), "not a regular file") {
		t.Errorf("a folder: %v", err)
	}
	if _, err := VerifyFile(filepath.Join(dir, "none"), arm64(t)); !os.IsNotExist(err) {
		t.Errorf("no file: %v", err)
	}
	name := filepath.Join(dir, "text")
	if err := os.WriteFile(name, []byte("x"), 0o666); err != nil {
		t.Fatal(err)
	}
	if r, err := VerifyFile(name, arm64(t)); err != nil || !r.Has(NotELF) {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestPackageNames(t *testing.T) {
	for name, want := range map[string]string{
		"main.main": "main", "net/http.(*Server).Serve": "net/http", "golang.org/x/sys/unix.Open": "golang.org/x/sys/unix",
		"gopkg.in/yaml%2ev3.Marshal": "gopkg.in/yaml.v3", "slices.Sort[go.shape.*a/b.T]": "slices", "aeshashbody": "aeshashbody",
	} {
		if got := (function{name: name}).pkg(); got != want {
			t.Errorf("%s is of %q, want %q", name, got, want)
		}
	}
}

// FuzzVerify: whatever the bytes are, there is a report, and OK says that nothing refuses.
func FuzzVerify(f *testing.F) {
	small := tiny()
	f.Add(small)
	for i := range 64 {
		f.Add(append(bytes.Clone(small[:i]), small[i+1:]...))
	}
	p := arm64(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		r := Verify(data, p)
		if r.OK != (len(r.Errors()) == 0) || len(r.Findings) == 0 {
			t.Errorf("%+v", r)
		}
	})
}

// FuzzFields changes numbers in the headers of a well-formed program, which bytes at random rarely keep well formed.
func FuzzFields(f *testing.F) {
	small := tiny()
	f.Add(uint16(64), uint64(1), uint16(96), uint64(1)<<40, uint8(3))
	f.Add(uint16(40), uint64(0), uint16(56), uint64(0), uint8(0))
	p := arm64(f)
	dynamic := arm64(f)
	dynamic.Exec.Interpreters, dynamic.Exec.Libraries = []string{"/lib/ld"}, []string{"lib*"}
	f.Fuzz(func(t *testing.T, at uint16, value uint64, at2 uint16, value2 uint64, size uint8) {
		m := image{t, bytes.Clone(small)}
		for _, set := range []struct {
			at    uint16
			value uint64
		}{{at, value}, {at2, value2}} {
			n := int(set.at) % (len(small) - 8)
			switch size % 3 {
			case 0:
				m.u16(n, uint16(set.value))
			case 1:
				m.u32(n, uint32(set.value))
			default:
				m.u64(n, set.value)
			}
		}
		for _, profile := range []*device.Profile{p, dynamic} {
			if r := Verify(m.data, profile); r.OK {
				t.Errorf("a program without build information passes: %+v", r)
			}
		}
	})
}

// BenchmarkVerify10MB: a program of 10 MB must take less than 200 ms.
func BenchmarkVerify10MB(b *testing.B) {
	data := newBuilder().build(b, rich, nil, "-trimpath", "-buildvcs=false")
	p := arm64(b)
	p.Exec.Symbols = true
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if r := Verify(data, p); !r.OK {
			b.Fatal(r.Findings)
		}
	}
	b.ReportMetric(float64(len(data))/1e6, "MB")
}
