package run

import (
	"context"
	"regexp"
	"testing"

	"mote/emulator"
)

// instructionClock makes time pass with instructions alone; emulator.Config.ICount lets it pass with the host's clock while the processor sleeps.
var instructionClock = []string{"-icount", "shift=0,sleep=off"}

// TestExamples runs the examples that are about time. Instructions are their clock, so they print the same on every machine; what can change
// when the compiler's code does is compared within bounds.
func TestExamples(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and boots images")
	}
	tests := map[string]string{
		"button": `press 1 - now every 50 ms
press 2 - now every 25 ms
press 3 - now every 100 ms
`,
		"control": `499 rounds, 0 missed, 60\.0 °C of 60\.0 °C
jitter in µs: min 0, mean \d{1,2}, max \d{1,3}
the collector ran meanwhile: true
`,
		"pipeline": `200 packets: 1[67]\d sent, 1[67]\d received
dropped: 0 without a block, (?:29 without room in the queue; 29|30 without room in the queue; 30|31 without room in the queue; 31) gaps seen
8 of 8 blocks are free
`,
	}
	boards := emulated(t)
	for name, want := range tests {
		for _, board := range boards {
			if board.Name != "mps2-an385" && board.Name != "riscv-virt" {
				continue
			}
			t.Run(name+"/"+board.Name, func(t *testing.T) {
				t.Parallel()
				img := build(t, "../../examples/"+name, board)
				stdout, stderr, res, err := emulator.Output(context.Background(),
					emulator.Config{Target: board, ELF: img, Timeout: timeLimit, Extra: instructionClock})
				if err != nil || res.ExitCode != 0 {
					t.Fatalf("exit status %d, %v\n%s%s", res.ExitCode, err, stdout, stderr)
				}
				if got := stdout + stderr; !regexp.MustCompile("^" + want + "$").MatchString(got) {
					t.Errorf("it printed\n%s\nwant\n%s", got, want)
				}
			})
		}
	}
}
