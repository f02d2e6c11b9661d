package kernel

import (
	"cmp"
	"context"
	"fmt"
	"path"
	"slices"

	"mote/debug/trace"
	"mote/emulator"
)

// longestMasked is the longest stretch with interrupts masked in any of the programs here. The conformance runner measures it over all of
// GOROOT/test (-masked).
func longestMasked(b *Bench) (int64, error) {
	stretches, err := b.Masked()
	if err != nil || len(stretches) == 0 {
		return 0, err
	}
	return int64(stretches[0].Max), nil
}

// MaskedIn is the longest masked stretch that begins in a function.
type MaskedIn struct {
	Function, Program string
	From, To          string // the lines of the function at which the longest begins and ends
	Max, Count        uint64
}

// Masked lists by function what was seen in all programs, the longest first.
func (b *Bench) Masked() ([]MaskedIn, error) {
	var list []MaskedIn
	at := map[string]int{}
	for _, program := range programs() {
		img, err := b.image(program, "2")
		if err != nil {
			return nil, fmt.Errorf("%s: %w", program, err)
		}
		masks, _, err := emulator.Masked(context.Background(), emulator.Config{Target: b.board, ELF: img.Path, Timeout: timeLimit}, b.store)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", program, err)
		}
		if masks.Nested > 0 {
			return nil, fmt.Errorf("%s masks interrupts %d times while they are masked", program, masks.Nested)
		}
		lines, err := trace.Open(img.Path)
		if err != nil {
			return nil, err
		}
		for _, s := range masks.Stretches {
			i, ok := at[s.Function]
			if !ok {
				i = len(list)
				at[s.Function] = i
				list = append(list, MaskedIn{Function: s.Function})
			}
			m := &list[i]
			m.Count += s.Count
			if s.Max > m.Max {
				m.Max, m.Program = s.Max, program
				m.From, m.To = calls(lines, s.Start), calls(lines, s.End)
			}
		}
		lines.Close()
	}
	slices.SortFunc(list, func(a, b MaskedIn) int { return cmp.Or(cmp.Compare(b.Max, a.Max), cmp.Compare(a.Function, b.Function)) })
	return list, nil
}

// calls names the line at address, from the function that it is in to the innermost one inlined there: "chan.go:80 > lock.go:12".
func calls(lines *trace.Image, address uint64) string {
	text := ""
	frames := lines.Resolve(address)
	slices.Reverse(frames)
	for i, f := range frames {
		if i > 0 {
			text += " > "
		}
		text += fmt.Sprintf("%s:%d", path.Base(f.File), f.Line)
	}
	return text
}
