package ready

import (
	"math/rand"
	"slices"
	"testing"
)

// model is the reference: a slice per level, the first task first.
type model [Levels][]*Node

func (m *model) first() *Node {
	if top := m.top(); top >= 0 {
		return m[top][0]
	}
	return nil
}

func (m *model) top() int {
	for level := Levels - 1; level >= 0; level-- {
		if len(m[level]) > 0 {
			return level
		}
	}
	return -1
}

// pick is a random task of a level, nil when it is empty.
func (m *model) pick(rnd *rand.Rand, level uint8) *Node {
	if len(m[level]) == 0 {
		return nil
	}
	return m[level][rnd.Intn(len(m[level]))]
}

// TestAgainstModel does random operations on queue and reference, and compares all rings after each.
func TestAgainstModel(t *testing.T) {
	for seed := int64(1); seed <= 20; seed++ {
		rnd := rand.New(rand.NewSource(seed))
		var q Queue
		var m model
		for step := 0; step < 3000; step++ {
			level := uint8(rnd.Intn(Levels))
			at := &m[level]
			switch n := m.pick(rnd, level); rnd.Intn(5) {
			case 0:
				n := new(Node)
				q.PushBack(n, level)
				*at = append(*at, n)
			case 1:
				n := new(Node)
				q.PushFront(n, level)
				*at = append([]*Node{n}, *at...)
			case 2:
				if n == nil {
					continue
				}
				want := n == (*at)[0] && len(*at) > 1
				if got := q.Rotate(n, level); got != want {
					t.Fatalf("seed %d, step %d: Rotate is %v, want %v", seed, step, got, want)
				}
				if want {
					*at = append((*at)[1:], n)
				}
			default:
				if n == nil {
					continue
				}
				q.Remove(n, level)
				*at = slices.DeleteFunc(*at, func(other *Node) bool { return other == n })
			}
			if got, want := q.Top(), m.top(); got != want {
				t.Fatalf("seed %d, step %d: Top is %d, want %d", seed, step, got, want)
			}
			if q.First() != m.first() {
				t.Fatalf("seed %d, step %d: First is not the reference's", seed, step)
			}
			if !sameRing(q.first[ring(level)], *at) {
				t.Fatalf("seed %d, step %d: level %d is not the reference's", seed, step, level)
			}
		}
	}
}

// sameRing reports whether the ring that begins with first is want, in both directions.
func sameRing(first *Node, want []*Node) bool {
	n := first
	for i, w := range want {
		if n != w || n.Next.Prev != n || n.Prev.Next != n || n.Next != want[(i+1)%len(want)] {
			return false
		}
		n = n.Next
	}
	return n == first
}

func TestList(t *testing.T) {
	var l List
	a, b, c := new(Node), new(Node), new(Node)
	for _, n := range []*Node{a, b, c} {
		l.Push(n)
	}
	l.RemoveAfter(c)
	if l.First() != c || c.Next != a || a.Next != nil || b.Next != nil {
		t.Error("after the second of three was removed, the list is not the first and the third")
	}
	l.RemoveAfter(nil)
	l.RemoveAfter(nil)
	if l.First() != nil {
		t.Error("the list is not empty after everything was removed")
	}
}
