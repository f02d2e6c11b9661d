package heap

import (
	"math/bits"
	"math/rand"
	"testing"
	"unsafe"
)

// Type words of the tests.
const (
	allPointers  uintptr = 16 // every word is a pointer
	firstPointer uintptr = 17 // the first word is one
)

// scanTest is the tests' Scanner.
func scanTest(h *Heap, typ, p, size uintptr) {
	if typ == firstPointer {
		size = wordBytes
	}
	for at := p; at+wordBytes <= p+size; at += wordBytes {
		h.Mark(load(at))
	}
}

// memory is a buffer that lives as long as the test.
func memory(t testing.TB, bytes int) Region {
	words := make([]uintptr, bytes/int(wordBytes)+1)
	for i := range words {
		words[i] = 0xdeadbeef // what was there before must not matter
	}
	t.Cleanup(func() { words[0] = 0 })
	start := uintptr(unsafe.Pointer(&words[0]))
	return Region{start, start + uintptr(bytes)}
}

func newHeap(t testing.TB, sizes ...int) *Heap {
	h := new(Heap)
	var b Region
	if len(sizes) > 1 {
		b = memory(t, sizes[1])
	}
	if !h.Init(memory(t, sizes[0]), b) {
		t.Fatalf("Init of %v bytes failed", sizes)
	}
	checkHeap(t, h)
	return h
}

// collect runs a whole collection with the given roots.
func collect(h *Heap, roots ...uintptr) {
	h.StartMark()
	for _, p := range roots {
		h.Mark(p)
	}
	h.Drain(scanTest)
	h.Sweep()
}

// checkHeap verifies every invariant of the package comment.
func checkHeap(t testing.TB, h *Heap) {
	t.Helper()
	listed := map[uintptr]bool{}
	for class := uintptr(0); class <= classOf(h.limit>>granuleShift); class++ {
		head := h.head(class)
		if (head != 0) != (h.nonEmpty[class/32]>>(class%32)&1 != 0) {
			t.Fatalf("class %d: head %#x but bitmap %#x", class, head, h.nonEmpty)
		}
		for b, prev := head, uintptr(0); b != 0; prev, b = b, nextOf(b) {
			if listed[b] || prevOf(b) != prev || classOf(sizeOf(b)>>granuleShift) != class {
				t.Fatalf("class %d: block %#x of %d bytes is twice in lists, badly linked or in the wrong class", class, b, sizeOf(b))
			}
			listed[b] = true
		}
	}
	inUse, unbroken := uintptr(0), uintptr(0)
	for i := range h.regions {
		r, largest := &h.regions[i], uintptr(0)
		starts, before, freeBefore := 0, uintptr(0), false
		for b := r.first; b < r.end; b += sizeOf(b) {
			flags, size := load(b), sizeOf(b)
			free := flags&allocated == 0
			switch {
			case size < minBlock || b+size > r.end:
				t.Fatalf("block %#x has size %d, region ends at %#x", b, size, r.end)
			case flags&(marked|grey) != 0:
				t.Fatalf("block %#x is marked outside a collection", b)
			case (flags&prevFree != 0) != freeBefore:
				t.Fatalf("block %#x: prevFree is wrong", b)
			case free && freeBefore:
				t.Fatalf("free neighbours %#x and %#x", before, b)
			case free != listed[b]:
				t.Fatalf("block %#x: free %v, in a list %v", b, free, listed[b])
			case free && load(b+size-wordBytes) != size:
				t.Fatalf("free block %#x of %d bytes ends with %d", b, size, load(b+size-wordBytes))
			}
			if free || b == h.victim {
				largest = max(largest, size)
			}
			if !free && b != h.victim {
				inUse += size
				starts++
				if r.startBefore(b) != b {
					t.Fatalf("allocated block %#x has no start bit", b)
				}
			}
			before, freeBefore = b, free
		}
		for p := r.starts; r.end != 0 && p < r.sums; p += wordBytes {
			starts -= bits.OnesCount(uint(load(p)))
			j := (p - r.starts) / wordBytes
			if sum := load(r.sums+j/wordBits*wordBytes)>>(j%wordBits)&1 != 0; sum != (load(p) != 0) {
				t.Fatalf("summary bit of word %d is %v", j, sum)
			}
		}
		if starts != 0 {
			t.Fatalf("region %d: %d start bits missing", i, starts)
		}
		unbroken += largest
	}
	if got := h.Unbroken(); got != unbroken {
		t.Fatalf("largest free blocks have %d bytes, reported %d", unbroken, got)
	}
	if inUse != h.stats.InUse {
		t.Fatalf("blocks in use have %d bytes, counted %d", inUse, h.stats.InUse)
	}
}

// fill writes a pattern that depends on the address; verify reads it back.
func fill(p, size uintptr) {
	for i := uintptr(0); i+wordBytes <= size; i += wordBytes {
		store(p+i, (p+i)*0x9e3779b1)
	}
}

func verify(t testing.TB, p, size uintptr) {
	t.Helper()
	for i := uintptr(0); i+wordBytes <= size; i += wordBytes {
		if load(p+i) != (p+i)*0x9e3779b1 {
			t.Fatalf("object %#x of %d bytes was overwritten at offset %d", p, size, i)
		}
	}
}

func randomSize(r *rand.Rand) uintptr {
	switch r.Intn(20) {
	case 0:
		return uintptr(r.Intn(4000))
	case 1, 2, 3:
		return uintptr(r.Intn(400))
	}
	return uintptr(r.Intn(64))
}

func TestClasses(t *testing.T) {
	last := uintptr(0)
	for g := uintptr(1); g < 1<<22; g++ {
		c := classOf(g)
		if c < last || c > last+1 || g > 1 && c == 0 {
			t.Fatalf("classOf(%d) = %d after %d", g, c, last)
		}
		last = c
	}
	if c := classOf(1<<31 - 1); c >= 32*classWords {
		t.Errorf("classOf(2^31-1) = %d does not fit the bitmap", c)
	}
}

func TestInitTooSmall(t *testing.T) {
	h := new(Heap)
	if h.Init(memory(t, 64), Region{}) {
		t.Error("64 bytes made a heap")
	}
	if h.Init(Region{}, Region{}) {
		t.Error("nothing made a heap")
	}
	if h.Alloc(8, NoPointers) != 0 {
		t.Error("an empty heap gave memory")
	}
	h.Mark(4096)
	h.MarkWord(0)
}

// TestRandomAgainstModel allocates, frees and collects at random and compares with a map of the live objects.
func TestRandomAgainstModel(t *testing.T) {
	for _, sizes := range [][]int{{8 << 10}, {64 << 10}, {1 << 20}, {10 << 10, 30 << 10}, {256 << 10, 16 << 10}} {
		for seed := int64(1); seed <= 4; seed++ {
			h := newHeap(t, sizes...)
			r := rand.New(rand.NewSource(seed))
			live := map[uintptr]uintptr{}
			pinned := map[uintptr]bool{}
			freed := 0 // by Free
			for step := 0; step < 6000; step++ {
				switch op := r.Intn(100); {
				case op < 60:
					size := randomSize(r)
					p := h.Alloc(size, NoPointers)
					if p == 0 {
						break
					}
					if p%granule != 0 || Usable(p) < size {
						t.Fatalf("Alloc(%d) = %#x with %d bytes", size, p, Usable(p))
					}
					live[p] = Usable(p)
					fill(p, Usable(p))
				case op < 65:
					if p := h.AllocPinned(randomSize(r) + 100); p != 0 {
						live[p], pinned[p] = Usable(p), true
						fill(p, Usable(p))
					}
				case op < 98:
					for p, size := range live {
						verify(t, p, size)
						if op%3 == 0 || pinned[p] {
							h.Free(p)
							if !pinned[p] {
								freed++
							}
							delete(live, p)
							delete(pinned, p)
						}
						break
					}
				default:
					h.StartMark()
					for p := range live {
						if pinned[p] {
							continue
						}
						if r.Intn(3) == 0 {
							delete(live, p)
							continue
						}
						h.Mark(p + uintptr(r.Intn(int(live[p]))))
					}
					h.Drain(scanTest)
					h.Sweep()
				}
				if step%50 == 0 {
					checkHeap(t, h)
				}
			}
			for p, size := range live {
				verify(t, p, size)
				base, got, _ := h.Find(p + size - 1)
				if base != p || got != size {
					t.Fatalf("Find(%#x) = %#x, %d, want %#x, %d", p+size-1, base, got, p, size)
				}
			}
			checkHeap(t, h)
			if got := h.Stats(); got.Mallocs-got.Frees != uint64(len(live)-len(pinned)+freed) {
				t.Fatalf("%d objects by the counters, %d live", got.Mallocs-got.Frees-uint64(freed), len(live)-len(pinned))
			}
		}
	}
}

// TestInteriorPointers checks every address of some objects, and those around them.
func TestInteriorPointers(t *testing.T) {
	h := newHeap(t, 1<<20)
	small, huge := h.Alloc(40, NoPointers), h.Alloc(600<<10, firstPointer)
	after := h.Alloc(8, NoPointers)
	for _, p := range []uintptr{small, huge, after} {
		size := Usable(p)
		step := max(size/1000|1, 1)
		for at := p; at < p+size; at += step {
			if base, _, _ := h.Find(at); base != p {
				t.Fatalf("Find(%#x) = %#x, want %#x", at, base, p)
			}
		}
		for _, at := range []uintptr{p - 1, p - headerBytes, p + size} {
			if base, _, _ := h.Find(at); base == p {
				t.Errorf("Find(%#x) = %#x, which is outside the object", at, base)
			}
		}
	}
	if _, _, typ := h.Find(huge + 1000); typ != firstPointer {
		t.Errorf("Find of the huge object gives type %d", typ)
	}
	h.Free(huge)
	if base, _, _ := h.Find(huge + 5000); base != 0 {
		t.Errorf("Find in freed memory = %#x", base)
	}
	for _, at := range []uintptr{0, 1, ^uintptr(0), h.highest, h.lowest} {
		if base, _, _ := h.Find(at); base != 0 {
			t.Errorf("Find(%#x) = %#x", at, base)
		}
	}
}

// TestPastTheEnd checks that a word just behind an object keeps it, whatever follows.
func TestPastTheEnd(t *testing.T) {
	h := newHeap(t, 8<<10)
	a := h.Alloc(40, NoPointers)
	b := h.Alloc(40, NoPointers)
	c := h.Alloc(40, NoPointers)
	root := []uintptr{a + Usable(a), c + Usable(c)}
	h.StartMark()
	start := uintptr(unsafe.Pointer(&root[0]))
	h.MarkRange(start, start+2*wordBytes)
	h.Drain(scanTest)
	for p, want := range map[uintptr]bool{a: true, b: false, c: true} {
		if h.Marked(p) != want {
			t.Errorf("object %#x marked: %v", p, !want)
		}
	}
	h.Sweep()
	checkHeap(t, h)
}
