package slots

import (
	"errors"
	"slices"
	"testing"

	"mote/compiler/stack"
)

// many is more starts than any capacity.
const many = 1 << 30

// goroutines are the first functions of the tests: a and b have bounds, r has none, o a stack of its own size, and t runs tests.
func goroutines() *stack.Report {
	return &stack.Report{Goroutines: []stack.Goroutine{
		{Entry: "a", Bytes: 208}, {Entry: "b", Bytes: 1008}, {Entry: "r"}, {Entry: "o", Bytes: 3008, Own: true}, {Entry: "t", Reserved: 1 << 19},
	}}
}

func input(starts ...Start) Input {
	return Input{
		Starts: starts, Report: goroutines(), Layout: Layout{Task: 48, Bounded: 112, Name: 16, Default: 4096, Spare: 4096},
		Capacity: 16, Cores: 1, Room: 1 << 20,
	}
}

func TestPlan(t *testing.T) {
	const a, b, def, own = 208 + 112, 1008 + 112, 4096 + 48, 3008 + 48
	none := Kind{Size: def}
	tests := []struct {
		name   string
		starts []Start
		change func(*Input)
		want   []Kind
	}{
		{"nothing is started", nil, nil, []Kind{none}},
		{"once", []Start{{Entry: "a", Times: 1}}, nil, []Kind{none, {a, 1, "a"}}},
		{"a name takes room", []Start{{Entry: "a", Times: 1, Named: true}}, nil, []Kind{none, {a + 16, 1, "a"}}},
		{"also where others have none", []Start{{Entry: "a", Times: 1}, {Entry: "a", Times: 2, Named: true}}, nil, []Kind{none, {a + 16, 3, "a"}}},
		{"without bound", []Start{{Entry: "r", Times: 3}, {Times: 2}}, nil, []Kind{{def, 5, ""}}},
		{"in a loop", []Start{{Entry: "a", Times: many}}, nil, []Kind{none, {a, 16, "a"}}},
		{"one core more", []Start{{Entry: "a", Times: many}}, func(in *Input) { in.Cores = 2 }, []Kind{none, {a, 17, "a"}}},
		{"one core more, but few starts", []Start{{Entry: "a", Times: 16}}, func(in *Input) { in.Cores = 2 }, []Kind{none, {a, 16, "a"}}},
		{"the runtime's own come on top", []Start{{Entry: "r", Times: many}, {Times: 1, Own: true}}, nil, []Kind{{def, 17, ""}}},
		{"two sizes, each once", []Start{{Entry: "a", Times: 1}, {Entry: "b", Times: 1}}, nil, []Kind{none, {a, 1, "a"}, {b, 1, "b"}}},
		{"two sizes, in loops: 16 of the larger serve both", []Start{{Entry: "a", Times: many}, {Entry: "b", Times: many}}, nil, []Kind{none, {b, 16, "b"}}},
		{"two sizes, the larger once", []Start{{Entry: "a", Times: many}, {Entry: "b", Times: 1}}, nil, []Kind{none, {a, 16, "a"}, {b, 1, "b"}}},
		{"all in loops", []Start{{Entry: "a", Times: many}, {Times: many}}, nil, []Kind{{def, 16, ""}}},
		{"a size of its own", []Start{{Entry: "o", Times: 1}}, nil, []Kind{none, {own, 1, "o"}}},
		{"tests get none", []Start{{Entry: "t", Times: many}}, nil, []Kind{none}},
		{"what the linker left out", []Start{{Entry: "gone", Times: many}}, nil, []Kind{none}},
		{"a quarter of the room", []Start{{Entry: "r", Times: many}}, func(in *Input) { in.Room = 4 * 3 * def }, []Kind{{def, 3, ""}}},
		{"a quarter of the room is too little", []Start{{Entry: "r", Times: many}}, func(in *Input) { in.Room = 4*def - 1 }, []Kind{none}},
		{"what is stated takes more", []Start{{Entry: "r", Times: many}}, func(in *Input) { in.Room, in.Stated = 16*def+4096, true }, []Kind{{def, 16, ""}}},
		{"without a heap all of it", []Start{{Entry: "r", Times: many}}, func(in *Input) { in.Room, in.NoHeap = 16*def+4096, true }, []Kind{{def, 16, ""}}},
		{"or nothing", []Start{{Entry: "r", Times: many}}, func(in *Input) { in.Room, in.NoHeap = 16*def, true }, []Kind{none}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := input(tt.starts...)
			if tt.change != nil {
				tt.change(&in)
			}
			p, err := Make(in)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(p.Kinds, tt.want) || p.Spare != 4096 {
				t.Errorf("got %+v and %d bytes, want %+v", p.Kinds, p.Spare, tt.want)
			}
			for entry, kind := range p.Of {
				if size := in.size(in.Report.Goroutines[slices.IndexFunc(in.Report.Goroutines, func(g stack.Goroutine) bool { return g.Entry == entry })], false); size > p.Kinds[kind].Size {
					t.Errorf("%s needs %d bytes and has slots of %d", entry, size, p.Kinds[kind].Size)
				}
			}
		})
	}
}

func TestSpareStackOnlyForBounds(t *testing.T) {
	in := input(Start{Times: 1})
	in.Report = &stack.Report{Goroutines: []stack.Goroutine{{Entry: "r"}, {Entry: "o", Bytes: 400, Own: true}}}
	if p, err := Make(in); err != nil || p.Spare != 0 {
		t.Errorf("got %+v, %v", p, err)
	}
}

// TestKindsAreFew: more sizes than kinds are joined, and whoever has one finds a slot that is large enough.
func TestKindsAreFew(t *testing.T) {
	in := input()
	in.Report = &stack.Report{}
	for i := range int64(20) {
		entry := string(rune('a' + i))
		in.Report.Goroutines = append(in.Report.Goroutines, stack.Goroutine{Entry: entry, Bytes: 256 + 16*i*i})
		in.Starts = append(in.Starts, Start{Entry: entry, Times: 1})
	}
	p, err := Make(in)
	if err != nil || len(p.Kinds) != MaxKinds {
		t.Fatalf("got %+v, %v", p, err)
	}
	count := int64(0)
	for _, k := range p.Kinds {
		count += k.Count
	}
	for _, g := range in.Report.Goroutines {
		if k := p.Kinds[p.Of[g.Entry]]; k.Size < g.Bytes+112 {
			t.Errorf("%s has slots of %d bytes and needs %d", g.Entry, k.Size, g.Bytes+112)
		}
	}
	if count < 16 {
		t.Errorf("%d slots for 20 goroutines and a capacity of 16", count)
	}
}

func TestStatedCapacityMustFit(t *testing.T) {
	in := input(Start{Entry: "a", Times: many}, Start{Entry: "b", Times: 1})
	in.Capacity, in.Stated, in.Room = 40, true, 4096+1120+10*320
	_, err := Make(in)
	var over *RoomError
	const want = "-tasks=40 takes 18016 bytes of RAM and 8416 are left: 40 slots of 320 bytes (a), 1 slots of 1120 bytes (b), 4096 bytes for panics and collections"
	if !errors.As(err, &over) || over.Text != want || over.Fits != 10 {
		t.Errorf("got %v, %+v", err, over)
	}
}
