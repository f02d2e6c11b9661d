package selfcheck

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// patient builds testdata/patient as programs for devices are built.
func patient(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "patient")
	cmd := exec.Command("go", "build", "-o", name, "./testdata/patient")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return name
}

// report runs a command that prints a report.
func report(t *testing.T, cmd *exec.Cmd) *Report {
	t.Helper()
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", cmd.Args, err)
	}
	r := new(Report)
	if err := json.Unmarshal(out, r); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestChecks(t *testing.T) {
	exe := patient(t)
	for _, tt := range []struct {
		what, env, code string
		level           Level
		text            string // part of the finding
	}{
		{"healthy", "", "text", OK, "bytes of code"},
		{"healthy", "", "mappings", OK, ""},
		{"healthy", "", "environment", OK, ""},
		{"healthy", "", "memory", OK, "took back"},
		{"healthy", "", "clock", OK, ""},
		{"healthy", "", "tracer", OK, ""},
		{"patched", "", "text", Failure, "is not the one in the file"},
		{"injected", "", "mappings", Failure, "anonymous memory"},
		{"healthy", "LD_PRELOAD=/tmp/evil.so", "environment", Failure, "LD_PRELOAD"},
		{"healthy", "GODEBUG=madvdontneed=0", "environment", Warning, "GODEBUG"},
		{"early", "", "clock", Failure, "cannot be before"},
		{"late", "", "clock", Failure, "cannot be after"},
	} {
		cmd := exec.Command(exe, tt.what)
		cmd.Env = []string{"PATH=/bin"}
		if tt.env != "" {
			cmd.Env = append(cmd.Env, tt.env)
		}
		r := report(t, cmd)
		if got := r.Worst(tt.code); got != tt.level || !strings.Contains(textOf(r, tt.code), tt.text) {
			t.Errorf("%s %s: %s is %s, want %s with %q:\n%v", tt.what, tt.env, tt.code, got, tt.level, tt.text, r.Findings)
		}
		if failed := r.Err() != nil; failed != (tt.level == Failure) {
			t.Errorf("%s %s: error %v", tt.what, tt.env, r.Err())
		}
	}
}

func textOf(r *Report, code string) string {
	var text string
	for _, f := range r.Findings {
		if f.Code == code {
			text += f.Text
		}
	}
	return text
}

// TestReplaced: a program whose file is gone goes on, with a warning; what is in memory is still that of the file that was started.
func TestReplaced(t *testing.T) {
	exe := patient(t)
	r := report(t, exec.Command(exe, "replaced"))
	if r.Worst("text") != Warning || r.Err() != nil || !strings.Contains(textOf(r, "text"), "replaced since") {
		t.Errorf("%v", r.Findings)
	}
}

// TestInit: who may look at PID 1 is told when it is another program; who may not is told that.
func TestInit(t *testing.T) {
	r := report(t, exec.Command(patient(t), "init"))
	if got := r.Worst("init"); got != Failure && got != Unknown {
		t.Errorf("%v", r.Findings)
	}
}

// TestBias: a position-independent program lies where the kernel puts it, another where its file says.
func TestBias(t *testing.T) {
	maps, err := parseMaps("7f0000001000-7f0000002000 r--p 00001000 08:01 12 /app/my agent\n7f0000002000-7f0000003000 r-xp 00002000 08:01 12 /app/my agent\n7ffd0000-7ffe0000 r-xp 00000000 00:00 0 [vdso]\n")
	if err != nil {
		t.Fatal(err)
	}
	for lowest, want := range map[uint64]uint64{0: 0x7f0000000000, 0x7f0000000000: 0} {
		if got, err := (&image{lowest: lowest}).bias(maps, "/app/my agent"); err != nil || got != want {
			t.Errorf("lowest address %#x: bias %#x, %v, want %#x", lowest, got, err, want)
		}
	}
	if _, err := (&image{}).bias(maps, "/app/other"); err == nil {
		t.Error("a program that is not mapped has a bias")
	}
	if found := foreign(maps, "/app/my agent"); len(found) != 0 {
		t.Errorf("foreign code: %v", found)
	}
}

// TestReadOnly runs the check in a mount namespace with a read-only and a writable place.
func TestReadOnly(t *testing.T) {
	if err := exec.Command("unshare", "-Urm", "true").Run(); err != nil {
		t.Skip("no namespaces here: ", err)
	}
	dir, exe := t.TempDir(), patient(t)
	script := "mount -t tmpfs none " + dir + " && mkdir " + dir + "/w && mount -o remount,ro " + dir + " && mount -t tmpfs none " + dir + "/w && exec " + exe + " healthy "
	for name, want := range map[string]Level{dir: OK, dir + "/w": Failure, dir + "/none": Unknown} {
		if got := report(t, exec.Command("unshare", "-Urm", "sh", "-c", script+name)).Worst("read-only"); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
}
