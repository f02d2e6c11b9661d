package slots

import (
	"cmp"
	"slices"

	"mote/compiler/stack"
)

// demand is how many slots of a size goroutines with some first functions can want.
type demand struct {
	size    int64
	times   int64    // starts that the capacity counts
	own     int64    // others
	entries []string // empty name: the default size
	largest string
}

// demands collects what the program can want, one demand for each size. That of the default size is the first and always there.
func (in Input) demands() []demand {
	known := map[string]stack.Goroutine{}
	for _, g := range in.Report.Goroutines {
		known[g.Entry] = g
	}
	named := map[string]bool{}
	for _, s := range in.Starts {
		named[s.Entry] = named[s.Entry] || s.Named
	}
	list := []demand{{size: in.Layout.Default + in.Layout.Task, entries: []string{""}}}
	for _, s := range in.Starts {
		g, ok := known[s.Entry]
		if s.Entry != "" && !ok || g.Bytes == 0 && g.Reserved != 0 {
			continue // the image does without it; or it runs tests, on a stack of a size that no device has many of
		}
		size, entry := list[0].size, ""
		if n := in.size(g, named[s.Entry]); n != 0 {
			size, entry = n, s.Entry
		}
		i := slices.IndexFunc(list, func(d demand) bool { return d.size == size && (d.largest == "") == (entry == "") })
		if i < 0 {
			i = len(list)
			list = append(list, demand{size: size, largest: entry})
		}
		list[i].add(s, entry)
	}
	return list
}

func (d *demand) add(s Start, entry string) {
	if s.Own {
		d.own += s.Times
	} else {
		d.times += s.Times
	}
	if !slices.Contains(d.entries, entry) {
		d.entries = append(d.entries, entry)
	}
}

// size is that of a slot for goroutines with a first function, 0 for the default.
func (in Input) size(g stack.Goroutine, named bool) int64 {
	switch {
	case g.Bytes == 0:
		return 0
	case g.Own:
		return g.Bytes + in.Layout.Task
	case named:
		return g.Bytes + in.Layout.Name + in.Layout.Bounded
	}
	return g.Bytes + in.Layout.Bounded
}

// plan lays out slots for a capacity.
func (in Input) plan(demands []demand, capacity int64) *Plan {
	p := &Plan{Capacity: capacity, Of: map[string]int{}}
	if slices.ContainsFunc(in.Report.Goroutines, func(g stack.Goroutine) bool { return g.Bytes > 0 && !g.Own }) {
		p.Spare = in.Layout.Spare
	}
	for i, d := range in.merge(demands, capacity) {
		p.Kinds = append(p.Kinds, Kind{Size: d.size, Count: in.count(d, capacity), Largest: d.largest})
		for _, entry := range d.entries {
			p.Of[entry] = i
		}
	}
	delete(p.Of, "")
	return p
}

// count is how many slots a demand gets. On several cores each of the others may still be leaving the stack of a goroutine that has ended.
func (in Input) count(d demand, capacity int64) int64 {
	switch {
	case capacity == 0:
		return 0
	case d.times > capacity:
		return capacity + in.Cores - 1 + d.own
	}
	return d.times + d.own
}

// merge joins demands where that takes less memory, and then those that it costs least to join, until there are not too many kinds. The
// default size stays the first.
func (in Input) merge(demands []demand, capacity int64) []demand {
	list := slices.Clone(demands)
	for {
		best, at, with := int64(0), 0, 0
		for i := range list {
			for j := i + 1; j < len(list); j++ {
				joined := join(list[i], list[j])
				cost := joined.size*in.count(joined, capacity) - list[i].size*in.count(list[i], capacity) - list[j].size*in.count(list[j], capacity)
				if with == 0 || cost < best {
					best, at, with = cost, i, j
				}
			}
		}
		if with == 0 || best >= 0 && len(list) <= MaxKinds {
			return list
		}
		list[at] = join(list[at], list[with])
		list = slices.Delete(list, with, with+1)
	}
}

// join makes one demand of two.
func join(a, b demand) demand {
	large, small := a, b
	if cmp.Or(cmp.Compare(a.size, b.size), cmp.Compare(a.largest, b.largest)) < 0 {
		large, small = b, a
	}
	return demand{size: large.size, largest: large.largest, times: min(large.times+small.times, 1<<32), own: large.own + small.own,
		entries: append(slices.Clone(a.entries), b.entries...)}
}
