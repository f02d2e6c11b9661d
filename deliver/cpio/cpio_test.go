package cpio

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func archive(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	w := NewWriter(&b)
	for _, err := range []error{
		w.AddDir("dir", 0o755),
		w.AddFile("dir/a", 0o644, []byte("hello")),
		w.AddFile("empty", 0o600, nil),
		w.AddSymlink("link", "dir/a"),
		w.AddCharDevice("console", 0o600, 5, 1),
		w.Close(),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

type file struct {
	h    Header
	data string
}

func readAll(in []byte) (files []file, err error) {
	r := NewReader(bytes.NewReader(in))
	for {
		h, err := r.Next()
		if err == io.EOF {
			return files, nil
		}
		if err != nil {
			return files, err
		}
		data, err := io.ReadAll(r)
		if err != nil {
			return files, err
		}
		files = append(files, file{h, string(data)})
	}
}

func TestRoundTrip(t *testing.T) {
	got, err := readAll(archive(t))
	if err != nil {
		t.Fatal(err)
	}
	want := []file{
		{Header{Name: "dir", Mode: ModeDir | 0o755}, ""},
		{Header{Name: "dir/a", Mode: ModeRegular | 0o644, Size: 5}, "hello"},
		{Header{Name: "empty", Mode: ModeRegular | 0o600}, ""},
		{Header{Name: "link", Mode: ModeSymlink | 0o777, Size: 5}, "dir/a"},
		{Header{Name: "console", Mode: ModeChar | 0o600, Major: 5, Minor: 1}, ""},
	}
	if len(got) != len(want) {
		t.Fatalf("%d files, want %d", len(got), len(want))
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("file %d: got %+v, want %+v", i, got[i], want[i])
		}
	}
}

// TestBytes fixes the format to the byte: the header is checked by hand against buffer-format.rst.
func TestBytes(t *testing.T) {
	var b bytes.Buffer
	w := NewWriter(&b)
	if err := w.AddFile("ab", 0o644, []byte("x")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	want := "070701" + "00000001" + "000081A4" + "00000000" + "00000000" + "00000001" + "00000000" + "00000001" +
		"00000000" + "00000000" + "00000000" + "00000000" + "00000003" + "00000000" + "ab\x00" + "\x00\x00\x00" + "x\x00\x00\x00" +
		"070701" + "00000000" + "00000000" + "00000000" + "00000000" + "00000001" + "00000000" + "00000000" +
		"00000000" + "00000000" + "00000000" + "00000000" + "0000000B" + "00000000" + "TRAILER!!!\x00\x00\x00\x00"
	if b.String() != want {
		t.Errorf("got  %q\nwant %q", b.String(), want)
	}
}

// TestReference has the cpio program unpack the archive, where it is installed.
func TestReference(t *testing.T) {
	if _, err := exec.LookPath("cpio"); err != nil {
		t.Skip("the cpio program is not installed")
	}
	cmd := exec.Command("cpio", "-i", "--quiet", "--nonmatching", "console")
	cmd.Dir, cmd.Stdin = t.TempDir(), bytes.NewReader(archive(t))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if data, err := os.ReadFile(filepath.Join(cmd.Dir, "link")); err != nil || string(data) != "hello" {
		t.Errorf("through the link: %q, %v", data, err)
	}
}

func TestWriterMistakes(t *testing.T) {
	for _, name := range []string{"", "/abs", "a/../b", "..", "a//b", "a\x00b", trailer, strings.Repeat("x", maxName)} {
		if err := NewWriter(io.Discard).AddFile(name, 0o644, nil); !errors.Is(err, ErrName) {
			t.Errorf("name %.20q: %v", name, err)
		}
	}
	w := NewWriter(io.Discard)
	if err := w.WriteHeader(Header{Name: "a", Mode: 0o644}); err == nil {
		t.Error("a mode without type is accepted")
	}
	if err := w.WriteHeader(Header{Name: "a", Mode: ModeRegular, Size: 1 << 32}); err == nil {
		t.Error("4 GB are accepted")
	}
	if err := w.WriteHeader(Header{Name: "a", Mode: ModeRegular, Size: 2}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte("abc")); err == nil {
		t.Error("more data than announced is accepted")
	}
	if err := w.Close(); err == nil {
		t.Error("less data than announced is accepted")
	}
	full := NewWriter(failing{})
	if err := full.AddDir("a", 0o755); err == nil {
		t.Error("the error of the writer below is lost")
	}
	if err := full.Close(); err == nil {
		t.Error("the error of the writer below is forgotten")
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestReaderMistakes(t *testing.T) {
	whole := archive(t)
	for n := range len(whole) - 4 { // the last bytes are padding
		if _, err := readAll(whole[:n]); err == nil {
			t.Fatalf("an archive cut at byte %d is accepted", n)
		}
	}
	bad := bytes.Replace(whole, []byte("070701"), []byte("070702"), 1)
	if _, err := readAll(bad); !errors.Is(err, ErrFormat) {
		t.Errorf("another magic number: %v", err)
	}
	bad = bytes.Replace(whole, []byte("dir/a"), []byte("../ab"), 1)
	if _, err := readAll(bad); !errors.Is(err, ErrName) {
		t.Errorf("a name that leads out: %v", err)
	}
}

// FuzzReader: any bytes give files or an error, and what is read can be written again to the same files.
func FuzzReader(f *testing.F) {
	f.Add(archive(f))
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, in []byte) {
		files, err := readAll(in)
		if err != nil {
			return
		}
		var b bytes.Buffer
		w := NewWriter(&b)
		for _, x := range files {
			if x.h.Mode&ModeType == 0 {
				return // the reader shows what is there, the writer wants a type
			}
			if err := w.add(x.h, []byte(x.data)); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		again, err := readAll(b.Bytes())
		if err != nil || len(again) != len(files) {
			t.Fatalf("%d files, then %d, %v", len(files), len(again), err)
		}
		for i := range files {
			if files[i] != again[i] {
				t.Fatalf("file %d: %+v, then %+v", i, files[i], again[i])
			}
		}
	})
}
