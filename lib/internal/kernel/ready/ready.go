// Package ready is the ready queue of the kernel: a ring of tasks per priority level and a bitmap of the levels in use.
//
// The running task stays in the queue, as the first of its level: a context switch reads the queue and writes nothing, and giving
// up a turn moves the beginning of a ring by one. The package knows nothing of tasks but a Node that each embeds, and takes no lock.
// Every operation is O(1). A node is in at most one queue, at one level; the caller keeps track of that. Start reading at Queue.
package ready

import "math/bits"

// Levels is the number of priority levels. Level 0 is the least urgent, Levels-1 the most.
const Levels = 9

// Node is what a task embeds to be queued. While it is in no queue, both fields are the caller's.
type Node struct {
	Next, Prev *Node
}

// Queue is a ready queue. Its zero value is empty. ISR-safe where the caller masks interrupts; never allocates.
type Queue struct {
	used  uint32        // bit 31-i is set when ring i is not empty
	first [Levels]*Node // of ring i, which is level Levels-1-i; the context switch in assembly finds it by counting zeros
}

// ring is the index of a level's ring.
func ring(level uint8) uint { return Levels - 1 - uint(level) }

// PushBack adds n as the last of its level.
//
//mote:unchecked
func (q *Queue) PushBack(n *Node, level uint8) {
	i := ring(level)
	first := q.first[i]
	if first == nil {
		n.Next, n.Prev = n, n
		q.first[i] = n
		q.used |= 1 << 31 >> i
		return
	}
	last := first.Prev
	n.Next, n.Prev = first, last
	last.Next = n
	first.Prev = n
}

// PushFront adds n as the first of its level: it takes over the turn of whoever has it.
//
//mote:unchecked
func (q *Queue) PushFront(n *Node, level uint8) {
	q.PushBack(n, level)
	q.first[ring(level)] = n
}

// Remove takes n out of its level.
//
//mote:unchecked
func (q *Queue) Remove(n *Node, level uint8) {
	i := ring(level)
	next, prev := n.Next, n.Prev
	if next == n {
		q.first[i] = nil
		q.used &^= 1 << 31 >> i
		return
	}
	prev.Next = next
	next.Prev = prev
	if q.first[i] == n {
		q.first[i] = next
	}
}

// Rotate ends the turn of n if it is the first of its level: it becomes the last. It reports whether another task is the first now.
//
//mote:unchecked
func (q *Queue) Rotate(n *Node, level uint8) bool {
	i := ring(level)
	next := n.Next
	if next == n || q.first[i] != n {
		return false
	}
	q.first[i] = next
	return true
}

// Empty reports whether no task is ready.
//
//mote:unchecked
func (q *Queue) Empty() bool { return q.used == 0 }

// Top is the most urgent level in use, -1 when the queue is empty.
func (q *Queue) Top() int {
	if q.used == 0 {
		return -1
	}
	return Levels - 1 - bits.LeadingZeros32(q.used)
}

// First is the first task of the most urgent level, nil when the queue is empty.
//
//mote:unchecked
func (q *Queue) First() *Node {
	if q.used == 0 {
		return nil
	}
	return q.first[bits.LeadingZeros32(q.used)]
}

// List is a stack of nodes that are in no queue, for free lists. Its zero value is empty.
type List struct {
	head *Node
}

// First is the node that was pushed last, nil when there is none; its Next is the one pushed before.
func (l *List) First() *Node { return l.head }

// RemoveAfter takes the node behind before out, the first one when before is nil.
//
//mote:unchecked
func (l *List) RemoveAfter(before *Node) {
	at := &l.head
	if before != nil {
		at = &before.Next
	}
	n := *at
	*at = n.Next
	n.Next = nil
}

// Push adds n.
func (l *List) Push(n *Node) {
	n.Next = l.head
	l.head = n
}
