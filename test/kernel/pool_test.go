package kernel

import (
	"context"
	"testing"
	"time"

	"mote/emulator"
	"mote/internal/need"
)

// TestPoolIsSharedWithAHandler interrupts a program between any two instructions: with the instruction count as its time the emulator
// does not only interrupt where a translated block ends.
func TestPoolIsSharedWithAHandler(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and boots an image")
	}
	need.Tools(t, "clang-19", "ld.lld-19", "qemu-system-arm")
	bench, err := New()
	if err != nil {
		t.Fatal(err)
	}
	img, err := bench.image("poolirq", "2")
	if err != nil {
		t.Fatal(err)
	}
	_, stderr, res, err := emulator.Output(context.Background(), emulator.Config{Target: bench.board, ELF: img.Path, ICount: true, Timeout: time.Minute})
	if err != nil || res.ExitCode != 0 || stderr != "0 3\n" {
		t.Errorf("exit status %d, %v, printed %q, want that 0 blocks are spoiled and 3 free", res.ExitCode, err, stderr)
	}
}
