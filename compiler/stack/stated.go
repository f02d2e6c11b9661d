package stack

// A goroutine of known size must not come to a deferred call in a panic (doc/spec/abi.md, "Stack depths"). What the source states about a
// depth says nothing about that, so the code below is searched for it.

// defers tells whether a call of fn may lead to a function with deferred calls, or to one that is not known.
func (g *graph) defers(fn *function, seen map[*function]bool) bool {
	if seen[fn] {
		return false
	}
	seen[fn] = true
	known, isKnown := knownFunctions()[original(fn.name)]
	if known.reason != "" {
		return true
	}
	for _, c := range g.calls(fn, known, isKnown) {
		if g.leads(fn, c, seen) {
			return true
		}
	}
	return false
}

// leads tells the same of a call in the code of fn.
func (g *graph) leads(fn *function, c call, seen map[*function]bool) bool {
	callees := []*function{g.at(c.to)}
	if c.indirect != "" {
		var ok bool
		if callees, ok = g.resolve(fn); !ok {
			return true
		}
	}
	for _, to := range callees {
		switch {
		case to == nil:
			return true
		case !outlined(to.name):
			if g.defers(to, seen) {
				return true
			}
		default:
			for _, inner := range to.calls {
				if inner.to != c.to && g.leads(fn, inner, seen) {
					return true
				}
			}
		}
	}
	return false
}
