package selfcheck

import (
	"bytes"
	"debug/elf"
	"os"
	"testing"
	"time"
)

// TestReadImage compares with package debug/elf.
func TestReadImage(t *testing.T) {
	name, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	f, err := elf.Open(name)
	if err != nil {
		t.Skip(err) // not an ELF platform
	}
	defer f.Close()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	im, err := readImage(file)
	if err != nil {
		t.Fatal(err)
	}
	if im.dynamic != (f.Section(".interp") != nil) {
		t.Errorf("dynamic is %v", im.dynamic)
	}
	var want []segment
	for _, p := range f.Progs {
		if p.Type == elf.PT_LOAD && p.Flags&elf.PF_W == 0 && p.Filesz > 0 {
			want = append(want, segment{p.Vaddr, int64(p.Off), int64(p.Filesz), p.Flags&elf.PF_X != 0})
		}
	}
	if len(im.segments) != len(want) {
		t.Fatalf("%+v, want %+v", im.segments, want)
	}
	for i := range want {
		if im.segments[i] != want[i] {
			t.Errorf("segment %d is %+v, want %+v", i, im.segments[i], want[i])
		}
	}
}

func FuzzReadImage(f *testing.F) {
	f.Add([]byte("\x7fELF"))
	f.Add(append([]byte("\x7fELF\x02\x01\x01"), make([]byte, 200)...))
	f.Add(append([]byte("\x7fELF\x01\x01\x01"), make([]byte, 200)...))
	f.Fuzz(func(t *testing.T, data []byte) { _, _ = readImage(bytes.NewReader(data)) })
}

func TestErr(t *testing.T) {
	r := &Report{Findings: []Finding{{"text", OK, "fine"}, {"clock", Failure, "1970"}, {"init", Unknown, "?"}}}
	if err := r.Err(); err == nil || err.Error() != "self-check: clock: 1970 [failure]" {
		t.Errorf("got %v", err)
	}
	if err := (&Report{Findings: r.Findings[:1]}).Err(); err != nil {
		t.Error(err)
	}
	c := &checker{}
	c.clock(time.Unix(0, 0), Options{})
	if c.findings[0].Level != Warning {
		t.Errorf("a clock that nobody set: %v", c.findings)
	}
}
