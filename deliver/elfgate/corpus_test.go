package elfgate

import (
	"bytes"
	"debug/elf"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"mote/deliver/device"
)

// source is the program that most of the corpus is made of. Its functions have names of the lengths of others, into which the corpus renames them.
const source = `package main

import "os"

//go:noinline
func zzzLookupQ() { println("lookup") }

//go:noinline
func plugs() { println("plugs") }

//go:noinline
func spin(n int) int {
	for i := range n {
		n ^= i * 3
	}
	return n
}

func main() {
	if len(os.Args) > 100 {
		zzzLookupQ()
		plugs()
	}
	println(spin(len(os.Args)))
}
`

// rich reaches what the device may not have.
const rich = `package main

import (
	"net/http"
	_ "net/http/pprof"
	"os/exec"
	"os/user"
	"time"
)

func main() {
	u, err := user.Lookup("root")
	z, err := time.LoadLocation("Asia/Tokyo")
	println(u, z, err, exec.Command("x").Run())
	http.Get("https://localhost/")
	http.ListenAndServe("", nil)
}
`

// builder compiles the programs of the tests, each once.
type builder struct {
	mu    sync.Mutex
	dir   string
	built map[string][]byte
}

// build compiles text; env and flags replace or follow those of a good build.
func (b *builder) build(t testing.TB, text string, env []string, flags ...string) []byte {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	key := strings.Join(append(slices.Concat(env, flags), text), "\x00")
	if data, ok := b.built[key]; ok {
		return data
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module sample\n\ngo 1.26\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "program")
	cmd := exec.Command("go", slices.Concat([]string{"build", "-o", out}, flags, []string{"."})...)
	cmd.Dir = dir
	cmd.Env = append(append(os.Environ(), "GOOS=linux", "GOARCH=arm64", "GOARM64=v8.0", "CGO_ENABLED=0", "GOFLAGS=", "GOWORK=off"), env...)
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go build %v %v: %v\n%s", env, flags, err, text)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	b.built[key] = data
	return data
}

// stripped are the flags of a good build.
func stripped() []string { return []string{"-trimpath", "-buildvcs=false", "-ldflags=-s -w"} }

func newBuilder() *builder { return &builder{built: map[string][]byte{}} }

func arm64(t testing.TB) *device.Profile {
	t.Helper()
	p, err := device.Load("generic-arm64")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// image is a 64-bit little-endian ELF that a test changes.
type image struct {
	t    testing.TB
	data []byte
}

func (m image) u16(at int, v uint16) { binary.LittleEndian.PutUint16(m.data[at:], v) }
func (m image) u32(at int, v uint32) { binary.LittleEndian.PutUint32(m.data[at:], v) }
func (m image) u64(at int, v uint64) { binary.LittleEndian.PutUint64(m.data[at:], v) }

// Offsets in a program header.
const (
	pType, pFlags, pOff, pVaddr, pFilesz, pMemsz, pAlign = 0, 4, 8, 16, 32, 40, 48
)

// segment is the offset of the nth program header of a type.
func (m image) segment(kind elf.ProgType, n int) int {
	m.t.Helper()
	at := int(binary.LittleEndian.Uint64(m.data[32:]))
	for range int(binary.LittleEndian.Uint16(m.data[56:])) {
		if elf.ProgType(binary.LittleEndian.Uint32(m.data[at:])) == kind {
			if n == 0 {
				return at
			}
			n--
		}
		at += 56
	}
	m.t.Fatalf("no program header %v", kind)
	return 0
}

// section is the offset of the header of a section.
func (m image) section(name string) int {
	m.t.Helper()
	f, err := elf.NewFile(bytes.NewReader(m.data))
	if err != nil {
		m.t.Fatal(err)
	}
	for i, s := range f.Sections {
		if s.Name == name {
			return int(binary.LittleEndian.Uint64(m.data[40:])) + 64*i
		}
	}
	m.t.Fatalf("no section %s", name)
	return 0
}

// replace changes one text into another of the same length.
func (m image) replace(old, new string) {
	m.t.Helper()
	if len(old) != len(new) {
		m.t.Fatalf("%q and %q have different lengths", old, new)
	}
	if !bytes.Contains(m.data, []byte(old)) {
		m.t.Fatalf("no %q in the program", old)
	}
	copy(m.data, bytes.ReplaceAll(m.data, []byte(old), []byte(new)))
}

// instruction overwrites the first instruction of main.spin.
func (m image) instruction(word uint32) {
	m.t.Helper()
	g := &gate{data: m.data, profile: arm64(m.t), report: &Report{}}
	if !g.parse() {
		m.t.Fatal(g.report)
	}
	for _, f := range g.readFunctions() {
		if f.name == "main.spin" {
			text := g.file.Section(".text")
			m.u32(int(f.start-text.Addr+text.Offset), word)
			return
		}
	}
	m.t.Fatal("no main.spin")
}

// dynamic makes the note's program header one of a dynamic section, whose entries (tag, value) and string table overwrite some data.
func (m image) dynamic(strings string, entries ...uint64) {
	m.t.Helper()
	data := m.section(".noptrdata")
	addr, off := binary.LittleEndian.Uint64(m.data[data+16:]), binary.LittleEndian.Uint64(m.data[data+24:])
	entries = append(entries, uint64(elf.DT_STRTAB), 0, uint64(elf.DT_STRSZ), uint64(len(strings)), uint64(elf.DT_NULL), 0)
	size := uint64(8 * len(entries))
	entries[len(entries)-5] = addr + size
	for i, e := range entries {
		m.u64(int(off)+8*i, e)
	}
	copy(m.data[off+size:], strings)
	at := m.segment(elf.PT_NOTE, 0)
	m.u32(at+pType, uint32(elf.PT_DYNAMIC))
	m.u64(at+pOff, off)
	m.u64(at+pVaddr, addr)
	m.u64(at+pFilesz, size)
}

// interp makes the note's program header one of a program interpreter.
func (m image) interp(name string) {
	m.t.Helper()
	data := m.section(".noptrdata")
	addr, off := binary.LittleEndian.Uint64(m.data[data+16:])+512, binary.LittleEndian.Uint64(m.data[data+24:])+512
	copy(m.data[off:], name+"\x00")
	at := m.segment(elf.PT_PHDR, 0)
	m.u32(at+pType, uint32(elf.PT_INTERP))
	m.u64(at+pOff, off)
	m.u64(at+pVaddr, addr)
	m.u64(at+pFilesz, uint64(len(name)+1))
}
