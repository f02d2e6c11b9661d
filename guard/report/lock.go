package report

import "sort"

// pathSteps bounds the walk back from one wait: behind a queue of more holders than that, the oldest part stays unexplained.
const pathSteps = 1000

// locks blames each long wait for a lock on what its holders did meanwhile. The trace does not say who holds a lock, but it says whose Unlock woke
// the waiter. From there the path goes back through the holder's life to the beginning of the wait; where the holder itself waited
// for a lock, it goes on with who woke it. So a wait is divided, without a rest, into runs, sleeps, system calls and other
// waits of those who were in front.
func (b *blamer) locks() {
	for _, g := range b.f.list {
		for i := range g.spans {
			s := &g.spans[i]
			if s.state != waiting || s.why != onLock || s.to-s.from < b.limit {
				continue
			}
			b.lockWaits.add(s.to - s.from)
			b.path(s.waker, s.wakeStack, s.from, s.to)
		}
	}
}

// path charges the time from `from` to `to`, at whose end g woke somebody at the stack `at`.
func (b *blamer) path(g *goroutine, at stackID, from, to int64) {
	for step := 0; step < pathSteps && g != nil && to > from; step++ {
		s := g.spanAt(to)
		if s == nil {
			return
		}
		if s.state == waiting && s.why == onLock && s.waker != nil {
			g, at = s.waker, s.wakeStack
			continue
		}
		begin := max(from, s.from)
		b.chargeLock(g, s, at, begin, to)
		to, at = begin, noStack
	}
}

// chargeLock charges what g did from begin to end, a part of s. If that part ends with a wake-up, `at` is its stack and nearer than that of s.
func (b *blamer) chargeLock(g *goroutine, s *span, at stackID, begin, end int64) {
	if end <= begin {
		return
	}
	c := charge{g: g, cause: byLock, stack: s.stack, note: s.note, span: s.from, from: begin, to: end, blame: float64(end - begin), run: end - begin, exact: s.exact}
	switch s.state {
	case running:
		if at != noStack && end < s.to {
			c.stack, c.exact = at, true
		}
	case runnable:
		c.stack = g.ranBefore(s)
	}
	b.charge(c)
}

// spanAt gives what g was doing just before a moment.
func (g *goroutine) spanAt(t int64) *span {
	i := sort.Search(len(g.spans), func(i int) bool { return g.spans[i].to >= t })
	if i == len(g.spans) || g.spans[i].from >= t {
		return nil
	}
	return &g.spans[i]
}

// ranBefore is where g stopped running last before s, or noStack.
func (g *goroutine) ranBefore(s *span) stackID {
	i := sort.Search(len(g.spans), func(i int) bool { return g.spans[i].from >= s.from })
	for i--; i >= 0; i-- {
		if g.spans[i].stack != noStack {
			return g.spans[i].stack
		}
	}
	return noStack
}
