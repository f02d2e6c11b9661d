// Package boot builds programs for tests and runs them on emulated boards.
package boot

import (
	"bytes"
	"context"
	"testing"
	"time"

	"mote/compiler"
	"mote/debug/trace"
	"mote/emulator"
	"mote/internal/cache"
	"mote/internal/need"
	"mote/target"
)

// Limit only ends programs that hang.
const Limit = 5 * time.Minute

// Board loads a board, and skips the test where its tools are missing, or with -short.
func Board(t testing.TB, name string) *target.Target {
	t.Helper()
	if testing.Short() {
		t.Skip("builds and boots images")
	}
	board, err := target.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	need.Tools(t, "clang-19", "ld.lld-19", board.Emulator.Program)
	return board
}

// Build builds the program in a folder with these build tags and returns the image's path.
func Build(t testing.TB, dir, board string, tags ...string) string {
	t.Helper()
	return BuildWith(t, board, func(cfg *compiler.Config) { cfg.Dir, cfg.Tags = dir, tags }).Path
}

// BuildWith builds what the configuration says after configure; it has the board and a cache.
func BuildWith(t testing.TB, board string, configure func(*compiler.Config)) *compiler.Image {
	t.Helper()
	b := Board(t, board)
	folder, err := cache.Dir()
	if err != nil {
		t.Fatal(err)
	}
	store, err := cache.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	cfg := compiler.Config{Target: b, Cache: store}
	configure(&cfg)
	img, err := compiler.Build(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// Run runs an image with arguments, and returns what it printed on standard error, traces resolved, and its exit status. Time passes with the
// instructions, so that the machine's load changes nothing; several cores take turns.
func Run(t testing.TB, board, elf string, limit time.Duration, args ...string) (stderr string, status int) {
	t.Helper()
	return run(t, elf, emulator.Config{Target: Board(t, board), ELF: elf, Args: args, Timeout: limit, Deterministic: true})
}

// RunHostClock is Run with the time of the host: interrupts come between other instructions each time, and cores run at the same time. For programs
// that check what holds in any order.
func RunHostClock(t testing.TB, board, elf string, limit time.Duration, args ...string) (stderr string, status int) {
	t.Helper()
	return run(t, elf, emulator.Config{Target: Board(t, board), ELF: elf, Args: args, Timeout: limit})
}

func run(t testing.TB, elf string, cfg emulator.Config) (stderr string, status int) {
	t.Helper()
	_, raw, res, err := emulator.Output(context.Background(), cfg)
	if err != nil {
		t.Fatalf("%v\n%s", err, raw)
	}
	img, err := trace.Open(elf)
	if err != nil {
		t.Fatal(err)
	}
	defer img.Close()
	var out bytes.Buffer
	w := trace.NewWriter(&out, img, "")
	if _, err := w.Write([]byte(raw)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String(), res.ExitCode
}
