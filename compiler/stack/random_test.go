package stack

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// model is a program whose depths can be found by trying every way.
type model struct {
	functions []modelFunction
	parts     []modelFunction // outlined code, in several functions
}

type modelFunction struct {
	frame    int64
	measured bool
	stated   int64 // not 0: its depth by the source's word
	calls    []modelCall
	unknown  bool  // nobody knows what its indirect calls run ...
	to       []int // ... else one of these
}

type modelCall struct {
	kind modelKind
	to   int // a function or a part
	tail bool
}

type modelKind int

const (
	direct modelKind = iota
	indirect
	part
)

func randomModel(r *rand.Rand) *model {
	n := 2 + r.IntN(7)
	m := &model{functions: make([]modelFunction, n), parts: make([]modelFunction, 2)}
	for i := range m.parts {
		p := &m.parts[i]
		p.frame = int64(8 * r.IntN(5))
		for range r.IntN(3) {
			p.calls = append(p.calls, modelCall{kind: modelKind(r.IntN(2)), to: n - 1})
		}
	}
	for i := range m.functions {
		fn := &m.functions[i]
		fn.frame, fn.measured, fn.unknown = int64(8*r.IntN(20)), r.IntN(3) > 0, r.IntN(12) == 0
		if r.IntN(12) == 0 {
			fn.stated = int64(8 + 8*r.IntN(50))
		}
		for range r.IntN(3) {
			if to, ok := later(r, i, n); ok {
				fn.to = append(fn.to, to)
			}
		}
		for range r.IntN(4) {
			c := modelCall{kind: modelKind(r.IntN(3)), tail: r.IntN(5) == 0}
			to, ok := later(r, i, n)
			if c.to = to; c.kind == part {
				c.to = r.IntN(len(m.parts))
			} else if c.kind == direct && !ok {
				continue
			}
			fn.calls = append(fn.calls, c)
		}
	}
	return m
}

// later is mostly a later function, so that most models have no cycle.
func later(r *rand.Rand, from, n int) (to int, ok bool) {
	switch {
	case r.IntN(25) == 0:
		return r.IntN(n), true
	case from+1 < n:
		return from + 1 + r.IntN(n-from-1), true
	}
	return 0, false
}

// brute tries every way down from function i; ok is false when there is a cycle or an unknown call on one.
func (m *model) brute(i int, above []bool) (deepest int64, ok bool) {
	fn := &m.functions[i]
	if fn.stated != 0 {
		return fn.stated, true
	}
	if above[i] {
		return 0, false
	}
	above[i] = true
	defer func() { above[i] = false }()
	deepest = fn.frame
	try := func(c modelCall, frame int64) bool {
		callees := []int{c.to}
		if c.kind == indirect {
			if callees = fn.to; fn.unknown {
				return false
			}
		}
		for _, to := range callees {
			below, ok := m.brute(to, above)
			if !ok {
				return false
			}
			deepest = max(deepest, below+frame)
		}
		return true
	}
	for _, c := range fn.calls {
		calls, frame := []modelCall{c}, fn.frame
		switch {
		case c.kind == part:
			calls, frame = m.parts[c.to].calls, frame+m.parts[c.to].frame
			deepest = max(deepest, frame)
		case c.tail && fn.measured:
			frame = 0
		}
		for _, c := range calls {
			if !try(c, frame) {
				return 0, false
			}
		}
	}
	return deepest, true
}

// graph is the model as it would be read from an image.
func (m *model) graph() *graph {
	const size = 0x100
	c := &code{byName: map[string]*function{}, places: &places{}}
	in := Input{Stated: map[string]int64{}}
	address := func(i int) uint64 { return uint64(0x1000 + i*size) }
	add := func(i int, name string, from *modelFunction) {
		fn := &function{name: name, low: address(i), high: address(i + 1), frame: from.frame, measured: from.measured}
		for _, mc := range from.calls {
			switch mc.kind {
			case direct:
				fn.calls = append(fn.calls, call{to: address(mc.to), tail: mc.tail})
			case indirect:
				fn.calls = append(fn.calls, call{indirect: "?", from: fn.low, tail: mc.tail})
			case part:
				fn.calls = append(fn.calls, call{to: address(len(m.functions) + mc.to), tail: mc.tail})
			}
		}
		c.functions = append(c.functions, fn)
		c.byName[name] = fn
	}
	for i := range m.functions {
		add(i, fmt.Sprintf("f%d", i), &m.functions[i])
		if stated := m.functions[i].stated; stated != 0 {
			in.Stated[fmt.Sprintf("f%d", i)] = stated
		}
	}
	for i := range m.parts {
		add(len(m.functions)+i, fmt.Sprintf("OUTLINED_FUNCTION_%d", i), &m.parts[i])
	}
	in.Within = func(symbol string) (callees []string, ok bool) {
		var i int
		if _, err := fmt.Sscanf(symbol, "f%d", &i); err != nil {
			return nil, false
		}
		for _, to := range m.functions[i].to {
			callees = append(callees, fmt.Sprintf("f%d", to))
		}
		return callees, !m.functions[i].unknown
	}
	return newGraph(c, in)
}

// The depths of random programs are those that one finds by trying every way, whatever is asked first.
func TestRandomGraphs(t *testing.T) {
	bounded, unbounded := 0, 0
	for seed := range uint64(5000) {
		r := rand.New(rand.NewPCG(seed, 4))
		m := randomModel(r)
		g := m.graph()
		for _, i := range r.Perm(len(m.functions)) {
			want, ok := m.brute(i, make([]bool, len(m.functions)))
			got := g.depth(g.byName[fmt.Sprintf("f%d", i)])
			if (got.reason == "") != ok || ok && got.bytes != want {
				t.Fatalf("seed %d, f%d: %d bytes, reason %q; want %d, bounded %v\n%+v", seed, i, got.bytes, got.reason, want, ok, m)
			}
			if ok {
				bounded++
			} else {
				unbounded++
			}
		}
	}
	if bounded < 5000 || unbounded < 3000 {
		t.Errorf("%d functions with a bound and %d without: the test looks at too little", bounded, unbounded)
	}
}
