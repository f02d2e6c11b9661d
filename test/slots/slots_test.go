// Package slots runs programs whose goroutines get their memory at build time.
package slots

import (
	"fmt"
	"strings"
	"testing"

	"mote/compiler"
	"mote/test/boot"
)

// boards with what of -tasks fits beside the program.
func boards() map[string]int64 {
	return map[string]int64{"mps2-an385": 16, "mps2-an386": 16, "mps2-an505": 16, "mps2-an521": 16, "riscv-virt": 16, "netduinoplus2": 16, "microbit": 3}
}

// build builds a program with room for so many goroutines.
func build(t *testing.T, dir, board string, tasks int64, tags ...string) string {
	t.Helper()
	return boot.BuildWith(t, board, func(cfg *compiler.Config) {
		cfg.Dir, cfg.Target.Tasks, cfg.TasksStated, cfg.Tags = dir, tasks, true, tags
	}).Path
}

// TestReserve: goroutines up to the capacity start without the heap, which is full, and use the memory of those that have ended; one more takes it
// from the heap.
func TestReserve(t *testing.T) {
	for board, tasks := range boards() {
		t.Run(board, func(t *testing.T) {
			elf := build(t, "testdata/reserve", board, tasks)
			cores := boot.Board(t, board).Cores
			for _, tt := range []struct {
				mode, want string
				status     int
			}{
				{"full", fmt.Sprintf("ran %d on the heap 0\n", 20*tasks), 0},
				{"beyond", fmt.Sprintf("on the heap false\non the heap true\nran %d on the heap 0\n", 21*tasks+int64(cores)), 0},
				{"fullbeyond", fmt.Sprintf("started %d\nruntime: out of memory: cannot allocate ", tasks), 2},
			} {
				stderr, status := boot.Run(t, board, elf, boot.Limit, tt.mode, fmt.Sprint(tasks))
				if status != tt.status || !strings.HasPrefix(stderr, tt.want) {
					t.Errorf("%s: exit status %d, printed\n%s\nwant %d and\n%s", tt.mode, status, stderr, tt.status, tt.want)
				}
			}
		})
	}
}

// TestCores: goroutines that start and end on both cores share slots, and none runs on the stack of another one.
func TestCores(t *testing.T) {
	const board = "mps2-an521"
	stderr, status := boot.RunHostClock(t, board, build(t, "testdata/cores", board, 32, "mote.checkstack"), boot.Limit)
	if want := "ran 32000 wrong 0 on the heap 0\n"; status != 0 || stderr != want {
		t.Errorf("exit status %d, printed\n%s\nwant\n%s", status, stderr, want)
	}
}
