package doctor

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mote-go/mote/guard/doctor/analysis"
)

// TestSourceRules analyses the programs that the analyzers' own tests use: every category that they report has a rule, and every rule for sources is
// one of them. go 1.22 and 1.23 in turn, because of the rules about timers.
func TestSourceRules(t *testing.T) {
	seen := map[string]bool{}
	for _, language := range []string{"1.22", "1.23"} {
		dir := t.TempDir()
		write(t, filepath.Join(dir, "go.mod"), "module tested\n\ngo "+language+"\n")
		for _, a := range analysis.All() {
			copySources(t, filepath.Join("analysis", a.Name, "testdata"), filepath.Join(dir, a.Name))
		}
		result, err := Packages(context.Background(), PackageOptions{Dir: dir}, "./...")
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range result.Findings {
			seen[f.Rule] = true
			if f.Where.Line == 0 || f.Where.Column == 0 || f.What == "" || f.Why == "" || f.Do == "" {
				t.Errorf("incomplete: %+v", f)
			}
		}
	}
	for _, rule := range sourceRules() {
		if !seen[rule.ID] {
			t.Errorf("nothing is reported as %s", rule.ID)
		}
	}
}

// copySources copies Go files, leaving out go.mod files, so that all are in one module.
func copySources(t *testing.T, from, to string) {
	t.Helper()
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") {
			return err
		}
		relative, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		content, err := os.ReadFile(path)
		write(t, filepath.Join(to, relative), string(content))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestPackagesThatDoNotCompile(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module broken\n\ngo 1.22\n")
	write(t, filepath.Join(dir, "a.go"), "package broken\n\nvar x int = \"text\"\n")
	_, err := Packages(context.Background(), PackageOptions{Dir: dir}, "./...")
	if err == nil || !strings.Contains(err.Error(), "a.go:3:13: ") {
		t.Errorf("err = %v, want one with the position", err)
	}
	_, err = Packages(context.Background(), PackageOptions{Dir: dir}, "./nowhere")
	if err == nil || !strings.Contains(err.Error(), "nowhere") {
		t.Errorf("err = %v, want one that names the pattern", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Packages(ctx, PackageOptions{Dir: dir}, "./..."); err != context.Canceled {
		t.Errorf("err = %v after cancelling", err)
	}
}
