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

// A call through a pointer counts with all that the compiler says it can run; what is not linked is not called.
func TestWithin(t *testing.T) {
	path, machine := link(t, "thumb.S", "microbit")
	frame := openGraph(t, path).byName["indirect"].frame
	for _, test := range []struct {
		name    string
		callees []string
		want    int64 // of the deepest callee; -1: no bound
	}{
		{"one", []string{"leaf"}, 24},
		{"the deepest", []string{"leaf", "caller", "gone"}, 40},
		{"none is linked", []string{"gone"}, 0},
		{"not known", nil, -1},
		{"recursion", []string{"above"}, -1},
	} {
		t.Run(test.name, func(t *testing.T) {
			within := func(symbol string) ([]string, bool) { return test.callees, symbol == "indirect" && test.callees != nil }
			g := newGraph(openGraph(t, path).code, Input{Target: machine, Within: within})
			d := g.depth(g.byName["indirect"])
			if (test.want < 0) != (d.reason != "") || test.want >= 0 && d.bytes != frame+test.want {
				t.Errorf("%d bytes (%s), want %d", d.bytes, d.reason, frame+test.want)
			}
			if d.reason == "a call through a func value or interface" && (d.place.Line == 0 || !strings.HasSuffix(d.place.File, "thumb.S")) {
				t.Errorf("the call is at %v", d.place)
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
