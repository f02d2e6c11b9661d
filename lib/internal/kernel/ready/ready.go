// Package ready is the ready queue of the kernel: a FIFO of tasks per priority level and a bitmap of the levels in use.
//
// It is not the scheduler: it knows nothing of tasks but a Node that each embeds, and takes no lock. Every operation
// is O(1). A node is in at most one queue, at one level; the caller keeps track of that. Start reading at Queue.
package ready

import "math/bits"

// Levels is the number of priority levels. Level 0 is the least urgent, Levels-1 the most.
const Levels = 9

// Node is what a task embeds to be queued.
type Node struct {
	next *Node
}

// Queue is a ready queue. Its zero value is empty. ISR-safe where the caller's lock is; never allocates.
type Queue struct {
	used   uint32 // bit l is set when level l is not empty
	levels [Levels]fifo
}

type fifo struct {
	head, tail *Node
}

// PushBack adds n as the last of its level.
func (q *Queue) PushBack(n *Node, level uint8) {
	n.next = nil
	f := &q.levels[level]
	if f.head == nil {
		f.head = n
		q.used |= 1 << level
	} else {
		f.tail.next = n
	}
	f.tail = n
}

// PushFront adds n as the first of its level: a preempted task keeps its turn.
func (q *Queue) PushFront(n *Node, level uint8) {
	f := &q.levels[level]
	n.next = f.head
	if f.head == nil {
		f.tail = n
		q.used |= 1 << level
	}
	f.head = n
}

// Top is the most urgent level in use, -1 when the queue is empty.
func (q *Queue) Top() int { return bits.Len32(q.used) - 1 }

// Pop removes and returns the first task of the most urgent level, nil when the queue is empty.
func (q *Queue) Pop() *Node {
	level := q.Top()
	if level < 0 {
		return nil
	}
	f := &q.levels[level]
	n := f.head
	f.head = n.next
	if f.head == nil {
		f.tail = nil
		q.used &^= 1 << level
	}
	n.next = nil
	return n
}

// List is a stack of nodes that are in no queue, for free lists. Its zero value is empty.
type List struct {
	head *Node
}

// Push adds n.
func (l *List) Push(n *Node) {
	n.next = l.head
	l.head = n
}

// Pop removes and returns the node that was pushed last, nil when there is none.
func (l *List) Pop() *Node {
	n := l.head
	if n != nil {
		l.head = n.next
		n.next = nil
	}
	return n
}
