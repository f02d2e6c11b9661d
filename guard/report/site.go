package report

import (
	"cmp"
	"maps"
	"slices"
	"sort"
	"time"
)

// cause is the part of a Kind that is known before runs are looked at together: whether a function is a Hog or an Overload depends on all of its runs.
type cause uint8

const (
	byRunning cause = iota
	byLock
	bySyscall
	byGC
	byStop
	byCollector // the collector's own workers, on behalf of those who allocate
)

// site is a stack that made others wait in one way.
type site struct {
	cause      cause
	stack      stackID
	blame      float64 // nanoseconds that others waited
	held       float64 // nanoseconds that it took
	long       float64 // part of held in runs longer than the limit
	longest    int64
	stretches  map[stretch]float64    // how much of each is in held: one holder can be in the way of many
	goroutines map[*goroutine]float64 // blame of each
	notes      map[int32]float64      // blame in each region, task or label
	frames     []Frame
	in         string // what most of the blame is in
}

// blamer collects sites.
type blamer struct {
	f         *follower
	o         Options
	limit     int64
	sites     map[siteKey]*site
	runs      map[siteKey][]charge // to be spread, by where they ended
	runQueue  Waits
	lockWaits Waits
	unheld    float64
}

// stretch is a span of a goroutine, known by when it began.
type stretch struct {
	g    *goroutine
	from int64
}

type siteKey struct {
	cause cause
	stack stackID
}

func newBlamer(f *follower, o Options) *blamer {
	return &blamer{f: f, o: o, limit: int64(o.Limit), sites: map[siteKey]*site{}, runs: map[siteKey][]charge{}}
}

// charge is one stretch in which a goroutine was in others' way.
type charge struct {
	g     *goroutine
	cause cause
	stack stackID
	note  int32
	span  int64 // when the span began that this is a part of
	from  int64
	to    int64
	blame float64
	run   int64 // how long the goroutine ran at a stretch, this included
	exact bool  // the goroutine was computing at the stack when the stretch ended
}

// charge adds c to the site of its stack.
func (b *blamer) charge(c charge) {
	if c.blame <= 0 {
		return
	}
	if c.cause == byRunning || c.cause == byLock {
		k := siteKey{c.cause, b.known(c.stack, c.g)}
		b.runs[k] = append(b.runs[k], c)
		return
	}
	b.add(c, c.stack, 1)
}

// spread charges runs to the stacks that they were in, once all are known.
//
// Where a run ended says where it was only if it was preempted; one that ended because it blocked had been computing somewhere else. CPU
// samples say better, but there is one in 10 ms of CPU time, and most short runs have none. So a run with samples is charged to them, and one
// without to the samples of all runs that ended at the same place. Only where these have none, the place itself is charged.
func (b *blamer) spread() {
	for k, runs := range b.runs {
		all := map[stackID]float64{}
		for _, c := range runs {
			for _, s := range b.seen(c, k.stack) {
				all[s]++
			}
		}
		if len(all) == 0 {
			all[k.stack] = 1
		}
		all = topShares(all)
		for _, c := range runs {
			own := b.seen(c, k.stack)
			for _, s := range own {
				b.add(c, s, 1/float64(len(own)))
			}
			if len(own) > 0 {
				continue
			}
			for s, share := range all {
				b.add(c, s, share)
			}
		}
	}
	clear(b.runs)
}

// seen gives the stacks in which a run is known to have been.
func (b *blamer) seen(c charge, end stackID) []stackID {
	var in []stackID
	for _, s := range c.g.sampled(c.from, c.to) {
		in = append(in, b.known(s.stack, c.g))
	}
	if c.exact && c.stack != noStack && end == c.stack { // otherwise the line is only that of the function
		in = append(in, end)
	}
	return in
}

// topShares keeps the most frequent stacks and makes their shares add up to one.
func topShares(all map[stackID]float64) map[stackID]float64 {
	const most = 16
	ids := slices.SortedFunc(maps.Keys(all), func(x, y stackID) int { return cmp.Or(cmp.Compare(all[y], all[x]), cmp.Compare(x, y)) })
	ids = ids[:min(len(ids), most)]
	var sum float64
	for _, id := range ids {
		sum += all[id]
	}
	top := make(map[stackID]float64, len(ids))
	for _, id := range ids {
		top[id] = all[id] / sum
	}
	return top
}

// known completes a stack that has no frame but the standard library's with the function that the goroutine began with. The tracer
// leaves out the outermost function when the goroutine was interrupted in it and it has no frame.
func (b *blamer) known(stack stackID, g *goroutine) stackID {
	entry := b.f.stacks.frames(g.entry)
	if len(entry) == 0 || standard(entry[0].Func) {
		return stack
	}
	for _, f := range b.f.stacks.frames(stack) {
		if !standard(f.Func) {
			return stack
		}
	}
	return b.f.stacks.join(stack, g.entry)
}

func (b *blamer) add(c charge, stack stackID, part float64) {
	stack = b.known(stack, c.g)
	k := siteKey{c.cause, stack}
	s := b.sites[k]
	if s == nil {
		s = &site{cause: c.cause, stack: stack, stretches: map[stretch]float64{}, goroutines: map[*goroutine]float64{}, notes: map[int32]float64{}}
		b.sites[k] = s
	}
	s.blame += c.blame * part
	s.longest = max(s.longest, c.run)
	in := stretch{c.g, c.span}
	took := float64(c.to-c.from) * part
	more := max(0, took-s.stretches[in])
	s.stretches[in] += more
	s.held += more
	if c.run >= b.limit {
		s.long += more
	}
	s.goroutines[c.g] += c.blame * part
	if c.note != 0 {
		s.notes[c.note] += c.blame * part
	}
}

// sampled gives the CPU samples of a goroutine between two moments.
func (g *goroutine) sampled(from, to int64) []sample {
	i := sort.Search(len(g.samples), func(i int) bool { return g.samples[i].at >= from })
	j := sort.Search(len(g.samples), func(i int) bool { return g.samples[i].at >= to })
	return g.samples[i:max(i, j)]
}

// sorted gives all sites by blame, in an order that does not change from run to run. What the collector's workers are to blame for falls on those who
// allocate, as far as the trace shows who they are.
func (b *blamer) sorted() []*site {
	var all []*site
	var workers, allocating float64
	for _, s := range b.sites {
		s.frames = b.f.stacks.frames(s.stack)
		if in := labels(b.f, s.notes); len(in) > 0 {
			s.in = in[0]
		}
		switch s.cause {
		case byCollector:
			workers += s.blame
		case byGC:
			allocating += s.blame
		}
		all = append(all, s)
	}
	if allocating > 0 {
		all = slices.DeleteFunc(all, func(s *site) bool { return s.cause == byCollector })
		for _, s := range all {
			if s.cause == byGC {
				s.blame *= 1 + workers/allocating
			}
		}
	}
	slices.SortFunc(all, func(x, y *site) int {
		return cmp.Or(cmp.Compare(y.blame, x.blame), cmp.Compare(x.stack, y.stack), cmp.Compare(x.cause, y.cause))
	})
	return all
}

func (s *site) kind() Kind {
	switch s.cause {
	case byLock:
		return Lock
	case bySyscall:
		return Syscall
	case byGC, byCollector:
		return GC
	case byStop:
		return Stop
	}
	if s.long >= s.held/2 {
		return Hog
	}
	return Overload
}

func nanoseconds(f float64) time.Duration { return time.Duration(whole(f)) }
