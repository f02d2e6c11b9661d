package trace

import (
	"bytes"
	"debug/elf"
	"strings"
	"testing"

	"mote/debug/frame"
)

// bare is an image with two functions and no DWARF information.
func bare() *Image {
	return &Image{file: &elf.File{}, thumb: true, functions: []symbol{{"main.main", 0x100, 0x40}, {"main.f", 0x140, 0x20}, {"runtime.gopanic", 0x160, 0x20}}}
}

func TestOrdinaryOutputGoesThroughAtOnce(t *testing.T) {
	steps := []struct{ write, want string }{
		{"enter a name: ", "enter a name: "},
		{"x", "x"},
		{"\n", "\n"},
		{"\t", ""}, // may be the beginning of \tpc=
		{"p", ""},
		{"ath=3\n", "\tpath=3\n"},
		{"a\nb\n[fau", "a\nb\n"},
		{"cet]", "[faucet]"},
		{"\tpc=0x1", "\tpc=0x1"}, // not at the beginning of a line
		{"\n\tra=0x00000101 sp=0x20000000\n", "\n\tra=0x00000101 sp=0x20000000\n"}, // no stack before it
		{"\tpc=0x00000142", ""},
	}
	var out bytes.Buffer
	w := NewWriter(&out, bare(), "")
	for _, s := range steps {
		out.Reset()
		if n, err := w.Write([]byte(s.write)); n != len(s.write) || err != nil {
			t.Fatalf("Write(%q) = %d, %v", s.write, n, err)
		}
		if out.String() != s.want {
			t.Errorf("after %q: %q, want %q", s.write, out.String(), s.want)
		}
	}
	out.Reset()
	w.Close()
	if want := "\tpc=0x00000142"; out.String() != want {
		t.Errorf("Close wrote %q, want %q", out.String(), want)
	}
}

func TestStackWithoutFrameInformation(t *testing.T) {
	raw := "goroutine 1 [running]:\n\tpc=0x00000164 sp=0x20000000\n\tra=0x00000149 sp=0x20000010\n\tra=0x00000111 sp=0x20000020\n\ngoroutine 2 [sleep]:\n" +
		"\tpc=0x00000164 sp=0x20001000\nend\n"
	want := "goroutine 1 [running]:\nmain.f(...)\n\t? +0x6\nmain.main()\n\t? +0xe\n\ngoroutine 2 [sleep]:\nruntime.gopanic(...)\n\t? +0x4\nend\n"
	for _, size := range []int{1, 7, len(raw)} {
		var out bytes.Buffer
		w := NewWriter(&out, bare(), "")
		for rest := raw; rest != ""; {
			n := min(size, len(rest))
			w.Write([]byte(rest[:n]))
			rest = rest[n:]
		}
		w.Close()
		if out.String() != want {
			t.Errorf("in pieces of %d:\n%s\nwant\n%s", size, out.String(), want)
		}
	}
}

// TestReturnRegister has a goroutine that was interrupted in a leaf function: its caller is in lr alone, and the words on the
// stack begin with the caller's caller.
func TestReturnRegister(t *testing.T) {
	var out bytes.Buffer
	w := NewWriter(&out, bare(), "")
	w.Write([]byte("\tpc=0x00000164 sp=0x20000000 lr=0x00000149\n\tra=0x00000111 sp=0x20000020\n"))
	w.Close()
	if want := "main.f(...)\n\t? +0x6\nmain.main()\n\t? +0xe\n"; out.String() != want {
		t.Errorf("%s\nwant\n%s", out.String(), want)
	}
}

func TestDeepRecursionIsElided(t *testing.T) {
	var raw strings.Builder
	raw.WriteString("\tpc=0x00000144 sp=0x20000000\n")
	for i := range 200 {
		raw.WriteString("\tra=0x00000149 sp=0x2000" + string("0123456789abcdef"[i>>8&15]) + string("0123456789abcdef"[i>>4&15]) + string("0123456789abcdef"[i&15]) + "0\n")
	}
	var out bytes.Buffer
	w := NewWriter(&out, bare(), "")
	w.Write([]byte(raw.String()))
	w.Close()
	if n := strings.Count(out.String(), "main.f(...)"); n != 100 || !strings.Contains(out.String(), "...101 frames elided...\n") {
		t.Errorf("%d frames in\n%s", n, out.String())
	}
}

func TestPrintName(t *testing.T) {
	for name, want := range map[string]string{"main.F[int]": "main.F[...]", "main.G[a.T[b]].M": "main.G[...].M", "main.f": "main.f", "main.init·12": "main.init", "main.f·i": "main.f·i", "": "?", "]x[": "]x["} {
		if got := printName(name); got != want {
			t.Errorf("printName(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestDecodeCalls(t *testing.T) {
	// Encodings from an assembler: each call at address 0x1000 to the target.
	for _, tt := range []struct {
		name          string
		first, second uint16
		target        uint64
	}{{"bl forward", 0xF000, 0xF87E, 0x1100}, {"bl back", 0xF7FF, 0xFFFE, 0x1000}} {
		if got, ok := thumbCall(0x1004, tt.first, tt.second); !ok || got != tt.target {
			t.Errorf("%s = %#x, %v, want %#x", tt.name, got, ok, tt.target)
		}
	}
	if _, ok := thumbCall(0x1004, 0xBF00, 0x4798); ok {
		t.Error("blx r3 was decoded as a direct call")
	}
	if got, ok := riscvCall(0x1004, 0x100000EF); !ok || got != 0x1100 {
		t.Errorf("jal = %#x, %v, want 0x1100", got, ok)
	}
	if got, ok := riscvCall(0x1004, 0x2AFD0001|0x0000); ok && got%2 != 0 {
		t.Errorf("c.jal to odd %#x", got)
	}
	if _, ok := riscvCall(0x1004, 0x000300E7); ok {
		t.Error("jalr was decoded as a direct call")
	}
}

// FuzzFilter feeds garbage as device output and as frame information.
func FuzzFilter(f *testing.F) {
	f.Add([]byte("goroutine 1 [running]:\n\tpc=0x00000164 sp=0x20000000\n\tra=0x00000149 sp=0x20000010\n[fault kind=1 addr=2 pc=3]\n"), []byte{})
	f.Add([]byte("\tpc=0xffffffff sp=0xffffffff\n\tra=0x00000000 sp=0xffffffff\n"), sampleFrames())
	damaged := sampleFrames()
	for i := range damaged {
		bad := bytes.Clone(damaged)
		bad[i] ^= 0xA5
		f.Add([]byte("\tpc=0x00000148 sp=0x20000000\n\tra=0x00000111 sp=0x2000000c\n"), bad)
	}
	f.Fuzz(func(t *testing.T, text, frames []byte) {
		img := bare()
		img.frames = frame.Parse(frames)
		var out bytes.Buffer
		w := NewWriter(&out, img, "/work")
		w.Write(text[:len(text)/2])
		w.Write(text[len(text)/2:])
		w.Close()
	})
}

// sampleFrames describes main.f (0x140): push {r4, lr} and sub sp, #8 at its beginning.
func sampleFrames() []byte {
	return []byte{
		16, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 4, 0, 4, 0, 2, 0x7C, 14, // CIE: code in 2s, data in -4s, r14 is the return address
		0x0C, 13, 0, 0, 0, // CFA = r13 + 0
		24, 0, 0, 0, 0, 0, 0, 0, 0x40, 1, 0, 0, 0x20, 0, 0, 0, // FDE of 0x140 to 0x160
		0x41, 0x0E, 8, 0x8E, 1, 0x84, 2, 0x41, 0x0E, 16, 0, 0,
	}
}
