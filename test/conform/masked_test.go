package conform

import (
	"strings"
	"testing"

	"mote/emulator"
)

func TestMasksAreGathered(t *testing.T) {
	var m Masks
	m.add("a.go", emulator.Masks{Stretches: []emulator.Stretch{{Function: "f", Count: 2, Max: 10}, {Function: "f", Count: 1, Max: 61}}, Nested: 3})
	m.add("b.go", emulator.Masks{Stretches: []emulator.Stretch{{Function: "f", Count: 4, Max: 60}, {Function: trapVector, Count: 1, Max: 300}}, Interrupted: 5})
	var text strings.Builder
	longest, err := m.Write(&text)
	if err != nil || longest != 61 {
		t.Errorf("the longest is %d, %v; want 61", longest, err)
	}
	const want = `# instructions with interrupts masked, over 2 programs; 5 stretches were interrupted by what the mask allows and left out
# a.go masks 3 times while masked: its lengths may be wrong
   300           1 times  mote_trap_vector  (b.go)
    61           7 times  f  (a.go)  above the bar of 60
`
	if text.String() != want {
		t.Errorf("got\n%swant\n%s", text.String(), want)
	}
	if longest, err := ReadLongest(strings.NewReader(text.String())); err != nil || longest != 61 {
		t.Errorf("the list says that the longest is %d, %v; want 61", longest, err)
	}
	if _, err := ReadLongest(strings.NewReader("nonsense\n")); err == nil {
		t.Error("nonsense is accepted")
	}
}
