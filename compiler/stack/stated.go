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
		callees := []*function{g.at(c.to)}
		if c.indirect != "" {
			var ok bool
			if callees, ok = g.resolve(c); !ok {
				return true
			}
		}
		for _, to := range callees {
			if to == nil || g.defers(to, seen) {
				return true
			}
		}
	}
	return false
}
