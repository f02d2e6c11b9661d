package report

import (
	"cmp"
	"maps"
	"slices"
)

// hold is a stretch in which a goroutine had a processor: a run, or the part of a system call before the processor was taken away.
type hold struct {
	g      *goroutine
	s      *span
	from   int64
	to     int64
	tenure int64   // how long the goroutine had the processor without a break, this stretch included
	start  float64 // the sum of blame per holder when it began
	blame  float64
}

// edge is a moment at which something begins or ends to hold or to wait.
type edge struct {
	at   int64
	hold *hold // nil for a wait
	by   int   // +1 begins, -1 ends
	gap  bool  // a standstill of the process, not a wait
}

// holds blames the waits for a processor on those who had them, in one sweep over time: while w goroutines wait and h hold processors,
// each holder is charged w/h of the time that passes. Where all processors are held for longer than the limit, one wait is added, that of
// timers and the network, which nobody looks at meanwhile; goroutines that wait for those are not runnable, so the trace does not show them. The same
// goes for times in which the process stood still although it had work, because the quota of its control group had run out: who has
// the processors then is, on average, who has used the quota up. But what waits meanwhile would not have got further without them. (Samples of
// CPU time are events, so with them a standstill is known to be none of the process's own making.)
func (b *blamer) holds() {
	var hs []*hold
	var edges []edge
	for _, g := range b.f.list {
		hs = append(hs, g.holds()...)
		for i := range g.spans {
			s := &g.spans[i]
			if d := s.to - s.from; s.state == runnable && d >= b.limit {
				b.runQueue.add(d)
				edges = append(edges, edge{at: s.from, by: 1}, edge{at: s.to, by: -1})
			}
			b.ownWait(g, s)
		}
	}
	for _, h := range hs {
		edges = append(edges, edge{at: h.from, hold: h, by: 1}, edge{at: h.to, hold: h, by: -1})
	}
	for _, gap := range b.f.gaps {
		edges = append(edges, edge{at: gap[0], by: 1, gap: true}, edge{at: gap[1], by: -1, gap: true})
	}
	slices.SortFunc(edges, func(x, y edge) int { return cmp.Or(cmp.Compare(x.at, y.at), cmp.Compare(x.by, y.by)) })
	b.sweep(edges)
	for _, h := range hs {
		b.chargeHold(h)
	}
}

func (b *blamer) sweep(edges []edge) {
	var sum float64 // of blame per holder since the beginning
	var last int64
	var holding, long, waits, still int
	for _, e := range edges {
		if dt := float64(e.at - last); dt > 0 {
			w := waits
			if holding == 0 || still > 0 && b.f.samples > 0 {
				b.unheld += dt * float64(waits)
				w = 0
			}
			if long >= b.f.procs || still > 0 {
				w++
			}
			if holding > 0 {
				sum += dt * float64(w) / float64(holding)
			}
		}
		last = e.at
		if e.hold == nil {
			if e.gap {
				still += e.by
			} else {
				waits += e.by
			}
			continue
		}
		holding += e.by
		if e.hold.tenure >= b.limit {
			long += e.by
		}
		if e.by > 0 {
			e.hold.start = sum
		} else {
			e.hold.blame = sum - e.hold.start
		}
	}
}

func (b *blamer) chargeHold(h *hold) {
	c := charge{g: h.g, cause: byRunning, stack: h.s.stack, note: h.s.note, span: h.s.from, from: h.from, to: h.to, blame: h.blame, run: h.tenure, exact: h.s.exact}
	switch {
	case h.s.state == syscalling:
		c.cause = bySyscall
	case h.s.why == assisting, h.s.why == stoppingGC:
		c.cause = byGC
	case h.s.why == collecting:
		c.cause = byCollector
	case h.s.why == stopping:
		c.cause = byStop
	}
	b.charge(c)
}

// ownWait charges the time that a goroutine gives to the collector, running or waiting, to where it allocates: that, too, is a wait.
func (b *blamer) ownWait(g *goroutine, s *span) {
	if s.state == running && s.why == assisting || s.state == waiting && s.why == onGC {
		d := s.to - s.from
		b.charge(charge{g: g, cause: byGC, stack: s.stack, note: s.note, span: s.from, from: s.from, to: s.to, blame: float64(d), run: d, exact: true})
	}
}

// holds gives the stretches in which g had a processor.
func (g *goroutine) holds() []*hold {
	var hs []*hold
	for i := range g.spans {
		s := &g.spans[i]
		switch {
		case s.state == running:
			hs = append(hs, &hold{g: g, s: s, from: s.from, to: s.to})
		case s.state == syscalling && s.lost > s.from:
			hs = append(hs, &hold{g: g, s: s, from: s.from, to: min(s.lost, s.to)})
		}
	}
	for i := 0; i < len(hs); {
		j := i + 1
		for j < len(hs) && hs[j].from == hs[j-1].to {
			j++
		}
		for _, h := range hs[i:j] {
			h.tenure = hs[j-1].to - hs[i].from
		}
		i = j
	}
	return hs
}

// syscalls charges goroutines that sit in a system call or in C longer than the limit, where more of them do so at once than there are
// processors. Fewer are no trouble: their processors go to others.
func (b *blamer) syscalls() {
	byStack := map[stackID][]charge{}
	for _, g := range b.f.list {
		for i := range g.spans {
			s := &g.spans[i]
			if d := s.to - s.from; s.state == syscalling && s.why != signals && d >= b.limit {
				byStack[s.stack] = append(byStack[s.stack], charge{g: g, cause: bySyscall, stack: s.stack, note: s.note, span: s.from, from: s.from, to: s.to, blame: float64(d), run: d, exact: true})
			}
		}
	}
	for _, stack := range slices.Sorted(maps.Keys(byStack)) {
		cs := byStack[stack]
		if atOnce(cs) <= b.f.procs {
			continue
		}
		for _, c := range cs {
			b.charge(c)
		}
	}
}

// atOnce is the greatest number of charges that overlap.
func atOnce(cs []charge) int {
	var edges []edge
	for _, c := range cs {
		edges = append(edges, edge{at: c.from, by: 1}, edge{at: c.to, by: -1})
	}
	slices.SortFunc(edges, func(x, y edge) int { return cmp.Or(cmp.Compare(x.at, y.at), cmp.Compare(x.by, y.by)) })
	n, most := 0, 0
	for _, e := range edges {
		n += e.by
		most = max(most, n)
	}
	return most
}
