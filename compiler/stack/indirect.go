package stack

// resolved is what the indirect calls of a function may run.
type resolved struct {
	to []*function
	ok bool // that is known
}

// resolve finds what the indirect calls in the code of fn may run, those of functions that were inlined there included. All of them are
// taken together: a function that one of them calls counts for all.
func (g *graph) resolve(fn *function) (to []*function, ok bool) {
	if r, done := g.resolved[fn]; done {
		return r.to, r.ok
	}
	var r resolved
	if g.in.Within != nil {
		var names []string
		names, r.ok = g.in.Within(original(fn.name))
		r.to = g.linked(names)
	}
	g.resolved[fn] = r
	return r.to, r.ok
}

// linked are the functions of these names that the image has.
func (g *graph) linked(names []string) (fns []*function) {
	seen := map[*function]bool{}
	for _, name := range names {
		for _, fn := range g.copies[name] {
			if !seen[fn] {
				seen[fn] = true
				fns = append(fns, fn)
			}
		}
	}
	return fns
}
