package robust

import (
	"strings"
	"testing"

	"mote/test/boot"
)

// fault is a way in which testdata/fault misbehaves, with how that is reported by family of processors; "" where there is no such fault.
type fault struct {
	kind                    string
	mainline, armv6m, riscv string
}

const none = "no fault\n"

func faults() []fault {
	return []fault{
		{"overflow", "stack overflow", "stack overflow", "stack overflow"},
		{"nil", "UsageFault", "HardFault", "BusFault"}, // a jump there
		{"data", "UsageFault", "HardFault", ""},        // a jump there, without the bit for Thumb
		{"undefined", "UsageFault", "HardFault", "UsageFault"},
		{"unaligned", "UsageFault", "HardFault", ""},
		{"divide", "UsageFault", "", ""}, // by the hardware: Go's division panics before
		{"bus", "BusFault", "HardFault", "BusFault"},
		{"flash", none, none, none}, // the emulator ignores stores to ROM
	}
}

// on is how the fault is reported on a board.
func (f fault) on(board string) string {
	switch {
	case board == "microbit":
		return f.armv6m
	case board == "riscv-virt":
		return f.riscv
	case f.kind == "flash" && strings.HasPrefix(board, "mps2"):
		return "" // programs are in RAM
	}
	return f.mainline
}

// watched tells whether hardware watches stacks: elsewhere an overflow is noticed when it has happened, and not contained.
func watched(board string) bool { return board != "microbit" && board != "riscv-virt" }

// TestFaults: a fault ends the program with a report that names it and the goroutine; that of a contained task ends the task alone, a hundred
// times, its mutex goes to who waits for it, the others work, and no memory is lost.
func TestFaults(t *testing.T) {
	for _, board := range []string{"mps2-an385", "mps2-an386", "mps2-an505", "mps2-an521", "netduinoplus2", "microbit", "riscv-virt"} {
		t.Run(board, func(t *testing.T) {
			t.Parallel()
			elf := boot.Build(t, "testdata/fault", board)
			for _, f := range faults() {
				report := f.on(board)
				if report == "" {
					continue
				}
				t.Run(f.kind, func(t *testing.T) {
					stderr, status := boot.Run(t, board, elf, boot.Limit, f.kind)
					if report == none {
						if status != 0 || stderr != none {
							t.Errorf("exit status %d, printed\n%s", status, stderr)
						}
						return
					}
					if status != 2 || !strings.HasPrefix(stderr, "fatal error: "+report+"\n") || !strings.Contains(stderr, " (culprit) [running]:\n") {
						t.Errorf("exit status %d, printed\n%s", status, stderr)
					}
					if f.kind != "overflow" || watched(board) {
						contained(t, board, elf, f.kind, report)
					}
				})
			}
		})
	}
}

// contained runs the program with contained tasks.
func contained(t *testing.T, board, elf, kind, report string) {
	t.Helper()
	const faults, end = 105, "handed over: 105 more goroutines: 0 leaked: false others worked: true\n"
	stderr, status := boot.Run(t, board, elf, boot.Limit, kind, "contained")
	if status != 0 || !strings.HasSuffix(stderr, end) {
		t.Errorf("contained: exit status %d, the last of it\n%s", status, stderr[max(0, len(stderr)-1000):])
	}
	reports, names := strings.Count(stderr, "fatal error: "+report+"\n"), strings.Count(stderr, " (culprit) [running]:\n")
	if reports != faults || names != faults {
		t.Errorf("contained: %d reports of %s, %d of the culprit, want %d", reports, report, names, faults)
	}
}
