package stack

import (
	"fmt"
	"slices"
	"strings"
)

// depth is how much stack a call of a function takes, or why nobody can say.
type depth struct {
	bytes  int64
	deeper *function // the callee that makes it so deep, nil when it is the function's own frame
	stated bool      // it rests on what the source states
	reason string    // not empty: there is no bound
	at     *function // where the reason is
	place  Place     // where in that, if it is known
}

// graph finds the depths of functions. A function is looked at once.
type graph struct {
	*code
	in       Input
	done     map[*function]depth
	stack    []*function            // being looked at
	copies   map[string][]*function // by the name before link-time optimisation
	resolved map[*function]resolved // what indirect calls may run, by the function that they are in
}

func newGraph(c *code, in Input) *graph {
	g := &graph{code: c, in: in, done: map[*function]depth{}, copies: map[string][]*function{}, resolved: map[*function]resolved{}}
	for name, fn := range c.byName {
		g.copies[original(name)] = append(g.copies[original(name)], fn)
	}
	return g
}

// depth is the deepest that a call of fn gets.
//
// A member of a cycle is unbounded whoever asks first: the reason of the function that closes the cycle goes up to all that
// reach it, and those that do are unbounded too. So what is remembered never depends on the order.
func (g *graph) depth(fn *function) depth {
	if d, ok := g.done[fn]; ok {
		return d
	}
	if i := slices.Index(g.stack, fn); i >= 0 {
		return depth{reason: "recursion: " + cycle(append(slices.Clone(g.stack[i:]), fn)), at: fn}
	}
	g.stack = append(g.stack, fn)
	d := g.look(fn)
	g.stack = g.stack[:len(g.stack)-1]
	g.done[fn] = d
	return d
}

func cycle(path []*function) string {
	var names []string
	for _, fn := range path {
		names = append(names, fn.name)
	}
	return strings.Join(names, " calls ")
}

// look computes the depth of fn from its frame and its callees.
func (g *graph) look(fn *function) depth {
	if bytes := g.in.Stated[original(fn.name)]; bytes > 0 {
		return depth{bytes: bytes, stated: true}
	}
	d := depth{bytes: fn.frame}
	known, isKnown := knownFunctions()[original(fn.name)]
	switch {
	case fn.dynamic != "" && !known.leaves:
		return depth{reason: fn.dynamic, at: fn}
	case known.reason != "":
		return depth{reason: known.reason, at: fn}
	}
	for _, c := range g.calls(fn, known, isKnown) {
		if unbounded, is := g.through(fn, c, nil, &d); is {
			return unbounded
		}
	}
	return d
}

// through makes d cover a call of fn's, or one in parts of fn that LLVM has made functions of their own and that fn has entered; those are
// looked at as parts of each function that has them. It returns the depth of what has no bound.
func (g *graph) through(fn *function, c call, parts []*function, d *depth) (unbounded depth, is bool) {
	if c.indirect != "" {
		callees, ok := g.resolve(fn)
		if !ok {
			return depth{reason: c.indirect, at: fn, place: g.places.of(c.from)}, true
		}
		for _, to := range callees {
			if unbounded, is := g.callee(fn, call{to: to.low, tail: c.tail}, parts, d); is {
				return unbounded, true
			}
		}
		return depth{}, false
	}
	part := g.at(c.to)
	if part == nil || part.low != c.to || !outlined(part.name) || part.dynamic != "" || slices.Contains(parts, part) {
		return g.callee(fn, c, parts, d)
	}
	parts = append(parts[:len(parts):len(parts)], part)
	if bytes := fn.frame + frames(parts); bytes > d.bytes {
		d.bytes, d.deeper = bytes, nil
	}
	for _, inner := range part.calls {
		if unbounded, is := g.through(fn, inner, parts, d); is {
			return unbounded, true
		}
	}
	return depth{}, false
}

// frames adds up the frames of functions.
func frames(fns []*function) (bytes int64) {
	for _, fn := range fns {
		bytes += fn.frame
	}
	return bytes
}

// calls are those of fn that count.
func (g *graph) calls(fn *function, known known, isKnown bool) []call {
	if !isKnown {
		return fn.calls
	}
	var calls []call
	indirect := 0
	for _, c := range fn.calls {
		if c.indirect != "" {
			indirect++
		}
		if !known.leaves && (c.indirect == "" || indirect > 1) { // the table speaks of one: another came by inlining
			calls = append(calls, c)
		}
	}
	for _, name := range known.calls {
		if to := g.byName[name]; to != nil { // what is not linked is not called
			calls = append(calls, call{to: to.low})
		}
	}
	return calls
}

// callee makes d cover one call, or returns the depth of what has no bound.
func (g *graph) callee(fn *function, c call, parts []*function, d *depth) (unbounded depth, is bool) {
	to := g.at(c.to)
	if to == nil || to.low != c.to && to != fn {
		return depth{reason: fmt.Sprintf("a call of %#x, which is no function", c.to), at: fn}, true
	}
	below := g.depth(to)
	if below.reason != "" {
		return below, true
	}
	bytes := below.bytes + frames(parts)
	if !c.tail || !fn.measured || len(parts) > 0 || outlined(to.name) { // an outlined tail returns for its caller, whose frame is still there
		bytes += fn.frame
	}
	d.stated = d.stated || below.stated
	if bytes > d.bytes {
		d.bytes, d.deeper = bytes, to
	}
	return depth{}, false
}

// outlined tells whether LLVM made a function from instructions that others have in common.
func outlined(name string) bool { return strings.HasPrefix(name, "OUTLINED_FUNCTION_") }

// original is the name of a function of which link-time optimisation made a copy.
func original(name string) string {
	for _, mark := range []string{".llvm.", ".specialized."} {
		name, _, _ = strings.Cut(name, mark)
	}
	return name
}

// path are the functions on the way to the deepest point.
func (g *graph) path(fn *function) []string {
	var names []string
	for fn != nil {
		names = append(names, fn.name)
		fn = g.done[fn].deeper
	}
	return names
}
