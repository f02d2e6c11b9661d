package escape

// none is a number of dereferences that means: does not flow.
const none int8 = 100

// maxDerefs bounds the dereferences that are told apart; fewer is the safe side.
const maxDerefs int8 = 3

// summary says how a function's parameters (then its captured variables) flow out of it. A flow with d dereferences means
// that what is found after following d pointers from the parameter gets there; d = 0 is the value itself.
type summary struct {
	heap    []int8
	results [][]int8 // [parameter][result]
}

func newSummary(params, results int) *summary {
	s := &summary{heap: make([]int8, params), results: make([][]int8, params)}
	flat := make([]int8, params*results)
	for i := range flat {
		flat[i] = none
	}
	for i := range s.heap {
		s.heap[i] = none
		s.results[i] = flat[i*results : (i+1)*results]
	}
	return s
}

// leakAll is the summary of a function of which nothing is known.
func leakAll(params, results int) *summary {
	s := newSummary(params, results)
	for i := range s.heap {
		s.heap[i] = 0
	}
	return s
}

func (s *summary) equal(t *summary) bool {
	for i := range s.heap {
		if s.heap[i] != t.heap[i] {
			return false
		}
		for j := range s.results[i] {
			if s.results[i][j] != t.results[i][j] {
				return false
			}
		}
	}
	return true
}

// join is the worst of all members, with the receiver of interface methods seen from the interface value.
func (n *node) join() *summary {
	s := newSummary(len(n.sum.heap), len(n.sum.results0()))
	for m, mem := range n.members {
		for i := range s.heap {
			if i >= len(mem.sum.heap) {
				continue
			}
			var bump int8
			if i == 0 && n.bump != nil {
				bump = n.bump[m]
			}
			s.heap[i] = min(s.heap[i], add(mem.sum.heap[i], bump))
			for j := range s.results[i] {
				s.results[i][j] = min(s.results[i][j], add(mem.sum.results[i][j], bump))
			}
		}
	}
	return s
}

func (s *summary) results0() []int8 {
	if len(s.results) == 0 {
		return nil
	}
	return s.results[0]
}

func add(d, e int8) int8 {
	if d == none {
		return none
	}
	return min(d+e, maxDerefs)
}
