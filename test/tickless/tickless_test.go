// Package tickless looks at the time while nothing runs: that the processor is left alone then, and that no clock is lost by it.
package tickless

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mote/emulator"
	"mote/internal/cache"
	"mote/test/boot"
)

// timeLimit only ends programs that hang.
const timeLimit = 2 * time.Minute

// TestIdleTicks: a second of sleep takes a handful of ticks: one that ends the period in which it begins, as many as the counter's 24 bits
// need to reach the end, and on slow hosts one that wakes too early for the sleeper.
func TestIdleTicks(t *testing.T) {
	for _, board := range []string{"mps2-an385", "mps2-an386", "mps2-an505", "mps2-an521", "netduinoplus2", "microbit"} {
		t.Run(board, func(t *testing.T) {
			t.Parallel()
			cfg := config(t, "idle", board, "mote.checkstack")
			log := filepath.Join(t.TempDir(), "exceptions")
			cfg.Args = []string{"1"}
			cfg.Extra = []string{"-icount", "shift=0", "-d", "int", "-D", log}
			output(t, cfg)
			text, err := os.ReadFile(log)
			if err != nil {
				t.Fatal(err)
			}
			ticks := bytes.Count(text, []byte("...loading from element 15 of ")) // of the vector table: SysTick
			most := 8 + int(cfg.Target.CPUHz>>24)
			t.Logf("%d ticks, at most %d", ticks, most)
			if ticks < 2 || ticks > most {
				t.Errorf("%d ticks in a second of sleep, want at most %d", ticks, most)
			}
		})
	}
}

// TestIdleInstructions: a longer sleep takes hardly any instructions more. This is the only sign of a tick where idle processors take no
// interrupts.
func TestIdleInstructions(t *testing.T) {
	for _, board := range []string{"mps2-an385", "riscv-virt"} {
		t.Run(board, func(t *testing.T) {
			t.Parallel()
			cfg := config(t, "idle", board)
			folder, err := cache.Dir()
			if err != nil {
				t.Fatal(err)
			}
			instructions := func(seconds string) uint64 {
				cfg.Args = []string{seconds}
				counts, res, err := emulator.Count(context.Background(), cfg, folder)
				if err != nil || res.ExitCode != 0 {
					t.Fatal(res.ExitCode, err)
				}
				return counts.Instructions
			}
			const most = 2000 // a tick takes about 200
			more := int64(instructions("3") - instructions("1"))
			t.Logf("%d instructions in two seconds", more)
			if more > most {
				t.Errorf("%d instructions in two seconds of sleep, want at most %d", more, most)
			}
		})
	}
}

// TestClock: the runtime's clock and a timer of the board that counts the same clocks stay together over sleeps of any length; see
// testdata/clock. Only where an interrupt ends a long period something can get lost: the counter begins anew, and in the emulator that is not
// with an edge of its clock, nor do the instructions in between take whole clocks, which is about a clock in all. The processor does not sleep
// there, since the emulator's time would be the host's then, but takes the same ways.
func TestClock(t *testing.T) {
	const rounds = 400
	for _, board := range []string{"mps2-an385", "mps2-an505", "microbit"} {
		t.Run(board, func(t *testing.T) {
			t.Parallel()
			cfg := config(t, "clock", board, "mote.nosleep", "mote.checkstack")
			cfg.Args = []string{fmt.Sprint(rounds)}
			cfg.Extra = []string{"-icount", "shift=3"}
			text := output(t, cfg)
			var sleeps, alarms int
			if n, err := fmt.Sscanf(text, "sleeps: %d apart\nalarms: %d apart\n", &sleeps, &alarms); n != 2 || strings.Count(text, "\n") != 2 {
				t.Fatalf("%v\n%s", err, text)
			}
			t.Logf("%d clocks apart after %d sleeps, %d after as many alarms", sleeps, rounds, alarms)
			if sleeps != 0 || alarms < -rounds || alarms > 3*rounds/2 {
				t.Errorf("the clock is %d clocks behind after sleeps and %d after %d alarms", sleeps, alarms, rounds)
			}
		})
	}
}

// config builds a program.
func config(t *testing.T, name, board string, tags ...string) emulator.Config {
	t.Helper()
	return emulator.Config{Target: boot.Board(t, board), ELF: boot.Build(t, filepath.Join("testdata", name), board, tags...), Timeout: timeLimit}
}

// output runs a program that ends well and returns what it printed.
func output(t *testing.T, cfg emulator.Config) string {
	t.Helper()
	_, stderr, res, err := emulator.Output(context.Background(), cfg)
	if err != nil || res.ExitCode != 0 {
		t.Fatalf("exit status %d, %v\n%s", res.ExitCode, err, stderr)
	}
	return stderr
}
