package packages

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"mote/internal/need"
)

func TestSuites(t *testing.T) {
	for _, dir := range []string{"std", "corpus"} {
		s, err := ReadSuite(dir)
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Packages) < 10 {
			t.Errorf("%s has %d packages", dir, len(s.Packages))
		}
		for _, p := range s.Packages {
			if p.NotApplicable != "" && len(p.Skips) > 0 {
				t.Errorf("%s: %s is not run, so nothing of it can be left out", dir, p.Path)
			}
		}
	}
}

func TestReadSuiteErrors(t *testing.T) {
	for _, c := range []struct{ name, packages, skip, want string }{
		{"unknown word", "a maybe not", "", "packages.txt:1: want n/a or fails and a reason behind a"},
		{"no reason", "a\nb n/a", "", "packages.txt:2: want n/a or fails"},
		{"twice", "a\n# comment\na", "", "packages.txt:3: a stands here twice"},
		{"skip of a stranger", "a", "b TestX reason", "skip.txt:1: b is not in packages.txt"},
		{"skip without reason", "a", "a TestX", "skip.txt:1: want a package, a test and a reason"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			for name, text := range map[string]string{"packages.txt": c.packages, "skip.txt": c.skip} {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := ReadSuite(dir); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

func TestSkipPattern(t *testing.T) {
	p := Package{Skips: []Skip{{Test: "TestA"}, {Test: "TestB/sub"}}}
	if got, want := p.skipPattern(), "^TestA$|^TestB$/^sub$"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := (Package{}).skipPattern(); got != "" {
		t.Errorf("got %q for none", got)
	}
}

func TestResult(t *testing.T) {
	var r Result
	err := r.read([]byte(`
{"Action":"start","Package":"p"}
{"Action":"pass","Package":"p","Test":"TestA"}
{"Action":"skip","Package":"p","Test":"TestS"}
{"Action":"fail","Package":"p","Test":"TestB/sub"}
{"Action":"output","Package":"p","Test":"TestB","Output":"fatal error: BusFault\n"}
{"Action":"fail","Package":"p","Test":"TestB"}
{"Action":"fail","Package":"p"}
`))
	if err != nil {
		t.Fatal(err)
	}
	if r.Passed != 1 || r.Skipped != 1 || strings.Join(r.Failed, " ") != "TestB" {
		t.Errorf("%+v", r)
	}
	if got, want := r.cause(), "fatal error: BusFault (TestB)"; got != want {
		t.Errorf("cause %q, want %q", got, want)
	}
	if err := r.read([]byte("not json")); err == nil {
		t.Error("no error for what is no event")
	}
}

func TestReplaceTable(t *testing.T) {
	name := filepath.Join(t.TempDir(), "page.md")
	if err := os.WriteFile(name, []byte("# Title\n\ntext\n\n| old | table |\n|---|---|\nold\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	results := []Result{
		{Package: Package{Path: "a", Skips: []Skip{{"TestX", "a|b"}}}, OK: true, Passed: 3, Skipped: 1},
		{Package: Package{Path: "b", Known: "known"}, Passed: 2},
		{Package: Package{Path: "c", NotApplicable: "none"}},
		{Package: Package{Path: "d"}, Cause: "cause"},
	}
	for range 2 {
		if err := ReplaceTable(name, results); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	want := `# Title

text

| package | result | passed | skip themselves | left out | why |
|---|---|---:|---:|---:|---|
| a | pass | 3 | 1 | 1 |  |
| b | **fail** | 2 | 0 | 0 | known |
| c | n/a | | | | none |
| d | **fail** | 0 | 0 | 0 | cause |

Left out, because they cannot apply:

| package | test | why |
|---|---|---|
| a | TestX | a\|b |
`
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got, want := Count(results).String(), "1 passed, 2 failed, 1 not applicable"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestSample runs some packages of std. All of them is `make std`.
func TestSample(t *testing.T) {
	mote := need.Mote(t, "clang-19", "ld.lld-19", "qemu-system-arm")
	r := &Runner{Mote: mote, Dir: "std", Target: "mps2-an385", Timeout: 10 * time.Minute, Jobs: runtime.NumCPU()}
	sample := []Package{{Path: "container/ring"}, {Path: "encoding/hex"}, {Path: "errors"}, {Path: "text/tabwriter"}, {Path: "unicode/utf8"}}
	for _, res := range r.Run(context.Background(), sample) {
		if !res.OK || res.Passed == 0 {
			t.Errorf("%s: %d passed, %s\n%s", res.Package.Path, res.Passed, res.Cause, res.Output)
		}
	}
}
