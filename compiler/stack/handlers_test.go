package stack

import (
	"strings"
	"testing"
)

func TestHandlers(t *testing.T) {
	for _, test := range []struct {
		name   string
		target string
		levels map[int]int
		want   int64
	}{
		// All levels nest, each behind the first with the frame of an exception below it.
		{"unknown levels", "microbit", nil, 64 + 16 + 24 + 32 + 48 + 40 + 5*36},
		{"one level", "microbit", map[int]int{0: 128, 1: 128, 2: 128}, 64 + 16 + 24 + 48 + 3*36},
		{"two levels", "microbit", map[int]int{0: 64, 1: 128, 2: 64}, 64 + 16 + 24 + 40 + 48 + 4*36},
		{"one unknown", "microbit", map[int]int{1: 128, 2: 128}, 64 + 16 + 24 + 32 + 48 + 4*36},
		{"floating point", "mps2-an386", map[int]int{0: 128, 1: 128, 2: 128}, 64 + 16 + 24 + 48 + 3*108},
	} {
		t.Run(test.name, func(t *testing.T) {
			path, machine := link(t, "vectors.S", test.target)
			report, err := Apply(path, Input{Target: machine, Prefix: "stack.", Levels: test.levels})
			if err != nil {
				t.Fatal(err)
			}
			h := report.Handlers
			if h.Bytes != test.want || len(h.Handlers) != 6 || h.Size != machine.StackHandler {
				t.Errorf("%d bytes of %d for %d handlers, want %d of %d for 6", h.Bytes, h.Size, len(h.Handlers), test.want, machine.StackHandler)
			}
			if h.Handlers[3].Name != "interrupt 0" || h.Handlers[3].Symbol != "first" || h.Handlers[0].Symbol != "Default_Handler" {
				t.Errorf("handlers %+v", h.Handlers)
			}
			if err := h.Check(machine); err != nil {
				t.Error(err)
			}
			h.Size = h.Bytes - 8
			if err := h.Check(machine); err == nil || !strings.Contains(err.Error(), "stack_handler") {
				t.Errorf("8 bytes too few: error %v", err)
			}
		})
	}
}

// A call through a pointer counts with all that the source can have there, by the place of the instruction.
func TestCallees(t *testing.T) {
	path, machine := link(t, "thumb.S", "microbit")
	indirect := openGraph(t, path).byName["indirect"]
	var place Place
	for _, c := range indirect.calls {
		if c.indirect != "" {
			place = openGraph(t, path).places.of(c.from)
		}
	}
	if place.Line == 0 || !strings.HasSuffix(place.File, "thumb.S") {
		t.Fatalf("the call is at %v", place)
	}
	at := func(column int) Place { return Place{File: place.File, Line: place.Line, Column: column} }
	for _, test := range []struct {
		name    string
		callees map[Place][]string
		want    int64 // 0: no bound
	}{
		{"one", map[Place][]string{at(3): {"leaf"}}, 24},
		{"the deepest of a line", map[Place][]string{at(3): {"leaf"}, at(9): {"caller", "gone"}}, 40},
		{"none is linked", map[Place][]string{at(3): {"gone"}}, 0},
		{"one of the line is not known", map[Place][]string{at(3): {"leaf"}, at(9): nil}, -1},
		{"recursion", map[Place][]string{at(3): {"indirect"}}, -1},
		{"other line", map[Place][]string{{File: place.File, Line: place.Line + 1}: {"leaf"}}, -1},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := newGraph(openGraph(t, path).code, Input{Target: machine, Callees: test.callees})
			d := g.depth(g.byName["indirect"])
			if want := test.want + indirect.frame; (test.want < 0) != (d.reason != "") || test.want >= 0 && d.bytes != want {
				t.Errorf("%d bytes (%s), want %d", d.bytes, d.reason, want)
			}
		})
	}
}

// What the source states ends the search, but for deferred calls.
func TestStated(t *testing.T) {
	path, machine := link(t, "thumb.S", "microbit")
	g := newGraph(openGraph(t, path).code, Input{Target: machine, Stated: map[string]int64{"odd": 100, "deferring": 72}})
	for name, want := range map[string]struct {
		bytes  int64
		defers bool
	}{"odd": {100, false}, "even": {108, false}, "into_cycle": {0, false}, "deferring": {72, true}} {
		fn := g.byName[name]
		d := g.depth(fn)
		if want.bytes == 0 {
			want.bytes = 100 + fn.frame
		}
		if d.reason != "" || d.bytes != want.bytes || !d.stated || g.defers(fn, map[*function]bool{}) != want.defers {
			t.Errorf("%s: %d bytes (%s), stated %v, want %+v", name, d.bytes, d.reason, d.stated, want)
		}
	}
}
