// Package interrupt runs programs with interrupt handlers on the emulated boards and compares what they print with want.txt beside
// them, or, for those that end with a report, with the parts that it must have. The former look after their stacks: no goroutine nor
// the handlers together may need more than the bound that the compiler found.
package interrupt

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mote/test/boot"
)

var (
	all     = []string{"mps2-an385", "mps2-an386", "mps2-an505", "mps2-an521", "netduinoplus2", "microbit", "riscv-virt"}
	cortexM = all[:6]
)

// oneCore are those of the boards where what is less urgent does not go on beside what was woken, and where calling methods of an interrupt under the
// kernel's mask works.
func oneCore(boards []string) []string {
	return slices.DeleteFunc(slices.Clone(boards), func(board string) bool { return board == "mps2-an521" })
}

func TestPrograms(t *testing.T) {
	for _, program := range []struct {
		name, want string
		boards     []string
	}{
		{"pend", "want.txt", all},
		{"nesting", "want.txt", cortexM},              // traps do not nest on RISC-V
		{"ceiling", "want.txt", oneCore(cortexM[:5])}, // those with BASEPRI
		{"timer", "want.txt", []string{"mps2-an385", "mps2-an386", "mps2-an505", "mps2-an521", "microbit"}},
		{"uart", "want.txt", []string{"mps2-an385", "mps2-an386", "riscv-virt"}},
		{"floats", "want.txt", all},
		{"channel", "want.txt", oneCore(all)},
		{"wake", "want.txt", oneCore(all)},
		{"idle", "want.txt", []string{"mps2-an385", "mps2-an386", "mps2-an505", "mps2-an521", "microbit", "riscv-virt"}},
		{"storm", "want.txt", append(cortexM[:5:5], "riscv-virt")}, // a microbit has no room for three levels
		{"pool", "want.txt", all},
		{"callers", "want.txt", []string{"mps2-an385", "mps2-an505", "netduinoplus2", "riscv-virt"}}, // elsewhere handlers have 1 KB
		{"vector", "want.txt", cortexM[:5]},
		{"vector", "unsupported.txt", []string{"microbit", "riscv-virt"}},
	} {
		for _, board := range program.boards {
			t.Run(program.name+"/"+board, func(t *testing.T) {
				t.Parallel()
				want, err := os.ReadFile(filepath.Join("testdata", program.name, program.want))
				if err != nil {
					t.Fatal(err)
				}
				start := boot.Run
				if program.name == "storm" { // what it checks holds in any order
					start = boot.RunHostClock
				}
				stderr, status := start(t, board, build(t, program.name, board, "mote.checkstack"), boot.Limit)
				if status != 0 || stderr != string(want) {
					t.Errorf("exit status %d, printed\n%s\nwant\n%s", status, stderr, want)
				}
			})
		}
	}
}

// TestReports: a handler that panics or faults ends the program, and the report says which it was and whom it interrupted.
func TestReports(t *testing.T) {
	for _, program := range []struct {
		name  string
		parts []string // in this order
		not   string
	}{
		{"panic", []string{"panic: runtime error: index out of range [8] with length 4", "\ninterrupt 8 [running]:\nmain.onPend(",
			"main.go:10", "\ngoroutine 1 [running]:\n", "main.main("}, "recovered"},
		{"fault", []string{"fatal error: ", "[fault kind=", "\ninterrupt 8 [running]:\nmain.read(", "main.onPend(", "\ngoroutine 1 [running]:\n", "main.main("},
			"goes on"},
	} {
		for _, board := range all {
			t.Run(program.name+"/"+board, func(t *testing.T) {
				t.Parallel()
				stderr, status := boot.Run(t, board, build(t, program.name, board), boot.Limit)
				if status != 2 || strings.Contains(stderr, program.not) {
					t.Errorf("exit status %d, printed\n%s", status, stderr)
				}
				rest := stderr
				for _, part := range program.parts {
					_, after, ok := strings.Cut(rest, part)
					if !ok {
						t.Fatalf("%q is missing in\n%s", part, stderr)
					}
					rest = after
				}
			})
		}
	}
}

func build(t *testing.T, name, board string, tags ...string) string {
	t.Helper()
	return boot.Build(t, filepath.Join("testdata", name), board, tags...)
}
