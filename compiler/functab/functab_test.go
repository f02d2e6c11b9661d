package functab

import (
	"encoding/binary"
	"slices"
	"testing"
)

func TestGoName(t *testing.T) {
	for _, c := range []struct {
		symbol, name string
		kind         kind
	}{
		{"main.f", "main.f", ordinary},
		{"main.(*T).M", "main.(*T).M", ordinary},
		{"main.f.func1.2", "main.f.func1.2", ordinary},
		{"main.f-range1", "main.f-range1", ordinary},
		{"main.init·3", "main.init", ordinary},
		{"main.T.M·i", "main.T.M", hidden},
		{"main.T.M·2·i", "main.T.M", hidden},
		{"main.T.M-fm", "main.T.M-fm", hidden},
		{"main.T.M-thunk", "main.T.M", hidden},
		{"main.f.deferwrap1", "main.f.deferwrap1", hidden},
		{"main.f.gowrap12", "main.f.gowrap12", hidden},
		{"main.deferwrap", "main.deferwrap", ordinary},
		{"main.F[int]", "main.F[...]", ordinary},
		{"main.(*S[map[string][]int]).M[a/b.T].func1", "main.(*S[...]).M[...].func1", ordinary},
		{"type:.eq.main.T", "type:.eq.main.T", hidden},
		{"memcpy", "memcpy", hidden},
		{"runtime.taskmain", "runtime.goexit", bottom},
		{"runtime.deferreturn", "runtime.deferreturn", hidden},
	} {
		if name, k := goName(c.symbol); name != c.name || k != c.kind {
			t.Errorf("%s: %s, %d, want %s, %d", c.symbol, name, k, c.name, c.kind)
		}
	}
}

func TestCallInstructions(t *testing.T) {
	for _, c := range []struct {
		name        string
		isCall      func(first, last uint16) bool
		first, last uint16
		want        bool
	}{
		{"bl", thumbCall, 0xF002, 0xFC32, true},
		{"blx r1", thumbCall, 0x4661, 0x4788, true},
		{"b.w", thumbCall, 0xF002, 0xBC32, false},
		{"bx lr", thumbCall, 0xBD00, 0x4770, false},
		{"jal ra", riscvCall, 0x00EF, 0x0140, true},
		{"jalr ra, a0", riscvCall, 0x00E7, 0x0005, true},
		{"c.jalr a0", riscvCall, 0x0001, 0x9502, true},
		{"c.jal", riscvCall, 0x0001, 0x2001, true},
		{"c.jr ra", riscvCall, 0x0001, 0x8082, false},
		{"jal zero", riscvCall, 0x006F, 0x0140, false},
	} {
		if got := c.isCall(c.first, c.last); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// TestPrune drops the inlined calls that have no calls in them and renumbers the others.
func TestPrune(t *testing.T) {
	fn := &function{
		nodes: []node{{name: "a"}, {name: "b"}, {name: "c", parent: 2}, {name: "d", parent: 1}},
		sites: []site{{node: 3}, {node: 0}},
	}
	fn.prune()
	if len(fn.nodes) != 2 || fn.nodes[0].name != "b" || fn.nodes[1].name != "c" || fn.nodes[1].parent != 1 {
		t.Errorf("nodes %+v", fn.nodes)
	}
	if fn.sites[0].node != 2 || fn.sites[1].node != 0 {
		t.Errorf("sites %+v", fn.sites)
	}
}

// table reads what encode has written, as doc/spec/functab.md describes it.
type table struct {
	t *testing.T
	b []byte
}

func (x table) word(offset int) int { return int(binary.LittleEndian.Uint32(x.b[offset:])) }

func (x table) uvarint(at *int) int {
	v, n := binary.Uvarint(x.b[*at:])
	if n <= 0 {
		x.t.Fatalf("no number at %d", *at)
	}
	*at += n
	return int(v)
}

func (x table) string(n int) string {
	at := x.word(x.word(8) + n/stringBucket*4)
	var s string
	for i := 0; i <= n%stringBucket; i++ {
		shared, rest := x.uvarint(&at), x.uvarint(&at)
		s = s[:shared] + string(x.b[at:at+rest])
		at += rest
	}
	return s
}

func sample() *program {
	p := &program{}
	for i := range 20 {
		low := uint64(0x1000 + i*0x40)
		p.functions = append(p.functions, &function{
			low: low, high: low + 0x30, name: "main.f" + string(rune('a'+i)), file: "/src/main.go", line: 10 * i,
			nodes: []node{{name: "main.inlined", file: "/src/main.go", line: 10*i + 3}},
			sites: []site{
				{ra: low + 8, file: "/src/main.go", line: 10*i + 1, frame: 16},
				{ra: low + 12, node: 1, file: "/src/other.go", line: 500, frame: 24},
				{ra: low + 20, file: "/src/main.go", line: 10*i - 1, frame: 16},
			},
		})
	}
	return p
}

func TestEncode(t *testing.T) {
	p := sample()
	x := table{t, encode(p)}
	if len(x.b)%4 != 0 || x.word(0) != len(p.functions) || x.word(4) != 23 || x.word(12) != 16+3*8 {
		t.Fatalf("header %d, %d strings, records at %d", x.word(0), x.word(4), x.word(12))
	}
	at, start := 0, 0
	for i, fn := range p.functions {
		if i%functionBucket == 0 {
			start, at = x.word(16+i/functionBucket*8), x.word(16+i/functionBucket*8+4)
		}
		start += 2 * x.uvarint(&at)
		end := x.uvarint(&at)
		end += at
		if start != int(fn.low) || x.uvarint(&at) != 0x18 {
			t.Errorf("function %d at %#x", i, start)
		}
		if name := x.uvarint(&at); x.string(name>>2) != fn.name || name&3 != 0 {
			t.Errorf("function %d has name %d", i, name)
		}
		if file := x.string(x.uvarint(&at)); file != fn.file {
			t.Errorf("function %d is in file %s", i, file)
		}
		var rest []int
		for at < end {
			rest = append(rest, x.uvarint(&at))
		}
		inlined := []int{0, rest[4] &^ 3, rest[5], 10*i + 3}
		want := append([]int{10 * i, 5, 1}, inlined...)
		up := 2 * (500 - 10*i - 1)
		want = append(want, 4<<2, 2, 2<<2|siteMoved|siteFrame, up, 1, rest[11], 7, 4<<2|siteMoved, 2*(501-10*i)-1, 0, rest[5])
		if !slices.Equal(rest, want) {
			t.Errorf("function %d: %d, want %d", i, rest, want)
		}
		if x.string(rest[4]>>2) != "main.inlined" || x.string(rest[11]) != "/src/other.go" {
			t.Errorf("function %d: inlined %s, file %s", i, x.string(rest[4]>>2), x.string(rest[11]))
		}
	}
}
