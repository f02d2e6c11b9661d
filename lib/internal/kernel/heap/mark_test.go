package heap

import (
	"math/rand"
	"testing"
)

// graph is a random object graph in a heap and as a Go map.
type graph struct {
	h     *Heap
	nodes []uintptr
	edges map[uintptr][]uintptr
}

// newGraph fills the heap to about the given part with objects of 1 to 12 pointers, linked at random.
func newGraph(t testing.TB, h *Heap, r *rand.Rand, part float64) *graph {
	g := &graph{h: h, edges: map[uintptr][]uintptr{}}
	for float64(h.InUse()) < part*float64(h.Total()) {
		p := h.Alloc(uintptr(1+r.Intn(12))*wordBytes, allPointers)
		if p == 0 {
			break
		}
		g.nodes = append(g.nodes, p)
		for at := p; at < p+Usable(p); at += wordBytes {
			to := uintptr(0)
			switch r.Intn(4) {
			case 0:
				to = uintptr(r.Uint32()) // not a pointer
			case 1, 2:
				to = g.nodes[r.Intn(len(g.nodes))]
				if r.Intn(2) == 0 {
					to += Usable(to) - 1
				}
			}
			store(at, to)
			if base, _, _ := h.Find(to); base != 0 {
				g.edges[p] = append(g.edges[p], base)
			}
		}
	}
	return g
}

// reachable is the simple model of marking.
func (g *graph) reachable(roots []uintptr) map[uintptr]bool {
	seen := map[uintptr]bool{}
	pending := append([]uintptr(nil), roots...)
	for len(pending) > 0 {
		p := pending[len(pending)-1]
		pending = pending[:len(pending)-1]
		if !seen[p] {
			seen[p] = true
			pending = append(pending, g.edges[p]...)
		}
	}
	return seen
}

func (g *graph) roots(r *rand.Rand, n int) []uintptr {
	var roots []uintptr
	for i := 0; i < n && len(g.nodes) > 0; i++ {
		roots = append(roots, g.nodes[r.Intn(len(g.nodes))])
	}
	return roots
}

func TestGraphAgainstReachability(t *testing.T) {
	for seed := int64(1); seed <= 30; seed++ {
		r := rand.New(rand.NewSource(seed))
		h := newHeap(t, 4<<10+r.Intn(200<<10), 8<<10)
		g := newGraph(t, h, r, 0.2+0.8*r.Float64())
		roots := g.roots(r, 1+r.Intn(4))
		want := g.reachable(roots)
		h.StartMark()
		for _, p := range roots {
			h.Mark(p)
		}
		h.Drain(scanTest)
		for _, p := range g.nodes {
			if h.Marked(p) != want[p] {
				t.Fatalf("seed %d: object %#x marked %v, reachable %v", seed, p, h.Marked(p), want[p])
			}
		}
		h.Sweep()
		checkHeap(t, h)
		got := 0
		h.Each(func(p, size, typ uintptr) bool {
			if !want[p] {
				t.Fatalf("seed %d: unreachable object %#x survived", seed, p)
			}
			got++
			return true
		})
		if got != len(want) {
			t.Fatalf("seed %d: %d survived, want %d", seed, got, len(want))
		}
	}
}

// TestMarkStackOverflow fills the heap to the last block, so that only the 16 fixed slots are left, and marks wide and deep graphs.
func TestMarkStackOverflow(t *testing.T) {
	h := newHeap(t, 256<<10)
	wide := h.Alloc(2000*wordBytes, allPointers)
	count := 1
	for i := uintptr(0); i < Usable(wide)/wordBytes; i++ {
		p := h.Alloc(2*wordBytes, allPointers)
		q := h.Alloc(2*wordBytes, allPointers)
		store(wide+i*wordBytes, p)
		store(p, q)
		store(p+wordBytes, 0)
		store(q, p)
		store(q+wordBytes, wide+i)
		count += 2
	}
	last := wide
	for {
		p := h.Alloc(3*wordBytes, firstPointer)
		if p == 0 {
			break
		}
		store(p, last)
		last = p
		count++
	}
	h.StartMark()
	if h.marks.bottom != 0 {
		t.Fatal("there is still room for a mark stack; the test does not test the overflow")
	}
	h.Mark(last)
	h.Drain(scanTest)
	h.Sweep()
	checkHeap(t, h)
	if s := h.Stats(); int(s.Mallocs-s.Frees) != count {
		t.Fatalf("%d objects survived, want %d", s.Mallocs-s.Frees, count)
	}
	collect(h)
	checkHeap(t, h)
	if s := h.Stats(); s.Mallocs != s.Frees || h.LargestFree() != h.Total()-headerBytes {
		t.Fatalf("after the last collection: %+v, largest free object %d of %d", s, h.LargestFree(), h.Total())
	}
}

func TestPinnedSurvives(t *testing.T) {
	h := newHeap(t, 8<<10)
	p := h.AllocPinned(512)
	store(p, h.Alloc(16, NoPointers)) // a stack is not scanned as an object
	collect(h, p)
	checkHeap(t, h)
	if s := h.Stats(); s.Mallocs != s.Frees || s.InUse != Block(p) {
		t.Fatalf("%+v, want the stack alone", s)
	}
	h.Free(p)
	checkHeap(t, h)
}
