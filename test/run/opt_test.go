package run

import (
	"context"
	"path/filepath"
	"testing"

	"mote/compiler"
	"mote/emulator"
	"mote/test/boot"
)

// TestOptimised: programs that depend on what LLVM keeps and inlines behave the same at all levels; TestSameAsGoRun has -opt=z.
func TestOptimised(t *testing.T) {
	boards := emulated(t)
	for _, program := range []string{"uintptrescapes"} {
		dir := filepath.Join("testdata", program)
		want := reference(t, dir)
		for _, board := range boards {
			for _, opt := range []string{"s", "2"} {
				t.Run(program+"/"+board.Name+"/"+opt, func(t *testing.T) {
					t.Parallel()
					elf := boot.BuildWith(t, board.Name, func(cfg *compiler.Config) { cfg.Dir, cfg.Opt = dir, opt }).Path
					stdout, stderr, res, err := emulator.Output(context.Background(), emulator.Config{Target: board, ELF: elf, Timeout: timeLimit, Deterministic: true})
					if err != nil {
						t.Fatalf("%v\n%s%s", err, stdout, stderr)
					}
					compare(t, output{stdout, stderr, res.ExitCode}, want)
				})
			}
		}
	}
}
