package frame

import "math"

// Sizes returns, by address, the most bytes that each function has on the stack at any instruction. Functions that find their
// frame by another register than sp, whose DWARF number is given, are left out: what lies below it is not known.
func (t Table) Sizes(sp uint64) map[uint64]int64 {
	sizes := map[uint64]int64{}
	for _, e := range t.entries {
		if size, ok := e.size(sp); ok {
			sizes[e.low] = size
		}
	}
	return sizes
}

// size is the largest distance between sp and the caller's frame.
func (e frameEntry) size(sp uint64) (int64, bool) {
	m := frameMachine{entry: e, pc: math.MaxUint64, loc: e.low}
	known, size := true, int64(0)
	m.row = func(now Rules) {
		known = known && now.CFAKnown && now.CFARegister == sp
		size = max(size, now.CFAOffset)
	}
	if !m.run(e.initial) {
		return 0, false
	}
	m.first = m.now
	m.run(e.program)
	m.row(m.now)
	return size, known && !m.bad
}
