package emulator_test

import (
	"context"
	"testing"

	"mote/emulator"
)

func TestMaskedIsExact(t *testing.T) {
	masks := measure(t, image(t, "masked"), map[string]seen{
		"stretch": {3, 8}, // three turns of two instructions, mov, msr
		"nested":  {1, 3}, // ends with the first cpsie
	})
	if masks.Nested != 1 || masks.Interrupted != 1 {
		t.Errorf("%d nested, %d interrupted, want 1 of each", masks.Nested, masks.Interrupted)
	}
}

func TestMaskedOnRISCV(t *testing.T) {
	masks := measure(t, imageFor(t, "riscv-virt", "masked_riscv"), map[string]seen{
		"immediate": {1, 3},
		"register":  {2, 4},
		"written":   {1, 2},
	})
	if masks.Nested != 0 {
		t.Errorf("%d nested, want none", masks.Nested)
	}
}

// seen is what Masks says of the stretches in a function.
type seen struct{ count, max uint64 }

func measure(t *testing.T, cfg emulator.Config, want map[string]seen) emulator.Masks {
	t.Helper()
	masks, res, err := emulator.Masked(context.Background(), cfg, t.TempDir())
	if err != nil || res.ExitCode != 0 {
		t.Fatalf("exit status %d, %v", res.ExitCode, err)
	}
	for _, s := range masks.Stretches {
		if got := (seen{s.Count, s.Max}); got != want[s.Function] || s.End <= s.Start {
			t.Errorf("%s: %d stretches of at most %d instructions from %#x to %#x, want %v", s.Function, s.Count, s.Max, s.Start, s.End, want[s.Function])
		}
		delete(want, s.Function)
	}
	for name := range want {
		t.Errorf("%s: no stretch", name)
	}
	return masks
}
