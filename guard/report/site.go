package report

import (
	"cmp"
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
	return &blamer{f: f, o: o, limit: int64(o.Limit), sites: map[siteKey]*site{}}
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
	exact bool  // the stack is where the stretch ended, not only something near
}

// charge adds c to the site of its stack, or in equal parts to those of the CPU samples taken in the meantime.
func (b *blamer) charge(c charge) {
	if c.blame <= 0 {
		return
	}
	var in []sample
	if c.cause == byRunning || c.cause == byLock {
		in = c.g.sampled(c.from, c.to)
	}
	parts := float64(len(in))
	if c.exact || len(in) == 0 {
		parts++
		b.add(c, c.stack, 1/parts)
	}
	for _, s := range in {
		b.add(c, s.stack, 1/parts)
	}
}

func (b *blamer) add(c charge, stack stackID, part float64) {
	if stack == noStack {
		stack = c.g.entry
	}
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
