package heap

import (
	"math/rand"
	"testing"
)

// TestExhaustion allocates until nothing is left, in several sizes, and gets everything back.
func TestExhaustion(t *testing.T) {
	for _, size := range []uintptr{0, 1, 24, 100, 1000, 5000} {
		h := newHeap(t, 32<<10, 8<<10)
		var all []uintptr
		for p := h.Alloc(size, NoPointers); p != 0; p = h.Alloc(size, NoPointers) {
			all = append(all, p)
			fill(p, size)
		}
		for _, p := range all {
			verify(t, p, size)
		}
		if h.LargestFree() >= alignUp(size)+granule {
			t.Errorf("size %d: gave up with %d bytes free in one block", size, h.LargestFree())
		}
		checkHeap(t, h)
		for i, p := range all {
			if i%2 == 0 {
				h.Free(p)
			}
		}
		checkHeap(t, h)
		collect(h)
		checkHeap(t, h)
		if h.InUse() != 0 {
			t.Errorf("size %d: %d bytes in use at the end", size, h.InUse())
		}
	}
	h := newHeap(t, 32<<10)
	for _, size := range []uintptr{32 << 10, 1 << 30, ^uintptr(0), ^uintptr(0) - 7} {
		if h.Alloc(size, NoPointers) != 0 || h.AllocPinned(size) != 0 {
			t.Errorf("allocated %d bytes", size)
		}
	}
	if p := h.Alloc(h.LargestFree(), NoPointers); p == 0 {
		t.Error("cannot allocate the block that LargestFree names")
	}
}

// TestSoak makes a million allocations near the limit, collecting when there is no room, as the runtime does.
func TestSoak(t *testing.T) {
	rounds := 1000000
	if testing.Short() {
		rounds = 100000
	}
	h := newHeap(t, 64<<10)
	r := rand.New(rand.NewSource(7))
	table := make([]uintptr, 450)
	failures := 0
	for i := 0; i < rounds; i++ {
		size := randomSize(r) / 2
		p := h.Alloc(size, NoPointers)
		if p == 0 {
			for _, p := range table {
				if p != 0 {
					verify(t, p, Usable(p))
				}
			}
			collect(h, table...)
			if p = h.Alloc(size, NoPointers); p == 0 {
				failures++
				table[r.Intn(len(table))] = 0
				continue
			}
		}
		fill(p, Usable(p))
		table[r.Intn(len(table))] = p
		if i%20000 == 0 {
			checkHeap(t, h)
		}
	}
	checkHeap(t, h)
	t.Logf("%d collections, %d of %d allocations failed, %d of %d bytes in use, largest free object %d",
		h.stats.Collections, failures, rounds, h.InUse(), h.Total(), h.LargestFree())
	collect(h, table...)
	free := h.Total() - h.InUse()
	t.Logf("of %d free bytes %d are not in the largest block; the heap is %.0f%% full", free, free-h.Unbroken(), 100*float64(h.InUse())/float64(h.Total()))
	if failures > rounds/100 {
		t.Errorf("%d of %d allocations failed", failures, rounds)
	}
}

// TestFragmentation reports how full a heap gets before the first allocation fails, with random lifetimes.
func TestFragmentation(t *testing.T) {
	for _, size := range []int{8 << 10, 64 << 10, 1 << 20} {
		h := newHeap(t, size)
		r := rand.New(rand.NewSource(3))
		var live []uintptr
		asked, used := uintptr(0), map[uintptr]uintptr{}
		target := h.Total()
		for round := 0; round < 40; round++ {
			for {
				n := randomSize(r) % uintptr(size/64)
				p := h.Alloc(n, NoPointers)
				if p == 0 {
					target = n
					break
				}
				live = append(live, p)
				used[p] = n
				asked += n
			}
			if round == 39 {
				break
			}
			for i := range live { // half of them die
				j := r.Intn(len(live) - i)
				live[j], live[len(live)-1-i] = live[len(live)-1-i], live[j]
				if i >= len(live)/2 {
					live = live[:len(live)-1-i]
					break
				}
			}
			next := map[uintptr]uintptr{}
			asked = 0
			for _, p := range live {
				next[p] = used[p]
				asked += used[p]
			}
			used = next
			collect(h, live...)
		}
		checkHeap(t, h)
		t.Logf("%7d bytes: %4.1f%% bookkeeping, %4.1f%% in blocks, %4.1f%% payload asked for, when %d bytes failed (largest free %d)", size,
			100*(1-float64(h.Total())/float64(size)), 100*float64(h.InUse())/float64(h.Total()), 100*float64(asked)/float64(h.Total()), target, h.LargestFree())
		if float64(h.InUse()) < 0.80*float64(h.Total()) {
			t.Errorf("%d bytes: the heap was only %d of %d full", size, h.InUse(), h.Total())
		}
	}
}

func BenchmarkAllocFree(b *testing.B) {
	h := newHeap(b, 1<<20)
	var ring [64]uintptr
	for i := 0; i < b.N; i++ {
		if p := ring[i%64]; p != 0 {
			h.Free(p)
		}
		ring[i%64] = h.Alloc(uintptr(i%7)*16, NoPointers)
	}
}

func BenchmarkBump(b *testing.B) {
	h := newHeap(b, 4<<20)
	for i := 0; i < b.N; i++ {
		if h.Alloc(24, NoPointers) == 0 {
			collect(h)
		}
	}
}
