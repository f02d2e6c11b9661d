package escape

import (
	"fmt"

	"golang.org/x/tools/go/ssa"
)

// reached is what walk finds for a location: the fewest dereferences on a way to the root, and the last edge of that way.
type reached struct {
	derefs int8
	edge   *flow // in the in-list of next
	next   loc
}

// walk computes how every location flows to root. Less than 0 means that the address of the location does.
//
// Dereferences are counted from the root back: on a path with d of them, what flows on is found after max(d, 0) more.
// An address counts as the contents too, which is the safe side.
func (g *graph) walk(root loc) []reached {
	out := make([]reached, len(g.in))
	for i := range out {
		out[i].derefs = none
	}
	out[root].derefs = 0
	queue := []loc{root}
	for len(queue) > 0 {
		l := queue[0]
		queue = queue[1:]
		base := max(out[l].derefs, 0)
		for i := range g.in[l] {
			e := &g.in[l][i]
			if d := add(base, e.derefs); d < out[e.src].derefs {
				out[e.src] = reached{d, e, l}
				queue = append(queue, e.src)
			}
		}
	}
	return out
}

// function analyses n's body with the summaries as they stand, records what it finds about its allocations, and returns its summary.
func (a *analysis) function(n *node) *summary {
	g := a.newGraph(n)
	results := n.fn.Signature.Results().Len()
	sum := newSummary(len(n.sum.heap), results)
	escaped := make(map[ssa.Instruction]*flow)
	for root := loc(0); int(root) <= results; root++ {
		if len(g.in[root]) == 0 {
			continue
		}
		ways := g.walk(root)
		for i := range sum.heap {
			l := loc(1 + results + i) // parameters and captured variables are numbered first
			switch d := ways[l].derefs; {
			case d == none:
			case root == heap:
				sum.heap[i] = max(d, 0)
				a.res.Leaks[g.param(i)] = g.leak(lastEdge(ways, l, root))
			default:
				sum.results[i][root-1] = max(d, 0)
			}
		}
		for _, site := range g.sites {
			if l := g.objects[site]; ways[l].derefs < 0 && escaped[site] == nil {
				escaped[site] = lastEdge(ways, l, root)
			}
		}
	}
	g.record(escaped)
	return sum
}

// lastEdge follows the way from l to root and returns the edge that enters root.
func lastEdge(ways []reached, l, root loc) *flow {
	for range ways {
		w := ways[l]
		if w.next == root {
			return w.edge
		}
		l = w.next
	}
	return &flow{why: causeStore} // ways through a cycle: any reason will do
}

// record enters the verdict on each allocation of the function into the result.
func (g *graph) record(escaped map[ssa.Instruction]*flow) {
	res := g.a.res
	var loops *loopCheck
	for _, site := range g.sites {
		delete(res.Stack, site)
		delete(res.Where, site)
		delete(res.Reason, site)
		delete(res.Leaks, site)
		size, known := g.a.types.size(site)
		e := escaped[site]
		switch alloc, _ := site.(*ssa.Alloc); {
		case known && size > g.a.limit:
			res.Reason[site] = fmt.Sprintf("too large for the stack (%d bytes, limit %d)", size, g.a.limit)
		case alloc != nil && !alloc.Heap:
		case e != nil:
			res.Reason[site] = e.text()
			res.Leaks[site] = g.leak(e)
			if e.at != nil {
				res.Where[site] = e.at.Pos()
			}
		case !known:
			res.Reason[site] = "size is not constant"
		default:
			if loops == nil {
				loops = newLoopCheck(g)
			}
			if why := loops.keeps(site); why != "" {
				res.Reason[site] = why
			} else {
				res.Stack[site] = true
			}
		}
	}
}
