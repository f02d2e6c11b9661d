// Gc_soak allocates objects of mixed sizes while most of the heap is live: 70% of it hold a set that must be the same at the
// end, and a tenth holds objects that come and go. The suite makes few allocations; `make soak` makes ten million, and prints
// how full and how fragmented the heap was: the first argument is their number.
package main

import (
	"os"
	"runtime"
	"strconv"
)

// node is an object of the live set: a payload made from seed, and a neighbour.
type node struct {
	next *node
	seed uint32
	data []byte
}

// random is a linear congruential generator.
type random uint32

func (r *random) next() uint32 {
	*r = *r*1664525 + 1013904223
	return uint32(*r) >> 8
}

// size draws a payload: most are small, one in 32 is large. No object exceeds a part of the heap.
func (r *random) size(limit int) int {
	n := int(r.next())
	switch r.next() % 32 {
	case 0:
		n %= 4000
	case 1, 2, 3, 4, 5:
		n %= 400
	default:
		n %= 48
	}
	return min(n, limit)
}

func newNode(seed uint32, size int) *node {
	n := &node{seed: seed, data: make([]byte, size)}
	for i := range n.data {
		n.data[i] = byte(seed + uint32(i)*7)
	}
	return n
}

// intact tells whether the payload is what newNode wrote.
func (n *node) intact() bool {
	for i, b := range n.data {
		if b != byte(n.seed+uint32(i)*7) {
			return false
		}
	}
	return true
}

// summary is what a list holds: number of nodes, bytes and a checksum over seeds and sizes in order.
type summary struct {
	nodes, bytes int
	sum          uint32
	damaged      int
}

func summarize(list *node) (s summary) {
	for n := list; n != nil; n = n.next {
		s.nodes++
		s.bytes += len(n.data)
		s.sum = s.sum*31 + n.seed ^ uint32(len(n.data))
		if !n.intact() {
			s.damaged++
		}
	}
	return s
}

// stats is static: on a small chip it would not fit a stack.
var stats runtime.MemStats

// ballast fills a large heap for the short run.
var ballast [][]byte

// heapSize is the size of the heap that is left, or what this program pretends that a large computer has. The short run fills all but
// 1 MB first.
func heapSize() int {
	if runtime.GOOS != "noos" {
		return 1 << 20
	}
	runtime.ReadMemStats(&stats)
	left := int(stats.HeapSys - stats.HeapAlloc)
	for len(os.Args) < 2 && left > 1<<20 {
		block := make([]byte, min(left-1<<20+4096, 256<<10))
		ballast = append(ballast, block)
		left -= len(block)
	}
	return left
}

const overhead = 8 + 20 + 4 + 8 // of a node and its payload: headers, the node, rounding

func main() {
	rounds := 20_000
	if len(os.Args) > 1 {
		n, _ := strconv.Atoi(os.Args[1])
		rounds = n / 2
	}
	heap := heapSize()
	limit := max(heap/500, 100)
	r := random(1)

	// The live set, with garbage between its nodes.
	var live *node
	for used := 0; used < heap/100*70; {
		n := newNode(r.next(), r.size(limit))
		if r.next()%4 == 0 {
			newNode(1, r.size(limit)/2)
		}
		n.next = live
		live = n
		used += len(n.data) + overhead
	}
	before := summarize(live)

	// Others come and go.
	others := make([]*node, max(heap/100*10/150, 4))
	room, used, damaged := heap/100*10, 0, 0
	drop := func(i int) {
		if o := others[i]; o != nil {
			if !o.intact() {
				damaged++
			}
			used -= len(o.data) + overhead
			others[i] = nil
		}
	}
	for range rounds {
		i := int(r.next()) % len(others)
		drop(i)
		size := r.size(limit)
		for j := i; used+size+overhead > room; j = (j + 1) % len(others) {
			drop(j)
		}
		others[i] = newNode(r.next(), size)
		used += size + overhead
	}
	if len(os.Args) > 1 {
		report()
	}
	after := summarize(live)
	println(before == after, before.damaged, damaged)
	runtime.KeepAlive(others)
}

// report prints how full the heap is once only live objects are in it, and how much of the free memory is not in one piece.
func report() {
	runtime.GC()
	runtime.ReadMemStats(&stats)
	free := stats.HeapSys - stats.HeapAlloc
	println(stats.Mallocs, "allocations,", stats.NumGC, "collections of", stats.PauseTotalNs/uint64(stats.NumGC)/1000, "µs,", stats.HeapObjects, "objects")
	println(stats.HeapAlloc*1000/stats.HeapSys, "‰ of", stats.HeapSys, "bytes live; largest free block", stats.HeapIdle, "of", free, "free bytes")
}
