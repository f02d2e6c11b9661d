package cli

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"mote/internal/need"
)

// TestSameAsGoTest runs go test on this machine and mote test on the device with the same arguments.
func TestSameAsGoTest(t *testing.T) {
	mote := builtMote(t)
	t.Run("text", func(t *testing.T) { sameText(t, mote) })
	t.Run("events", func(t *testing.T) { sameEvents(t, mote) })
}

// sameText: both must print the same and end with the same status.
func sameText(t *testing.T, mote string) {
	for _, args := range [][]string{
		{"./pass"},
		{"-v", "./pass"},
		{"-v", "-short", "-run", "TestReverse|TestShort", "./pass"},
		{"-run=TestReverse/of_abc", "-v", "-count=2", "./pass"},
		{"-v", "-run=^Fuzz", "./pass"},
		{"-v", "-skip=Parallel|Example", "./pass", "-args", "-greeting=hello"},
		{"-list=.", "./pass"},
		{"-run=NoSuch", "./pass"},
		{"./fail"},
		{"-v", "./fail"},
		{"-failfast", "./fail"},
		{"-fullpath", "-run=TestErrors", "./fail"},
		{"./none"},
		{"./fuzzbad"},
		{"-v", "./prog"},
		{"./pass", "./none", "./fail", "./prog"},
		{"-run=^$", "-bench=.", "-benchtime=20x", "./pass"},
		{"./nonexistent"},
	} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			want, wantStatus := testOutput(t, "go", args)
			got, status := testOutput(t, mote, args)
			if got != want || status != wantStatus {
				t.Errorf("mote test prints, with status %d:\n%s\ngo test, with status %d:\n%s", status, got, wantStatus, want)
			}
		})
	}
}

// sameEvents: both must say the same with -json, apart from times. Output may come in other portions.
func sameEvents(t *testing.T, mote string) {
	for _, args := range [][]string{{"-json", "./pass"}, {"-json", "./fail"}, {"-json", "./none"}, {"-json", "-p=1", "./pass", "./prog"}} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			want := events(t, "go", args)
			got := events(t, mote, args)
			if !slices.Equal(got, want) {
				t.Errorf("mote test:\n%s\ngo test:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

// builtMote builds mote, which has a cache of its own.
func builtMote(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("builds and boots images")
	}
	t.Setenv("MOTE_CACHE", t.TempDir())
	return need.Mote(t, "clang-19", "ld.lld-19", "qemu-system-arm")
}

// testOutput runs `program test args` on the example module.
func testOutput(t *testing.T, program string, args []string) (text string, status int) {
	t.Helper()
	out, status := runTest(t, program, args)
	return neutral(string(out)), status
}

func runTest(t *testing.T, program string, args []string) (out []byte, status int) {
	t.Helper()
	all := append([]string{"test"}, args...)
	if program == "go" {
		all = append([]string{"test", "-count=1", "-parallel=1"}, args...)
	}
	cmd := exec.Command(program, all...)
	cmd.Dir = "testdata/gotest"
	cmd.Stderr = io.Discard
	if program == "go" {
		cmd.Env = append(cmd.Environ(), "GOMAXPROCS=1")
	}
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return out, cmd.ProcessState.ExitCode()
}

// What differs from run to run, or from a device to this machine.
var differences = []struct {
	pattern *regexp.Regexp
	with    string
}{
	{regexp.MustCompile(`\d+\.\d+s`), "TIME"},
	{regexp.MustCompile(`(?m)^(goos|goarch|cpu): .*\n`), ""},
	{regexp.MustCompile(`panic\.go:\d+`), "panic.go:LINE"},
	{regexp.MustCompile(`(?m)^(Benchmark\S+?)(-\d+)?\s+(\d+)\s.*$`), "$1 $3"},
}

func neutral(text string) string {
	for _, d := range differences {
		text = d.pattern.ReplaceAllString(text, d.with)
	}
	return text
}

// events returns the events of go test -json, one a line; those of output are left to the other test.
func events(t *testing.T, program string, args []string) []string {
	t.Helper()
	out, _ := runTest(t, program, args)
	var all []string
	for dec := json.NewDecoder(strings.NewReader(string(out))); dec.More(); {
		var e struct{ Action, Package, Test, Output, ImportPath, FailedBuild string }
		if err := dec.Decode(&e); err != nil {
			t.Fatalf("%v in\n%s", err, out)
		}
		if e.Action != "output" && e.Action != "build-output" {
			all = append(all, strings.Join([]string{e.Action, e.Package, e.Test, e.ImportPath, e.FailedBuild}, " "))
		}
	}
	if len(all) == 0 {
		t.Fatalf("%s test %v on %s: no events", program, args, runtime.GOOS)
	}
	return all
}

// TestCrashes: what faults, panics or hangs is reported with its trace, and the tests behind it have their turn.
func TestCrashes(t *testing.T) {
	mote := builtMote(t)
	out, status := runTest(t, mote, []string{"-v", "-timeout=2s", "./crashes", "./prog"})
	if status != 1 {
		t.Errorf("status %d", status)
	}
	var lines []string
	for _, line := range strings.Split(neutral(string(out)), "\n") {
		if strings.HasPrefix(line, "---") || strings.HasPrefix(line, "FAIL") || strings.HasPrefix(line, "ok") {
			lines = append(lines, line)
		}
	}
	want := []string{
		"--- PASS: TestBefore (TIME)", "--- FAIL: TestFaults (TIME)", "--- PASS: TestBetween (TIME)", "--- FAIL: TestPanics (TIME)",
		"--- FAIL: TestHangs (TIME)", "--- FAIL: TestSpins (TIME)", "--- FAIL: TestOverflows (TIME)", "--- FAIL: TestExhausts (TIME)",
		"--- FAIL: TestGoroutinePanics (TIME)", "--- FAIL: TestFails (TIME)", "--- PASS: Example (TIME)", "FAIL",
		"FAIL\texample.com/gotest/crashes\tTIME", "--- PASS: TestType (TIME)", "ok  \texample.com/gotest/prog\tTIME", "FAIL",
	}
	if !slices.Equal(lines, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
	for _, text := range []string{
		"fatal error: BusFault\n", "crashes.TestFaults.func1(...)\n\t./crashes_test.go:15 +",
		"panic: on purpose", "panic: test timed out after 2s\n\trunning tests:\n\t\tTestHangs (2s)\n",
		"[select (no cases)]:\nexample.com/gotest/crashes.TestHangs(...)\n", "[runnable]:\nexample.com/gotest/crashes.TestSpins(...)\n",
		"fatal error: stack overflow\n", "fatal error: out of memory\n", "panic: in a goroutine\n",
	} {
		if !strings.Contains(string(out), text) {
			t.Errorf("the output lacks %q", text)
		}
	}
	if t.Failed() {
		t.Logf("%s", out)
	}
}
