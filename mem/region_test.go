package mem

import (
	"testing"
	"unsafe"
)

func TestRegionPiecesLieApart(t *testing.T) {
	var buffer [100]byte
	for skip := range 9 {
		var r Region
		r.Init(buffer[skip:])
		end := uintptr(unsafe.Pointer(&buffer[0])) + uintptr(len(buffer))
		last := uintptr(unsafe.Pointer(&buffer[skip]))
		for n := 1; ; n++ {
			piece := r.Alloc(n)
			if piece == nil {
				break
			}
			start := uintptr(unsafe.Pointer(&piece[0]))
			if start%Align != 0 || start < last || start+uintptr(n) > end || len(piece) != n {
				t.Fatalf("%d bytes at %#x, the last piece ends at %#x and the buffer at %#x", n, start, last, end)
			}
			last = start + uintptr(n)
		}
		if r.Used() == 0 {
			t.Error("nothing fits")
		}
	}
}

func TestRegionRelease(t *testing.T) {
	var buffer [64]byte
	var r Region
	r.Init(buffer[:])
	empty := r.Mark()
	a := New[uint64](&r)
	*a = 1
	mark := r.Mark()
	b := New[uint64](&r)
	*b = 2
	r.Release(mark)
	if c := New[uint64](&r); c != b || *c != 0 || *a != 1 {
		t.Errorf("got %p with %d, want %p zeroed; the piece before the mark has %d", c, *c, b, *a)
	}
	late := r.Mark()
	r.Release(empty)
	if r.Used() != 0 || r.Peak() != 16 {
		t.Errorf("%d bytes are in use, %d were; want 0 and 16", r.Used(), r.Peak())
	}
	if got := misuse(func() { r.Release(late) }); got != ErrRelease {
		t.Errorf("a mark of what was released: panicked with %q", got)
	}
	var other Region
	other.Init(buffer[:])
	if got := misuse(func() { r.Release(other.Mark()) }); got != ErrRelease {
		t.Errorf("a mark of another region: panicked with %q", got)
	}
}

func TestRegionExhaustion(t *testing.T) {
	tests := []struct {
		name string
		take func(r *Region) bool
		want bool
	}{
		{"all", func(r *Region) bool { return r.Alloc(32) != nil }, true},
		{"nothing of it", func(r *Region) bool { return r.Alloc(32) != nil && r.Alloc(0) != nil }, true},
		{"too much", func(r *Region) bool { return r.Alloc(33) != nil }, false},
		{"negative", func(r *Region) bool { return r.Alloc(-1) != nil }, false},
		{"full", func(r *Region) bool { return r.Alloc(32) != nil && r.Alloc(1) != nil }, false},
		{"slice", func(r *Region) bool { return len(Slice[uint32](r, 8)) == 8 }, true},
		{"slice too long", func(r *Region) bool { return Slice[uint32](r, 9) != nil }, false},
		{"slice of overflowing size", func(r *Region) bool { return Slice[[1 << 10]uint32](r, 1<<20) != nil }, false},
		{"slice of negative length", func(r *Region) bool { return Slice[struct{}](r, -1) != nil }, false},
		{"value", func(r *Region) bool { return New[[9]uint32](r) != nil }, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var buffer [5]uint64
			var r Region
			// Safety: a buffer that is aligned.
			r.Init(unsafe.Slice((*byte)(unsafe.Pointer(&buffer)), 32))
			if got := tt.take(&r); got != tt.want {
				t.Errorf("fits: %v, want %v", got, tt.want)
			}
		})
	}
	var none Region
	if none.Alloc(0) != nil || New[int](&none) != nil {
		t.Error("a region without memory gave some")
	}
	none.Init(nil)
	none.Release(none.Mark())
}

func TestRegionSliceIsZeroed(t *testing.T) {
	var buffer [64]byte
	for i := range buffer {
		buffer[i] = 0xff
	}
	var r Region
	r.Init(buffer[:])
	for i, v := range Slice[uint16](&r, 10) {
		if v != 0 {
			t.Errorf("element %d is %#x", i, v)
		}
	}
}

func FuzzRegion(f *testing.F) {
	f.Add([]byte{1, 2, 3, 200, 7, 220, 255})
	f.Fuzz(func(t *testing.T, ops []byte) {
		var buffer [97]byte
		var r Region
		r.Init(buffer[:])
		type live struct {
			mark  Mark
			piece []byte
			fill  byte
		}
		var pieces []live
		for i, op := range ops {
			if op < 128 {
				mark := r.Mark()
				piece := r.Alloc(int(op % 32))
				if piece == nil && r.Size()-r.Used() >= int(op%32) {
					t.Fatalf("operation %d: %d bytes do not fit into %d", i, op%32, r.Size()-r.Used())
				}
				for j := range piece {
					piece[j] = byte(i)
				}
				pieces = append(pieces, live{mark, piece, byte(i)})
			} else if len(pieces) > 0 {
				n := int(op) % len(pieces)
				r.Release(pieces[n].mark)
				pieces = pieces[:n]
			}
			for _, p := range pieces {
				for _, b := range p.piece {
					if b != p.fill {
						t.Fatalf("operation %d: a piece was overwritten", i)
					}
				}
			}
		}
	})
}
