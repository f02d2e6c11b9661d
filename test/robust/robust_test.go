// Package robust runs programs on the emulated boards that try to bring the kernel out of order: at random times for long (soak), in a random
// order that a reference scheduler foretells (model), with locks held in unlucky ways (inversion), and with tasks that do what they must not
// (fault).
package robust

import (
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"mote/test/boot"
)

var soak = flag.Bool("soak", false, "let TestSoak make a million context switches")

// TestSoak: nothing is lost under interrupts at random times, see testdata/soak. `make soak` lets it run for a million switches. The stacks stay within
// their bounds, too.
func TestSoak(t *testing.T) {
	for _, board := range []string{"mps2-an385", "mps2-an386", "mps2-an505", "mps2-an521", "netduinoplus2", "riscv-virt"} {
		t.Run(board, func(t *testing.T) {
			t.Parallel()
			switches, limit := 50_000, boot.Limit
			if *soak {
				switches, limit = 1_000_000, 20*time.Minute
			}
			stderr, status := boot.RunHostClock(t, board, boot.Build(t, "testdata/soak", board, "mote.checkstack"), limit, strconv.Itoa(switches))
			t.Log(stderr)
			if status != 0 || !strings.HasSuffix(stderr, "ok: true\n") {
				t.Errorf("exit status %d", status)
			}
		})
	}
}

// TestModel: random programs of several tasks do on a device what the reference scheduler says.
func TestModel(t *testing.T) {
	const seeds = 100
	for _, board := range []string{"mps2-an385", "mps2-an386", "mps2-an505", "netduinoplus2", "riscv-virt"} {
		t.Run(board, func(t *testing.T) {
			t.Parallel()
			stderr, status := boot.Run(t, board, boot.Build(t, "testdata/model", board), boot.Limit, "1", strconv.Itoa(seeds))
			lines := strings.Split(strings.TrimSpace(stderr), "\n")
			if status != 0 || len(lines) != seeds {
				t.Fatalf("exit status %d, %d lines, the last is\n%s", status, len(lines), lines[len(lines)-1])
			}
			for i, line := range lines {
				compare(t, line, expected(uint32(1+i)))
			}
		})
	}
}

// TestInversion: inheritance, ceilings, deadlocks and the order within a priority, see testdata/inversion.
func TestInversion(t *testing.T) {
	want, err := os.ReadFile(filepath.Join("testdata", "inversion", "want.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, board := range []string{"mps2-an385", "mps2-an386", "mps2-an505", "netduinoplus2", "microbit", "riscv-virt"} {
		t.Run(board, func(t *testing.T) {
			t.Parallel()
			if stderr, status := boot.Run(t, board, boot.Build(t, "testdata/inversion", board), boot.Limit); status != 0 || stderr != string(want) {
				t.Errorf("exit status %d, printed\n%s\nwant\n%s", status, stderr, want)
			}
		})
	}
}

// compare reports where two traces part.
func compare(t *testing.T, got, want string) {
	t.Helper()
	if got == want {
		return
	}
	was, is := strings.Fields(want), strings.Fields(got)
	same := 0
	for same < min(len(was), len(is)) && was[same] == is[same] {
		same++
	}
	t.Errorf("seed %s: after %v\nthe device has %v\nand the reference %v", is[1], is[max(0, same-12):same], is[same:min(same+6, len(is))], was[same:min(same+6, len(was))])
}
