package timerq

import (
	"math/rand"
	"sort"
	"testing"
)

// model is the reference: a list kept in order of time, then of arrival.
type model struct {
	nodes []*Node
}

func (m *model) insert(n *Node) {
	i := sort.Search(len(m.nodes), func(i int) bool { return m.nodes[i].When > n.When })
	m.nodes = append(m.nodes, nil)
	copy(m.nodes[i+1:], m.nodes[i:])
	m.nodes[i] = n
}

func (m *model) remove(i int) { m.nodes = append(m.nodes[:i], m.nodes[i+1:]...) }

// TestAgainstModel does random operations on queue and reference.
func TestAgainstModel(t *testing.T) {
	for seed := int64(1); seed <= 20; seed++ {
		rnd := rand.New(rand.NewSource(seed))
		q := Queue{order: ^uint32(0) - 300} // wraps on the way
		var m model
		for step := 0; step < 2000; step++ {
			switch op := rnd.Intn(5); {
			case op < 2 || len(m.nodes) == 0:
				n := &Node{When: int64(rnd.Intn(40))}
				q.Insert(n)
				m.insert(n)
			case op == 2 && len(m.nodes) > 200, op == 3:
				q.Remove(q.Min())
				m.remove(0)
			default:
				i := rnd.Intn(len(m.nodes))
				q.Remove(m.nodes[i])
				m.remove(i)
			}
			var want *Node
			if len(m.nodes) > 0 {
				want = m.nodes[0]
			}
			if q.Min() != want {
				t.Fatalf("seed %d, step %d: Min is not the reference's first of %d", seed, step, len(m.nodes))
			}
		}
		if count := check(t, q.root, nil); count != len(m.nodes) {
			t.Fatalf("seed %d: %d nodes in the heap, want %d", seed, count, len(m.nodes))
		}
	}
}

// check verifies the invariants below n and counts the nodes.
func check(t *testing.T, n, parent *Node) int {
	if n == nil {
		return 0
	}
	switch {
	case n.parent != parent:
		t.Fatal("a parent link is wrong")
	case parent != nil && before(n, parent):
		t.Fatal("a child is due before its parent")
	case rank(n.left) < rank(n.right):
		t.Fatal("not leftist")
	case n.rank != rank(n.right)+1:
		t.Fatal("a rank is wrong")
	}
	return 1 + check(t, n.left, n) + check(t, n.right, n)
}

// TestSpine checks the bound on which O(log n) rests, for the order of insertion that makes plain trees degenerate.
func TestSpine(t *testing.T) {
	var q Queue
	const count = 1 << 12
	for i := 0; i < count; i++ {
		q.Insert(&Node{When: int64(i)})
	}
	if r := rank(q.root); r > 12 {
		t.Errorf("right spine of %d nodes, want at most 12", r)
	}
}
