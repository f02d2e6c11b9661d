// Package run compares programs on every emulated target with the same programs under `go run`.
//
// The reference is GOARCH=386: its int is as wide as a microcontroller's. A program is a folder in testdata (or an example);
// skip/NAME.txt, if any, names targets that it cannot run on, each with a reason.
package run

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mote/emulator"
	"mote/internal/need"
	"mote/target"
	"mote/test/boot"
)

// timeLimit is for one run in the emulator; it only ends programs that hang.
const timeLimit = 5 * time.Minute

// output is what a program printed and how it ended.
type output struct {
	stdout, stderr string
	status         int
}

func TestSameAsGoRun(t *testing.T) {
	programs, err := filepath.Glob("testdata/*")
	if err != nil || len(programs) == 0 {
		t.Fatalf("no programs: %v", err)
	}
	programs = append(programs, "../../examples/station")
	targets := emulated(t)
	for _, dir := range programs {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			want := reference(t, dir)
			skip := skipped(t, filepath.Base(dir))
			for _, board := range targets {
				t.Run(board.Name, func(t *testing.T) {
					t.Parallel()
					if reason := skip[board.Name]; reason != "" {
						t.Skip(reason)
					}
					compare(t, onTarget(t, dir, board), want)
				})
			}
		})
	}
}

// emulated lists the targets that boot here; without the tools the test is skipped.
func emulated(t *testing.T) []*target.Target {
	t.Helper()
	if testing.Short() {
		t.Skip("builds and boots images")
	}
	all, err := target.List()
	if err != nil {
		t.Fatal(err)
	}
	var list []*target.Target
	for _, board := range all {
		if board.Emulator.Program == "" {
			continue
		}
		need.Tools(t, "clang-19", "ld.lld-19", board.Emulator.Program)
		list = append(list, board)
	}
	return list
}

// skipped reads skip/NAME.txt: a target a line, then the reason.
func skipped(t *testing.T, name string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("skip", name+".txt"))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	skip := map[string]string{}
	for line := range strings.Lines(string(text)) {
		board, reason, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok {
			t.Fatalf("skip/%s.txt: %q gives no reason", name, board)
		}
		skip[board] = reason
	}
	return skip
}

// reference runs the program on the host as a 32-bit one.
func reference(t *testing.T, dir string) output {
	t.Helper()
	exe := filepath.Join(t.TempDir(), "reference")
	build := exec.Command("go", "build", "-o", exe, ".")
	build.Dir = dir
	build.Env = append(os.Environ(), "GOARCH=386", "GOOS=linux", "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	var stdout, stderr bytes.Buffer
	cmd := exec.Command(exe)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if _, exited := err.(*exec.ExitError); err != nil && !exited {
		t.Fatal(err)
	}
	return output{stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}

// onTarget builds the program for a board and runs it in the emulator.
func onTarget(t *testing.T, dir string, board *target.Target) output {
	t.Helper()
	img := build(t, dir, board)
	stdout, stderr, res, err := emulator.Output(context.Background(), emulator.Config{Target: board, ELF: img, Timeout: timeLimit, Deterministic: true})
	if err != nil {
		t.Fatalf("%v\n%s%s", err, stdout, stderr)
	}
	return output{stdout, stderr, res.ExitCode}
}

// build makes the image of the program in dir and returns its path.
func build(t *testing.T, dir string, board *target.Target) string {
	t.Helper()
	return boot.Build(t, dir, board.Name, tags(board)...)
}

// tags make programs compare how deep their stacks get with what the compiler says, on all boards but the one whose images the budgets
// hold to, which runs what people get.
func tags(board *target.Target) []string {
	if board.Name == "mps2-an385" {
		return nil
	}
	return []string{"mote.checkstack"}
}

func compare(t *testing.T, got, want output) {
	t.Helper()
	if got.status != want.status {
		t.Errorf("exit status %d, want %d", got.status, want.status)
	}
	compareText(t, "stdout", got.stdout, want.stdout)
	compareText(t, "stderr", got.stderr, want.stderr)
}

// compareText reports the first line that differs.
func compareText(t *testing.T, stream, got, want string) {
	t.Helper()
	if got == want {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			t.Errorf("%s line %d:\n got %q\nwant %q", stream, i+1, g[i], w[i])
			return
		}
	}
	t.Errorf("%s: %d lines, want %d; the last is %q", stream, len(g), len(w), g[len(g)-1])
}
