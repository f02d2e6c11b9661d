package frame

import "testing"

// sampleFrames describes main.f (0x140): push {r4, lr} and sub sp, #8 at its beginning.
func sampleFrames() []byte {
	return []byte{
		16, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 4, 0, 4, 0, 2, 0x7C, 14, // CIE: code in 2s, data in -4s, r14 is the return address
		0x0C, 13, 0, 0, 0, // CFA = r13 + 0
		24, 0, 0, 0, 0, 0, 0, 0, 0x40, 1, 0, 0, 0x20, 0, 0, 0, // FDE of 0x140 to 0x160
		0x41, 0x0E, 8, 0x8E, 1, 0x84, 2, 0x41, 0x0E, 16, 0, 0,
	}
}

func TestFrameRules(t *testing.T) {
	table := Parse(sampleFrames())
	if len(table.entries) != 1 {
		t.Fatalf("%d entries", len(table.entries))
	}
	for pc, want := range map[uint64]Rules{
		0x140: {CFARegister: 13, CFAKnown: true},
		0x142: {CFARegister: 13, CFAKnown: true, CFAOffset: 8, RASaved: true, RAOffset: -4},
		0x144: {CFARegister: 13, CFAKnown: true, CFAOffset: 16, RASaved: true, RAOffset: -4},
	} {
		if got, ok := table.Find(pc); !ok || got != want {
			t.Errorf("at %#x: %+v, %v, want %+v", pc, got, ok, want)
		}
	}
	if _, ok := table.Find(0x160); ok {
		t.Error("found rules behind the function")
	}
}

// TestForgottenPush has the frame information of a Thumb-1 prologue by LLVM 19: push {r4, lr}; push {r8, r9}; sub sp, #8.
func TestForgottenPush(t *testing.T) {
	table := Parse([]byte{
		16, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 4, 0, 4, 0, 2, 0x7C, 14,
		0x0C, 13, 0, 0, 0,
		28, 0, 0, 0, 0, 0, 0, 0, 0x40, 1, 0, 0, 0x20, 0, 0, 0,
		0x41, 0x0E, 8, 0x8E, 1, 0x84, 2, 0x41, 0x89, 3, 0x88, 4, 0x41, 0x0E, 16, 0,
	})
	for pc, want := range map[uint64]int64{0x142: 8, 0x144: 16, 0x146: 24} {
		if got, ok := table.Find(pc); !ok || got.CFAOffset != want || got.RAOffset != -4 {
			t.Errorf("at %#x: %+v, %v, want a frame of %d bytes", pc, got, ok, want)
		}
	}
}
