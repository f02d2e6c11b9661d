package bundle

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
)

var passphrase = []byte("correct horse")

// noon is when the bundles of the tests are signed; they are good for 30 days.
var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

const days = 24 * time.Hour

// program builds a small Go program once for all tests.
var program = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "program")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	files := map[string]string{"go.mod": "module hello\n\ngo 1.26\n", "main.go": "package main\n\nfunc main() { println(\"hello\") }\n"}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			return nil, err
		}
	}
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", "agent", ".")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux", "GOFLAGS=", "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, errors.New(string(out))
	}
	return os.ReadFile(filepath.Join(dir, "agent"))
})

// fixture is a signed bundle, and what a device needs to accept it.
type fixture struct {
	dir     string
	input   *Input
	trust   *Trust
	ed, sm  *PrivateKey
	outside string // a folder for what tests write
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	elf, err := program()
	if err != nil {
		t.Fatal(err)
	}
	f := &fixture{outside: t.TempDir(), ed: newTestKey(t, Ed25519), sm: newTestKey(t, SM2)}
	f.dir = filepath.Join(t.TempDir(), "bundle")
	agent := filepath.Join(f.outside, "agent-v7")
	write(t, agent, elf)
	f.input = &Input{
		Program: agent, As: "agent", Profile: []byte("name = \"gateway\"\n"), Name: "agent", Version: 7, Now: noon, Expires: noon.Add(30 * days), Builder: "mote:test",
		Build: Build{Package: "hello", Go: "go1.26.8", Flags: []string{"-trimpath"}, Env: []string{"CGO_ENABLED=0"}},
	}
	if err := Sign(f.dir, f.input, f.ed, f.sm); err != nil {
		t.Fatal(err)
	}
	f.trust = &Trust{Name: "agent", Threshold: 2, Keys: []*PublicKey{f.ed.Public, f.sm.Public}}
	return f
}

func newTestKey(t *testing.T, a Algorithm) *PrivateKey {
	t.Helper()
	k, err := NewKey(a)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// check returns what Check says, and closes what it opens.
func (f *fixture) check(s State, now time.Time) (*Report, error) {
	c, err := Check(f.dir, f.trust, s, now)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	return &c.Report, nil
}

// wantRefusal fails unless err is a refusal with this code that names the file.
func wantRefusal(t *testing.T, what string, err error, code Code, file string) {
	t.Helper()
	var r *Refusal
	if !errors.As(err, &r) {
		t.Fatalf("%s: got %v, want a refusal with code %s", what, err, code)
	}
	if r.Code != code || r.File != file || !strings.Contains(err.Error(), file) {
		t.Fatalf("%s: got %v, want code %s for %s", what, err, code, file)
	}
}

func TestAccepted(t *testing.T) {
	f := newFixture(t)
	c, err := Check(f.dir, f.trust, State{}, noon.Add(days))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if c.Release.Version != 7 || len(c.Signers) != 2 || string(c.Profile) != "name = \"gateway\"\n" {
		t.Errorf("report %+v, profile %q", c.Report, c.Profile)
	}
	if want := 4; len(c.Subject) != want {
		t.Errorf("%d subjects, want %d: %v", len(c.Subject), want, c.Subject)
	}
	out, err := exec.Command("sh", "-c", "cd "+f.dir+" && sha256sum -c --strict "+SumsFile).CombinedOutput()
	if err != nil {
		t.Errorf("sha256sum: %v\n%s", err, out)
	}
}

// TestSameInputSameStatement: only signatures differ between two bundles of the same input, since SM2's have random parts.
func TestSameInputSameStatement(t *testing.T) {
	f := newFixture(t)
	second := filepath.Join(f.outside, "second")
	if err := Sign(second, f.input, f.ed); err != nil {
		t.Fatal(err)
	}
	a, err1 := ParseEnvelope(read(t, filepath.Join(f.dir, EnvelopeFile)))
	b, err2 := ParseEnvelope(read(t, filepath.Join(second, EnvelopeFile)))
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	if string(a.Payload) != string(b.Payload) {
		t.Errorf("statements differ:\n%s\n%s", a.Payload, b.Payload)
	}
}

func TestVersionsAndTime(t *testing.T) {
	f := newFixture(t)
	r, err := f.check(State{}, noon)
	if err != nil {
		t.Fatal(err)
	}
	accepted := State{}.Accept(r)
	other := State{"agent": {Version: 7, Files: strings.Repeat("0", 64), Issued: noon}}
	tests := []struct {
		name  string
		state State
		now   time.Time
		code  Code
	}{
		{"new device", State{}, noon, ""},
		{"again", accepted, noon.Add(days), ""},
		{"update", State{"agent": {Version: 6, Issued: noon.Add(-days)}}, noon, ""},
		{"another product's version", State{"other": {Version: 90}}, noon, ""},
		{"last second", accepted, noon.Add(30*days - time.Second), ""},
		{"rollback", State{"agent": {Version: 8, Issued: noon}}, noon, CodeRollback},
		{"two contents", other, noon, CodeRollback},
		{"freeze", accepted, noon.Add(30 * days), CodeExpired},
		{"clock without battery", State{}, time.Unix(0, 0), CodeClock},
		{"clock set back", State{"agent": {Version: 6, Issued: noon.Add(2 * days)}}, noon.Add(days), CodeClock},
	}
	for _, tt := range tests {
		_, err := f.check(tt.state, tt.now)
		if tt.code == "" && err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		if tt.code != "" {
			wantRefusal(t, tt.name, err, tt.code, EnvelopeFile)
		}
	}
}

func TestStateFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "state.json")
	s, err := ReadState(name)
	if err != nil || len(s) != 0 {
		t.Fatalf("a new device has state %v, %v", s, err)
	}
	s = s.Accept(&Report{Release: Release{Name: "a", Version: 3, Issued: noon}, Files: "f"})
	s = s.Accept(&Report{Release: Release{Name: "a", Version: 4, Issued: noon.Add(-days)}, Files: "g"})
	if err := WriteState(name, s); err != nil {
		t.Fatal(err)
	}
	got, err := ReadState(name)
	if want := (Seen{4, "g", noon}); err != nil || got["a"] != want {
		t.Errorf("got %+v, %v, want %+v", got["a"], err, want)
	}
	write(t, name, []byte("{"))
	if _, err := ReadState(name); err == nil || !strings.Contains(err.Error(), name) {
		t.Errorf("damaged state: %v", err)
	}
}

func TestTrust(t *testing.T) {
	f := newFixture(t)
	stranger := newTestKey(t, Ed25519)
	ed, sm := f.ed.Public, f.sm.Public
	tests := []struct {
		name  string
		trust Trust
		code  Code
	}{
		{"both", Trust{Name: "agent", Threshold: 2, Keys: []*PublicKey{ed, sm}}, ""},
		{"two of three", Trust{Name: "agent", Threshold: 2, Keys: []*PublicKey{ed, stranger.Public, sm}}, ""},
		{"one, others ignored", Trust{Name: "agent", Threshold: 1, Others: true, Keys: []*PublicKey{sm}}, ""},
		{"one, others refused", Trust{Name: "agent", Threshold: 1, Keys: []*PublicKey{sm}}, CodeSigner},
		{"too few", Trust{Name: "agent", Threshold: 3, Keys: []*PublicKey{ed, sm, stranger.Public}}, CodeThreshold},
		{"none", Trust{Name: "agent", Threshold: 1, Others: true, Keys: []*PublicKey{stranger.Public}}, CodeThreshold},
		{"another product", Trust{Name: "gateway", Threshold: 1, Keys: []*PublicKey{ed, sm}}, CodeName},
	}
	for _, tt := range tests {
		c, err := Check(f.dir, &tt.trust, State{}, noon)
		if tt.code != "" {
			wantRefusal(t, tt.name, err, tt.code, EnvelopeFile)
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		c.Close()
	}
}

func TestTrustFile(t *testing.T) {
	f := newFixture(t)
	name := filepath.Join(f.outside, "trust.toml")
	if err := WriteTrust(name, f.trust); err != nil {
		t.Fatal(err)
	}
	got, err := ReadTrust(name)
	if err != nil {
		t.Fatal(err)
	}
	if got.Name != "agent" || got.Threshold != 2 || len(got.Keys) != 2 || got.Keys[1].ID != f.sm.Public.ID {
		t.Errorf("got %+v", got)
	}
	var w trustFile
	if _, err := toml.Decode(string(read(t, name)), &w); err != nil {
		t.Fatal(err)
	}
	for what, text := range map[string]string{
		"unknown key":   "name = \"a\"\nthreshhold = 1",
		"no threshold":  "name = \"a\"\n[[key]]\npem = '''\n" + w.Keys[0].PEM + "'''",
		"key twice":     "name = \"a\"\nthreshold = 2\n[[key]]\npem = '''\n" + w.Keys[0].PEM + "'''\n[[key]]\npem = '''\n" + w.Keys[0].PEM + "'''",
		"no key":        "name = \"a\"\nthreshold = 1",
		"no name":       "threshold = 1\n[[key]]\npem = '''\n" + w.Keys[0].PEM + "'''",
		"key is no PEM": "name = \"a\"\nthreshold = 1\n[[key]]\npem = \"x\"",
	} {
		if _, err := parseTrust([]byte(text)); err == nil {
			t.Errorf("%s: accepted", what)
		}
	}
}

func TestCountersign(t *testing.T) {
	f := newFixture(t)
	third := newTestKey(t, Ed25519)
	if err := Countersign(f.dir, third); err != nil {
		t.Fatal(err)
	}
	f.trust.Keys = append(f.trust.Keys, third.Public)
	f.trust.Threshold = 3
	if _, err := f.check(State{}, noon); err != nil {
		t.Error(err)
	}
	if err := Countersign(f.dir, third); err == nil || !strings.Contains(err.Error(), "already") {
		t.Errorf("second signature by the same key: %v", err)
	}
	if err := AttachTo(f.dir, newTestKey(t, SM2).Public, []byte("no signature")); err == nil {
		t.Error("a wrong signature was attached")
	}
}

// TestNothingHalfWritten: what goes wrong leaves nothing behind.
func TestNothingHalfWritten(t *testing.T) {
	f := newFixture(t)
	out := filepath.Join(t.TempDir(), "out")
	tests := map[string]func(in *Input) []*PrivateKey{
		"no keys":         func(*Input) []*PrivateKey { return nil },
		"key twice":       func(*Input) []*PrivateKey { return []*PrivateKey{f.ed, f.ed} },
		"no version":      func(in *Input) []*PrivateKey { in.Version = 0; return []*PrivateKey{f.ed} },
		"expired at once": func(in *Input) []*PrivateKey { in.Expires = in.Now; return []*PrivateKey{f.ed} },
		"no program":      func(in *Input) []*PrivateKey { in.Program = "/dev/null"; return []*PrivateKey{f.ed} },
		"same name":       func(in *Input) []*PrivateKey { in.As = ProfileFile; return []*PrivateKey{f.ed} },
		"missing file":    func(in *Input) []*PrivateKey { in.Extra = []string{"/nowhere"}; return []*PrivateKey{f.ed} },
	}
	for name, change := range tests {
		in := *f.input
		keys := change(&in)
		if err := Sign(out, &in, keys...); err == nil {
			t.Errorf("%s: signed", name)
		}
		if left, _ := os.ReadDir(filepath.Dir(out)); len(left) != 0 {
			t.Errorf("%s: %v is left", name, left)
		}
	}
	if err := Sign(f.dir, f.input, f.ed); err == nil || !strings.Contains(err.Error(), "already") {
		t.Errorf("a bundle was replaced: %v", err)
	}
}
