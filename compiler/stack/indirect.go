package stack

// resolve finds what an indirect call may run; ok is false when that is not known.
func (g *graph) resolve(c call) (to []*function, ok bool) {
	place := g.places.of(c.from)
	if place.Line == 0 {
		return nil, false
	}
	names, ok := g.in.Callees[place]
	if place.Column == 0 {
		names, ok = g.onLine(place)
	}
	if !ok || names == nil {
		return nil, false
	}
	seen := map[*function]bool{}
	for _, name := range names {
		for _, fn := range g.copies[name] {
			if !seen[fn] {
				seen[fn] = true
				to = append(to, fn)
			}
		}
	}
	return to, true
}

// onLine joins what all indirect calls of a line may run.
func (g *graph) onLine(place Place) (names []string, ok bool) {
	names = []string{}
	for _, p := range g.byLine[Place{File: place.File, Line: place.Line}] {
		if g.in.Callees[p] == nil {
			return nil, false
		}
		names = append(names, g.in.Callees[p]...)
		ok = true
	}
	return names, ok
}
