// Package multicore runs programs on a board with two cores, on which goroutines really run at the same time: the emulator has a thread for each.
package multicore

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"mote/emulator"
	"mote/test/boot"
)

const board = "mps2-an521"

// TestLitmus: atomics order what the memory model of Go says that they do, and nobody loses an update.
func TestLitmus(t *testing.T) {
	stderr, status := boot.RunHostClock(t, board, boot.Build(t, "testdata/litmus", board), boot.Limit)
	lines := strings.Split(strings.TrimSpace(stderr), "\n")
	if status != 0 || len(lines) != 10 || lines[9] != "on both cores: true" {
		t.Fatalf("exit status %d, printed\n%s", status, stderr)
	}
	for _, line := range lines[:9] {
		if !strings.Contains(line, " forbidden: 0 ") {
			t.Error(line)
		}
	}
	if !strings.Contains(stderr, "concurrent: true") {
		t.Errorf("the two sides of the tests were never under way at the same time:\n%s", stderr)
	}
}

// TestCores: goroutines run on all cores, the pinned ones where they are told, the most urgent ones first.
func TestCores(t *testing.T) {
	const want = `cores: 2 2 2
at the same time: true
elsewhere: 0
not where sent: 0
ran: false true true
rtos.Go: priority above MaxPriority, or no such cores
`
	if stderr, status := boot.RunHostClock(t, board, boot.Build(t, "testdata/cores", board), boot.Limit); status != 0 || stderr != want {
		t.Errorf("exit status %d, printed\n%s\nwant\n%s", status, stderr, want)
	}
}

// TestStress: everything at once, on both cores, with stacks compared with their bounds; also where the emulator lets the cores take turns.
func TestStress(t *testing.T) {
	elf := boot.Build(t, "testdata/stress", board, "mote.checkstack")
	for _, count := range []bool{false, true} {
		t.Run(fmt.Sprint("icount=", count), func(t *testing.T) {
			cfg := emulator.Config{Target: boot.Board(t, board), ELF: elf, Args: []string{"300"}, ICount: count, Timeout: 2 * time.Minute}
			stdout, stderr, res, err := emulator.Output(context.Background(), cfg)
			if want := "true true 5 true 40 1\n"; err != nil || res.ExitCode != 0 || stdout != want {
				t.Errorf("%v, exit status %d, printed\n%s%s\nwant\n%s", err, res.ExitCode, stdout, stderr, want)
			}
		})
	}
}

// TestDeadlock: that no goroutine of any core can go on is noticed, and all are shown.
func TestDeadlock(t *testing.T) {
	stderr, status := boot.RunHostClock(t, board, boot.Build(t, "testdata/deadlock", board), boot.Limit)
	if status != 2 || !strings.HasPrefix(stderr, "fatal error: all goroutines are asleep - deadlock!\n") ||
		strings.Count(stderr, "(waiter) [chan receive]:") != 2 || !strings.Contains(stderr, "goroutine 1 [select (no cases)]:") {
		t.Errorf("exit status %d, printed\n%s", status, stderr)
	}
}

// TestCrash: a program that fails on core 1 ends with one report of it, and is not disturbed by core 0.
func TestCrash(t *testing.T) {
	elf := boot.Build(t, "testdata/crash", board)
	for how, want := range map[string]string{
		"panic":    "panic: on core 1\n\ngoroutine 2 (culprit) [running]:\n",
		"nil":      "panic: runtime error: invalid memory address or nil pointer dereference\n",
		"overflow": "fatal error: stack overflow\n",
	} {
		t.Run(how, func(t *testing.T) {
			stderr, status := boot.RunHostClock(t, board, elf, boot.Limit, how)
			if status != 2 || !strings.HasPrefix(stderr, want) || strings.Count(stderr, "goroutine ") != 1 || !strings.Contains(stderr, "(culprit) [running]:\n") {
				t.Errorf("exit status %d, printed\n%s", status, stderr)
			}
		})
	}
	if stderr, status := boot.RunHostClock(t, board, elf, boot.Limit, "exit"); status != 3 || stderr != "" {
		t.Errorf("exit status %d, printed\n%s", status, stderr)
	}
}

// TestBothFail: when two cores fail at the same instant, one of them reports, and as a whole.
func TestBothFail(t *testing.T) {
	elf := boot.Build(t, "testdata/both", board)
	for range 10 {
		stderr, status := boot.RunHostClock(t, board, elf, boot.Limit)
		if status != 2 || whole(stderr) != 1 || strings.Count(stderr, "fatal error: ") != 1 {
			t.Fatalf("exit status %d, printed\n%s", status, stderr)
		}
	}
}

// TestBothFailAndGoOn: when the two are contained, both report, one after the other.
func TestBothFailAndGoOn(t *testing.T) {
	const rounds = 50
	stderr, status := boot.RunHostClock(t, board, boot.Build(t, "testdata/both", board), boot.Limit, "contained")
	if n := whole(stderr); status != 0 || n != 2*rounds || !strings.HasSuffix(stderr, "went on\n") {
		t.Errorf("exit status %d, %d whole reports, printed\n%s", status, n, stderr)
	}
}

// report is that of a fault in one of the two.
var report = regexp.MustCompile(`(?m)^fatal error: BusFault\n\[fault kind=.*\]\n(\t.*\n)*\[regs .*\]\n\ngoroutine [0-9]+ \((left|right)\) \[running\]:\n(main\..*\n\t.*\n)+`)

// whole counts reports that are as they should be.
func whole(stderr string) int { return len(report.FindAllString(stderr, -1)) }
