package mem

import (
	"runtime"
	"strings"
	"testing"
	"unsafe"
)

// line is the line that calls it.
func line() int {
	_, _, n, _ := runtime.Caller(1)
	return n
}

func TestTraceReportsWhatIsHeld(t *testing.T) {
	var ring [8]Record
	Trace(ring[:])
	defer Trace(nil)
	var backing [4]Block[packet]
	var p Pool[packet]
	p.Init(backing[:])
	var buffer [64]byte
	var r Region
	r.Init(buffer[:])

	a := p.Get()
	b, taken := p.Get(), line()
	p.Put(a)
	mark := r.Mark()
	New[uint32](&r)
	r.Release(mark)
	piece, allocated := r.Alloc(3), line()

	var text strings.Builder
	if err := Report(&text); err != nil {
		t.Fatal(err)
	}
	type where struct{ size, line int }
	want := map[uintptr]where{address(b): {int(sizeofPacket), taken}, address(&piece[0]): {3, allocated}}
	found := 0
	for rec := range Held() {
		found++
		frame := rec.Where()
		w, ok := want[rec.Address]
		if !ok || int(rec.Size) != w.size || frame.Line != w.line || rec.Time < 0 {
			t.Errorf("%d bytes at %#x since %v, taken by %s line %d; want %v", rec.Size, rec.Address, rec.Time, frame.Function, frame.Line, w)
		}
		if !strings.HasSuffix(frame.Function, "TestTraceReportsWhatIsHeld") || !strings.Contains(text.String(), frame.Function) {
			t.Errorf("taken by %s, reported as\n%s", frame.Function, text.String())
		}
	}
	if found != 2 || strings.Count(text.String(), "\n") != 2 {
		t.Errorf("%d records, want 2; the report:\n%s", found, text.String())
	}
}

func TestTraceOverwritesTheOldest(t *testing.T) {
	var ring [3]Record
	Trace(ring[:])
	defer Trace(nil)
	var backing [5]Block[packet]
	var p Pool[packet]
	p.Init(backing[:])
	var blocks []*packet
	for range backing {
		blocks = append(blocks, p.Get())
	}
	held := map[uintptr]bool{}
	for r := range Held() {
		held[r.Address] = true
	}
	if held[address(blocks[0])] || held[address(blocks[1])] || len(held) != 3 || Lost() != 2 {
		t.Errorf("%d are held and %d lost, want the last 3 and 2", len(held), Lost())
	}
	var text strings.Builder
	if err := Report(&text); err != nil || !strings.Contains(text.String(), "2 records were lost") {
		t.Errorf("the report:\n%s", text.String())
	}
	for _, b := range blocks {
		p.Put(b)
	}
	for r := range Held() {
		t.Errorf("%#x is held after all were put", r.Address)
	}
}

const sizeofPacket = unsafe.Sizeof(packet{})

func address[T any](p *T) uintptr { return uintptr(unsafe.Pointer(p)) }
