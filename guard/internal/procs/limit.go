// Package procs shares GOMAXPROCS among those parts of guard that raise it for a while, so that each takes back what it added, in any order.
//
// It never fights: what an operator has put into the environment stands, and when somebody else changes the number meanwhile, theirs is
// the new one and all claims end. Each change stops the world, which takes tens of microseconds.
package procs

import (
	"os"
	"runtime"
	"sync"
)

// processors is GOMAXPROCS, so that tests have one of their own.
type processors interface {
	now() int
	set(n int)
	// automatic goes back to the number that the runtime chooses and follows by itself, if this release can, and tells the number.
	automatic() (n int, ok bool)
}

// Limit is the number of processors of a process and who claims more. Its methods are safe from any goroutine.
type Limit struct {
	mu       sync.Mutex
	actual   processors
	operated bool   // the number comes from the environment
	base     int    // without claims, while there are any
	follows  bool   // base is the runtime's own choice
	raised   int    // what was set last; 0 without claims
	total    int    // of all claims
	round    uint64 // counts the times that somebody else took over, which ends the claims before
}

// process is the one of this process: GOMAXPROCS is a single number, and two parts that raise it without knowing of each other would both
// restore the wrong one.
var process = &Limit{actual: real{}, operated: os.Getenv("GOMAXPROCS") != ""}

// Process returns the limit of this process.
func Process() *Limit { return process }

// Operated tells whether whoever started the process chose GOMAXPROCS.
func (l *Limit) Operated() bool { return l.operated }

// Base returns GOMAXPROCS as it would be without claims.
func (l *Limit) Base() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now := l.actual.now(); l.raised == 0 || now != l.raised {
		return now
	}
	return l.base
}

// Claim returns a claim for nothing yet.
func (l *Limit) Claim() *Claim { return &Claim{limit: l} }

// Claim is one part's wish for processors beyond those that the process has. A Claim is for one goroutine at a time.
type Claim struct {
	limit *Limit
	extra int
	round uint64
}

// Set asks for that many processors more than there would be without any claim; 0 ends the claim. It returns how many the claim now has: fewer
// than asked for only if somebody outside took over since the last call, and then none.
func (c *Claim) Set(extra int) int {
	l := c.limit
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.raised != 0 && l.actual.now() != l.raised {
		l.raised, l.total = 0, 0
		l.round++
	}
	if c.extra != 0 && c.round != l.round {
		c.extra = 0
		return 0
	}
	l.total += extra - c.extra
	c.extra, c.round = extra, l.round
	l.apply()
	return extra
}

// Holds tells whether the claim's processors are there: it has some, and nobody outside took over.
func (c *Claim) Holds() bool {
	l := c.limit
	l.mu.Lock()
	defer l.mu.Unlock()
	return c.extra != 0 && c.round == l.round && l.actual.now() == l.raised
}

// apply makes GOMAXPROCS what the claims say.
func (l *Limit) apply() {
	switch {
	case l.total == 0 && l.raised == 0:
	case l.total == 0:
		l.restore()
	default:
		if l.raised == 0 {
			l.remember()
		}
		l.raised = l.base + l.total
		l.actual.set(l.raised)
	}
}

// remember finds out what to restore. That the runtime chooses the number cannot be asked for, only asked to be: if it comes out the
// same, nothing was changed.
func (l *Limit) remember() {
	l.base = l.actual.now()
	n, ok := l.actual.automatic()
	l.follows = ok && n == l.base && !l.operated
	if ok && n != l.base {
		l.actual.set(l.base)
	}
}

func (l *Limit) restore() {
	l.raised = 0
	if l.follows {
		l.actual.automatic()
		return
	}
	l.actual.set(l.base)
}

// real is the GOMAXPROCS of this process.
type real struct{}

func (real) now() int  { return runtime.GOMAXPROCS(0) }
func (real) set(n int) { runtime.GOMAXPROCS(n) }
