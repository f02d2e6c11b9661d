package record

import "time"

// step is what the recorder has to do after a sample.
type step uint8

const (
	nothing  step = iota
	arm           // switch the tracer on
	disarm        // switch it off
	snapshot      // write what it has, and switch it off
	renew         // the window is full: a tracer without a ring begins anew
)

// look is what the recorder takes from a sample and its verdict.
type look struct {
	at       time.Time
	suspect  bool // a delay of more than half of the limit, or starvation
	starving bool
	cause    string
}

// plan decides when to record, from looks alone.
type plan struct {
	c Config

	armed    bool
	since    time.Time // when armed
	window   time.Time // when the tracer began
	suspect  time.Time // last
	starving time.Time // first in this armed time; zero: not yet
	cause    string    // then, or later, when more was known
	free     time.Time // when the cool-down ends
}

// next takes a look and says what is to be done now.
func (p *plan) next(l look) step {
	if !p.armed {
		if !l.suspect || l.at.Before(p.free) {
			return nothing
		}
		p.armed, p.since, p.window, p.suspect, p.starving, p.cause = true, l.at, l.at, l.at, time.Time{}, ""
		p.note(l)
		return arm
	}
	p.note(l)
	switch {
	case !p.starving.IsZero() && (!l.starving || l.at.Sub(p.starving) >= p.c.Collect):
		p.rest(l.at)
		return snapshot
	case l.at.Sub(p.suspect) >= p.c.Calm:
		p.armed = false
		return disarm
	case l.at.Sub(p.since) >= p.c.MaxArmed:
		p.rest(l.at)
		return disarm
	case p.starving.IsZero() && l.at.Sub(p.window) >= p.c.Window:
		p.window = l.at
		return renew
	}
	return nothing
}

func (p *plan) note(l look) {
	if l.suspect {
		p.suspect = l.at
	}
	if l.starving {
		if p.starving.IsZero() {
			p.starving = l.at
		}
		p.cause = l.cause
	}
}

// rest begins the cool-down, after success and failure alike.
func (p *plan) rest(now time.Time) {
	p.armed = false
	p.free = now.Add(p.c.CoolDown)
}
