package escape

import (
	"golang.org/x/tools/go/ssa"
)

// loopCheck decides whether an allocation in a loop may use the same slot of the frame each time.
//
// That is so if no pointer to the memory of one execution can be used after the next. A register that is not
// a phi cannot: its uses are dominated by its definition, which the way round the loop passes again. A variable that
// the pointer is stored in can, unless it is made anew between any two executions.
type loopCheck struct {
	g      *graph
	out    [][]edgeTo // edges by source
	values []ssa.Value
	sites  []ssa.Instruction // by object location
	cyclic map[*ssa.BasicBlock]bool
}

type edgeTo struct {
	dst    loc
	derefs int8
}

func newLoopCheck(g *graph) *loopCheck {
	return &loopCheck{g: g, cyclic: make(map[*ssa.BasicBlock]bool)}
}

func (c *loopCheck) index() {
	if c.out != nil {
		return
	}
	c.out = make([][]edgeTo, len(c.g.in))
	for dst, list := range c.g.in {
		for _, e := range list {
			c.out[e.src] = append(c.out[e.src], edgeTo{loc(dst), e.derefs})
		}
	}
	c.values = make([]ssa.Value, len(c.g.in))
	for v, l := range c.g.regs {
		c.values[l] = v
	}
	c.sites = make([]ssa.Instruction, len(c.g.in))
	for in, l := range c.g.objects {
		c.sites[l] = in
	}
}

// keeps returns why the memory made by site may be in use when site runs again, or "".
func (c *loopCheck) keeps(site ssa.Instruction) string {
	b := site.Block()
	in, ok := c.cyclic[b]
	if !ok {
		in = inLoop(b)
		c.cyclic[b] = in
	}
	if !in {
		return ""
	}
	c.index()
	levels := c.holders(c.g.objects[site])
	for l, level := range levels {
		if level < 0 {
			continue
		}
		if _, phi := c.values[l].(*ssa.Phi); phi {
			return "kept from one iteration of a loop to the next"
		}
		if at := c.sites[l]; at != nil && at != site && !remadeBetween(b, at.Block()) {
			return "stored in a variable that outlives the iteration of a loop"
		}
	}
	return ""
}

// unbounded is a level that no number of dereferences leaves.
const unbounded int8 = 64

// holders computes for each location after how many dereferences at most it leads to the address of obj; -1 is never.
func (c *loopCheck) holders(obj loc) []int8 {
	level := make([]int8, len(c.out))
	for i := range level {
		level[i] = -1
	}
	var queue []loc
	raise := func(l loc, n int8) {
		if n > level[l] {
			level[l] = n
			queue = append(queue, l)
		}
	}
	for _, e := range c.out[obj] {
		if e.derefs < 0 {
			raise(e.dst, 0)
		}
	}
	for len(queue) > 0 {
		l := queue[0]
		queue = queue[1:]
		for _, e := range c.out[l] {
			n := level[l]
			if n < unbounded {
				n -= e.derefs
			}
			raise(e.dst, n)
		}
	}
	return level
}

// inLoop reports whether control can come back to b.
func inLoop(b *ssa.BasicBlock) bool { return reaches(b, nil) }

// remadeBetween reports whether made runs between any two runs of b.
func remadeBetween(b, made *ssa.BasicBlock) bool {
	return b == made || !reaches(b, made)
}

// reaches reports whether control can come from b back to b without passing avoid.
func reaches(b, avoid *ssa.BasicBlock) bool {
	seen := make([]bool, len(b.Parent().Blocks))
	work := []*ssa.BasicBlock{b}
	for len(work) > 0 {
		x := work[len(work)-1]
		work = work[:len(work)-1]
		for _, s := range x.Succs {
			if s == b {
				return true
			}
			if s != avoid && !seen[s.Index] {
				seen[s.Index] = true
				work = append(work, s)
			}
		}
	}
	return false
}
