package run

import "testing"

// TestDeterministic: a program that races with the clock, and its goroutines with each other, does the same again.
func TestDeterministic(t *testing.T) {
	for _, board := range emulated(t) {
		t.Run(board.Name, func(t *testing.T) {
			t.Parallel()
			first, second := onTarget(t, "device/rounds", board), onTarget(t, "device/rounds", board)
			if first != second || first.status != 0 || first.stderr == "" {
				t.Errorf("one run:\n%+v\nthe next:\n%+v", first, second)
			}
		})
	}
}
