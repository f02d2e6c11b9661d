package bundle

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// TestEveryByte flips a bit in every byte of the bundle's small files and in bytes all over the program: each is refused, by the name of its file.
func TestEveryByte(t *testing.T) {
	f := newFixture(t)
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		name := filepath.Join(f.dir, e.Name())
		good := read(t, name)
		step := 1
		if len(good) > 1<<16 {
			step = len(good)/24 + 1
		}
		for i := 0; i < len(good); i += step {
			f.flip(t, name, good, i, 1<<(i%8))
		}
		write(t, name, good)
	}
	if _, err := f.check(State{}, noon); err != nil {
		t.Errorf("restored: %v", err)
	}
}

func (f *fixture) flip(t *testing.T, name string, good []byte, i int, bit byte) {
	t.Helper()
	bad := bytes.Clone(good)
	bad[i] ^= bit
	write(t, name, bad)
	_, err := f.check(State{}, noon)
	r, ok := err.(*Refusal)
	if !ok {
		t.Fatalf("%s, byte %d: %v", name, i, err)
	}
	if r.File != filepath.Base(name) {
		t.Fatalf("%s, byte %d: the refusal is about another file: %v", name, i, r)
	}
}

// TestEnvelopeForms: other spellings of the same envelope are refused.
func TestEnvelopeForms(t *testing.T) {
	f := newFixture(t)
	name := filepath.Join(f.dir, EnvelopeFile)
	good := read(t, name)
	for what, bad := range map[string][]byte{
		"white space":    bytes.Replace(good, []byte(`":`), []byte(`": `), 1),
		"capital key":    bytes.Replace(good, []byte(`"payload"`), []byte(`"Payload"`), 1),
		"more keys":      bytes.Replace(good, []byte(`{"payloadType"`), []byte(`{"x":1,"payloadType"`), 1),
		"key twice":      bytes.Replace(good, []byte(`{"payloadType"`), []byte(`{"payload":"","payloadType"`), 1),
		"no newline":     bytes.TrimSuffix(good, []byte("\n")),
		"something else": append(bytes.Clone(good), "{}"...),
		"nothing":        {},
		"not JSON":       []byte("envelope"),
		"too long":       bytes.Repeat([]byte(" "), maxEnvelope+1),
	} {
		write(t, name, bad)
		_, err := f.check(State{}, noon)
		wantRefusal(t, what, err, CodeFormat, EnvelopeFile)
	}
}

func TestFolder(t *testing.T) {
	tests := []struct {
		name   string
		change func(dir string) error
		code   Code
		file   string
	}{
		{"file is missing", func(dir string) error { return os.Remove(filepath.Join(dir, "agent")) }, CodeMissing, "agent"},
		{"no envelope", func(dir string) error { return os.Remove(filepath.Join(dir, EnvelopeFile)) }, CodeMissing, EnvelopeFile},
		{"file more", func(dir string) error { return os.WriteFile(filepath.Join(dir, "plugin.so"), nil, 0o644) }, CodeExtra, "plugin.so"},
		{"folder more", func(dir string) error { return os.Mkdir(filepath.Join(dir, "sub"), 0o755) }, CodeExtra, "sub"},
		{"link to the same bytes", func(dir string) error {
			outside := filepath.Join(filepath.Dir(dir), "agent")
			if err := os.Rename(filepath.Join(dir, "agent"), outside); err != nil {
				return err
			}
			return os.Symlink(outside, filepath.Join(dir, "agent"))
		}, CodeKind, "agent"},
		{"folder for a file", func(dir string) error {
			name := filepath.Join(dir, SBOMFile)
			if err := os.Remove(name); err != nil {
				return err
			}
			return os.Mkdir(name, 0o755)
		}, CodeKind, SBOMFile},
		{"cut off", func(dir string) error { return os.Truncate(filepath.Join(dir, "agent"), 4096) }, CodeDigest, "agent"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := newFixture(t)
			if err := tt.change(f.dir); err != nil {
				t.Fatal(err)
			}
			_, err := f.check(State{}, noon)
			wantRefusal(t, tt.name, err, tt.code, tt.file)
		})
	}
}

// TestSumsAreHeldToTheStatement: a signer's own mistake is found as well.
func TestSumsAreHeldToTheStatement(t *testing.T) {
	f := newFixture(t)
	e, err := ParseEnvelope(read(t, filepath.Join(f.dir, EnvelopeFile)))
	if err != nil {
		t.Fatal(err)
	}
	var s Statement
	if err := parseCanonical(e.Payload, &s); err != nil {
		t.Fatal(err)
	}
	lie := []byte("nothing to see\n")
	write(t, filepath.Join(f.dir, SumsFile), lie)
	d, _ := digest(bytes.NewReader(lie))
	for i := range s.Subject {
		if s.Subject[i].Name == SumsFile {
			s.Subject[i].Digest = d
		}
	}
	os.Remove(filepath.Join(f.dir, EnvelopeFile))
	if err := s.seal(f.dir, []*PrivateKey{f.ed, f.sm}); err != nil {
		t.Fatal(err)
	}
	_, err = f.check(State{}, noon)
	wantRefusal(t, "sums", err, CodeSums, SumsFile)
}
