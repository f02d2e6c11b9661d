package stack

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// model is a program whose depths can be found by trying every way.
type model struct {
	frames   []int64
	calls    [][]modelCall
	stated   map[int]int64
	measured []bool
}

type modelCall struct {
	to       []int // several: through a func value or interface
	tail     bool
	indirect bool
	unknown  bool // nobody knows where to
}

func randomModel(r *rand.Rand) *model {
	n := 2 + r.IntN(7)
	m := &model{frames: make([]int64, n), calls: make([][]modelCall, n), measured: make([]bool, n), stated: map[int]int64{}}
	for i := range n {
		m.frames[i] = int64(8 * r.IntN(20))
		m.measured[i] = r.IntN(3) > 0
		if r.IntN(12) == 0 {
			m.stated[i] = int64(8 + 8*r.IntN(50))
		}
		for range r.IntN(4) {
			c := modelCall{tail: r.IntN(5) == 0, to: []int{m.target(r, i)}}
			if r.IntN(4) == 0 {
				c.indirect, c.unknown = true, r.IntN(8) == 0
				for range r.IntN(3) {
					c.to = append(c.to, m.target(r, i))
				}
			}
			m.calls[i] = append(m.calls[i], c)
		}
	}
	return m
}

// target is mostly a later function, so that most models have no cycle.
func (m *model) target(r *rand.Rand, from int) int {
	n := len(m.frames)
	if from+1 < n && r.IntN(15) > 0 {
		return from + 1 + r.IntN(n-from-1)
	}
	if from+1 >= n && r.IntN(15) > 0 {
		return from // a cycle of one
	}
	return r.IntN(n)
}

// brute tries every way down from fn; ok is false when there is a cycle or an unknown call on one.
func (m *model) brute(fn int, above []bool) (deepest int64, ok bool) {
	if bytes, is := m.stated[fn]; is {
		return bytes, true
	}
	if above[fn] {
		return 0, false
	}
	above[fn] = true
	defer func() { above[fn] = false }()
	deepest = m.frames[fn]
	for _, c := range m.calls[fn] {
		if c.unknown {
			return 0, false
		}
		for _, to := range c.to {
			below, ok := m.brute(to, above)
			if !ok {
				return 0, false
			}
			if !c.tail || !m.measured[fn] {
				below += m.frames[fn]
			}
			deepest = max(deepest, below)
		}
	}
	return deepest, true
}

// graph is the model as it would be read from an image.
func (m *model) graph() *graph {
	const size = 0x100
	c := &code{byName: map[string]*function{}, places: &places{}}
	in := Input{Stated: map[string]int64{}, Callees: map[Place][]string{}}
	name := func(i int) string { return fmt.Sprintf("f%d", i) }
	for i := range m.frames {
		low := uint64(0x1000 + i*size)
		fn := &function{name: name(i), low: low, high: low + size, frame: m.frames[i], measured: m.measured[i]}
		c.functions = append(c.functions, fn)
		c.byName[fn.name] = fn
		for n, mc := range m.calls[i] {
			if !mc.indirect {
				fn.calls = append(fn.calls, call{to: uint64(0x1000 + mc.to[0]*size), tail: mc.tail})
				continue
			}
			at := low + uint64(4*n)
			place := Place{File: "a.go", Line: i + 1, Column: n + 1}
			c.places.rows = append(c.places.rows, row{at, place})
			fn.calls = append(fn.calls, call{indirect: "?", from: at, tail: mc.tail})
			if mc.unknown {
				continue
			}
			in.Callees[place] = []string{"not linked"}
			for _, to := range mc.to {
				in.Callees[place] = append(in.Callees[place], name(to))
			}
		}
	}
	for i, bytes := range m.stated {
		in.Stated[name(i)] = bytes
	}
	return newGraph(c, in)
}

// The depths of random programs are those that one finds by trying every way, whatever is asked first.
func TestRandomGraphs(t *testing.T) {
	bounded := 0
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 4))
		m := randomModel(r)
		g := m.graph()
		for _, i := range r.Perm(len(m.frames)) {
			want, ok := m.brute(i, make([]bool, len(m.frames)))
			got := g.depth(g.byName[fmt.Sprintf("f%d", i)])
			if (got.reason == "") != ok || ok && got.bytes != want {
				t.Fatalf("seed %d, f%d: %d bytes, reason %q; want %d, bounded %v\n%+v", seed, i, got.bytes, got.reason, want, ok, m)
			}
			if ok {
				bounded++
			}
		}
	}
	if bounded < 5000 {
		t.Errorf("only %d functions have a bound: the test looks at too little", bounded)
	}
}
