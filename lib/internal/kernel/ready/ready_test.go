package ready

import (
	"math/rand"
	"testing"
)

// model is the reference: a slice per level.
type model [Levels][]*Node

func (m *model) pop() *Node {
	for level := Levels - 1; level >= 0; level-- {
		if tasks := m[level]; len(tasks) > 0 {
			m[level] = tasks[1:]
			return tasks[0]
		}
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

// TestAgainstModel does random operations on queue and reference.
func TestAgainstModel(t *testing.T) {
	for seed := int64(1); seed <= 20; seed++ {
		rnd := rand.New(rand.NewSource(seed))
		var q Queue
		var m model
		for step := 0; step < 3000; step++ {
			level := uint8(rnd.Intn(Levels))
			switch rnd.Intn(4) {
			case 0:
				n := new(Node)
				q.PushBack(n, level)
				m[level] = append(m[level], n)
			case 1:
				n := new(Node)
				q.PushFront(n, level)
				m[level] = append([]*Node{n}, m[level]...)
			default:
				if got, want := q.Pop(), m.pop(); got != want {
					t.Fatalf("seed %d, step %d: Pop is not the reference's", seed, step)
				}
			}
			if got, want := q.Top(), m.top(); got != want {
				t.Fatalf("seed %d, step %d: Top is %d, want %d", seed, step, got, want)
			}
		}
	}
}

func TestList(t *testing.T) {
	var l List
	a, b := new(Node), new(Node)
	l.Push(a)
	l.Push(b)
	for i, want := range []*Node{b, a, nil} {
		if got := l.Pop(); got != want {
			t.Errorf("Pop %d is not the node pushed last", i)
		}
	}
}
