// Package timerq is the queue of armed timers: a leftist heap ordered by time, first come first served among equal times.
//
// It is not the timers themselves: it knows nothing of clocks or of what happens when one is due, and takes no lock. The nodes
// are embedded in what they time, so nothing is ever allocated. Min is O(1); Insert and Remove are O(log n) in the worst
// case: they walk right spines only, and a heap of n nodes has none longer than log2(n+1). Start reading at Queue.
package timerq

// Node is what a timer embeds to be queued.
type Node struct {
	When int64 // nanoseconds; not to be changed while queued

	order               uint32 // tells equal times apart; wraps
	rank                uint32 // length of the right spine
	left, right, parent *Node
}

// Queue is a timer queue. Its zero value is empty.
type Queue struct {
	root  *Node
	order uint32
}

// Min is the node that is due first, nil when the queue is empty.
func (q *Queue) Min() *Node { return q.root }

// Insert adds n, which is in no queue.
//
//mote:unchecked
func (q *Queue) Insert(n *Node) {
	q.order++
	n.order = q.order
	n.rank = 1
	n.left, n.right, n.parent = nil, nil, nil
	q.root = merge(q.root, n)
}

// Remove takes n out; it must be in this queue.
//
//mote:unchecked
func (q *Queue) Remove(n *Node) {
	parent := n.parent
	rest := merge(detach(n.left), detach(n.right))
	if rest != nil {
		rest.parent = parent
	}
	switch {
	case parent == nil:
		q.root = rest
	case parent.left == n:
		parent.left = rest
	default:
		parent.right = rest
	}
	for ; parent != nil && restore(parent); parent = parent.parent {
	}
	n.left, n.right, n.parent = nil, nil, nil
}

// detach makes n a root.
func detach(n *Node) *Node {
	if n != nil {
		n.parent = nil
	}
	return n
}

// before reports whether a is due before b.
//
//mote:unchecked
func before(a, b *Node) bool {
	if a.When != b.When {
		return a.When < b.When
	}
	return int32(a.order-b.order) < 0
}

// merge joins two heaps by interleaving their right spines, then restores the ranks from the end of that spine up.
//
//mote:unchecked
func merge(a, b *Node) *Node {
	if a == nil {
		return b
	}
	if b == nil {
		return a
	}
	if before(b, a) {
		a, b = b, a
	}
	root, at := a, a
	for at.right != nil {
		if before(b, at.right) {
			at.right, b = b, at.right
			at.right.parent = at
		}
		at = at.right
	}
	at.right = b
	b.parent = at
	for ; at != nil; at = at.parent {
		restore(at)
	}
	return root
}

// restore puts the longer right spine of n's children on the left and sets n's rank. It reports whether the rank changed.
//
//mote:unchecked
func restore(n *Node) bool {
	if rank(n.left) < rank(n.right) {
		n.left, n.right = n.right, n.left
	}
	was := n.rank
	n.rank = rank(n.right) + 1
	return n.rank != was
}

func rank(n *Node) uint32 {
	if n == nil {
		return 0
	}
	return n.rank
}
