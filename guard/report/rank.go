package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// group is a culprit in the making: the sites of one function and cause.
type group struct {
	cause cause
	fn    string
	sites []*site
	blame float64
	weigh float64 // blame, or a tenth of it for the runtime and the standard library: readers can change those least
}

// rank makes culprits of sites, which are in descending order of blame.
func rank(f *follower, sites []*site, o Options) []Culprit {
	groups := map[string]*group{}
	var order []*group
	var total float64
	for _, s := range sites {
		fr := culprit(s.frames)
		key := fmt.Sprint(s.cause, fr.Func)
		g := groups[key]
		if g == nil {
			g = &group{cause: s.cause, fn: fr.Func}
			groups[key] = g
			order = append(order, g)
		}
		g.sites = append(g.sites, s)
		g.blame += s.blame
		g.weigh += s.blame
		if s.cause == byCollector || standard(fr.Func) {
			g.weigh -= 0.9 * s.blame
		}
		total += s.blame
	}
	slices.SortStableFunc(order, func(x, y *group) int { return cmp.Compare(y.weigh, x.weigh) })
	culprits := []Culprit{}
	for _, g := range order[:min(len(order), o.Top)] {
		if nanoseconds(g.blame) < o.Limit {
			continue
		}
		c := g.culprit(f)
		c.Share = g.blame / total
		culprits = append(culprits, c)
	}
	return culprits
}

func (g *group) culprit(f *follower) Culprit {
	runs := map[stretch]bool{}
	whole := site{cause: g.cause, goroutines: map[*goroutine]float64{}, notes: map[int32]float64{}}
	lines := map[LineBlame]float64{}
	for _, s := range g.sites {
		whole.blame += s.blame
		whole.held += s.held
		whole.long += s.long
		whole.longest = max(whole.longest, s.longest)
		for k := range s.stretches {
			runs[k] = true
		}
		for k, v := range s.goroutines {
			whole.goroutines[k] += v
		}
		for k, v := range s.notes {
			whole.notes[k] += v
		}
		fr := culprit(s.frames)
		lines[LineBlame{File: fr.File, Line: fr.Line}] += s.blame
	}
	c := Culprit{Kind: whole.kind(), Func: g.fn, Blame: nanoseconds(whole.blame), Held: nanoseconds(whole.held), Runs: len(runs), Longest: time.Duration(whole.longest),
		Goroutines: len(whole.goroutines), Stack: g.sites[0].frames, Lines: lineBlames(lines), Entry: entry(f, whole.goroutines), Labels: labels(f, whole.notes)}
	c.File, c.Line = c.Lines[0].File, c.Lines[0].Line
	c.Evidence = c.evidence()
	return c
}

// shown is how many lines and labels of a culprit are listed.
const shown = 5

func lineBlames(m map[LineBlame]float64) []LineBlame {
	var all []LineBlame
	for l, blame := range m {
		l.Blame = nanoseconds(blame)
		all = append(all, l)
	}
	slices.SortFunc(all, func(x, y LineBlame) int {
		return cmp.Or(cmp.Compare(y.Blame, x.Blame), strings.Compare(x.File, y.File), cmp.Compare(x.Line, y.Line))
	})
	return all[:min(len(all), shown)]
}

func labels(f *follower, m map[int32]float64) []string {
	ids := slices.SortedFunc(maps.Keys(m), func(x, y int32) int { return cmp.Or(cmp.Compare(m[y], m[x]), cmp.Compare(x, y)) })
	names := []string{}
	for _, id := range ids[:min(len(ids), shown)] {
		names = append(names, f.names[id])
	}
	return names
}

// entry is the function in which most of the blamed goroutines began.
func entry(f *follower, gs map[*goroutine]float64) string {
	by := map[string]float64{}
	best := ""
	for g, blame := range gs {
		if fr := f.stacks.frames(g.entry); len(fr) > 0 {
			by[fr[0].Func] += blame
		}
	}
	for name, blame := range by {
		if best == "" || blame > by[best] || blame == by[best] && name < best {
			best = name
		}
	}
	return best
}

// evidence puts the numbers in a sentence.
func (c *Culprit) evidence() string {
	by := fmt.Sprintf("%d goroutines", c.Goroutines)
	if c.Goroutines == 1 {
		by = "1 goroutine"
	}
	held := fmt.Sprintf("%s in %d stretches, the longest %s, in %s", brief(c.Held), c.Runs, brief(c.Longest), by)
	switch c.Kind {
	case Lock:
		return fmt.Sprintf("kept a lock for %s; others waited %s for it", held, brief(c.Blame))
	case Syscall:
		return fmt.Sprintf("in a system call or in C for %s", held)
	case GC:
		return fmt.Sprintf("allocated so that the collector took %s; goroutines waited %s", held, brief(c.Blame))
	case Stop:
		return fmt.Sprintf("stopped the world for %s; others waited %s", held, brief(c.Blame))
	}
	return fmt.Sprintf("held a processor for %s; others waited %s", held, brief(c.Blame))
}

// brief rounds a duration to three digits or so.
func brief(d time.Duration) time.Duration {
	for unit := time.Second; unit > time.Nanosecond; unit /= 10 {
		if d >= 10*unit {
			return d.Round(unit / 10)
		}
	}
	return d
}
