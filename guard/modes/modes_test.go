package modes_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/mote-go/mote/guard/modes/harness"
)

// programs lists the mode programs: every folder with a main package, except that of the runner.
func programs(t *testing.T) []string {
	t.Helper()
	mains, err := filepath.Glob("*/main.go")
	if err != nil || len(mains) < 10 {
		t.Fatalf("found %d mode programs, %v", len(mains), err)
	}
	var names []string
	for _, m := range mains {
		if name := filepath.Dir(m); name != "runner" {
			names = append(names, name)
		}
	}
	return names
}

// TestVerdicts runs each mode program and wants its verdict. On a machine that others use too, one run proves little: a mode has
// a second try, longer than the first.
func TestVerdicts(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the modes are those of Linux")
	}
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	bin := t.TempDir()
	if out, err := exec.Command("go", "build", "-o", bin, "./...").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	for _, name := range programs(t) {
		program := filepath.Join(bin, name)
		if _, err := os.Stat(program); err != nil {
			continue // not built without cgo
		}
		t.Run(name, func(t *testing.T) { try(t, program) })
	}
}

func try(t *testing.T, program string) {
	var r harness.Result
	for _, length := range []time.Duration{time.Second, 3 * time.Second} {
		r = run(t, program, length)
		if r.Skip != "" {
			t.Skip(r.Skip)
		}
		if r.Right {
			return
		}
	}
	if r.Pressure > 0.3 {
		t.Skipf("others used this machine: some task waited for a CPU %.0f%% of the time before the program did anything; verdict %s (%s)", 100*r.Pressure, r.Verdict, r.Evidence)
	}
	if r.Waits != nil && r.Waits.P99 > 20 { // twice the limit: a virtual machine that stands still now and then has 12 with nothing else running
		t.Skipf("others used this machine: by its requests' own clocks one in a hundred waited for %v ms or more, and one in a thousand %v; verdict %s (%s)",
			r.Waits.P99, r.Waits.P999, r.Verdict, r.Evidence)
	}
	t.Errorf("verdict is %s (%s), want one of %v; samples under each: %v", r.Verdict, r.Evidence, r.Want, r.Shares)
}

func run(t *testing.T, program string, length time.Duration) harness.Result {
	t.Helper()
	out, err := exec.Command(program, "-duration", fmt.Sprint(length)).Output()
	var r harness.Result
	if json.Unmarshal(out, &r) != nil {
		t.Fatalf("%v, printed %q", err, out)
	}
	return r
}
