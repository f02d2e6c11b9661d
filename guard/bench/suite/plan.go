package suite

import (
	"slices"
	"time"
)

// Scenario is one comparison.
type Scenario struct {
	Proto    string        `json:"proto"`
	Work     string        `json:"work"`
	Release  string        `json:"release"` // as asked for: "local" or a name
	Defences []string      `json:"-"`
	Rounds   int           `json:"rounds"`
	Duration time.Duration `json:"duration_ns"` // of a turn
}

// Name is the scenario's name in results.
func (s Scenario) Name() string {
	name := s.Proto + "." + s.Work
	if s.Release != Local {
		name += "." + s.Release
	}
	return name
}

// plan lists the scenarios that the options ask for: every protocol and kind of work with the local release, HTTP and CPU work with the others.
// What has a bar gets more rounds; pure CPU work over gRPC and with a database, and other releases, get one.
func plan(o Options) (list []Scenario) {
	all := []Scenario{
		{Proto: "http", Work: "cpu", Release: Local, Rounds: 3, Duration: 5 * time.Second},
		{Proto: "http", Work: "mixed", Release: Local, Rounds: 2, Duration: 6 * time.Second},
	}
	for _, proto := range Protos()[1:] {
		for _, work := range Works() {
			all = append(all, Scenario{Proto: proto, Work: work, Release: Local, Rounds: 1, Duration: 3 * time.Second})
		}
	}
	for _, release := range append(Releases()[1:], o.Releases...) {
		if release != Local && !slices.ContainsFunc(all, func(s Scenario) bool { return s.Release == release }) {
			all = append(all, Scenario{Proto: "http", Work: "cpu", Release: release, Rounds: 1, Duration: 3 * time.Second})
		}
	}
	for _, s := range all {
		if !asked(s.Proto, o.Protos, Protos()) || !asked(s.Work, o.Works, works(s.Proto)) || !asked(s.Release, o.Releases, Releases()) {
			continue
		}
		s.Defences = defences(s, o)
		if o.Rounds > 0 {
			s.Rounds = o.Rounds
		}
		if o.Duration > 0 {
			s.Duration = o.Duration
		}
		list = append(list, s)
	}
	return list
}

// works are the kinds of work that a protocol has unless more are asked for.
func works(proto string) []string {
	if proto == "http" {
		return Works()
	}
	return Works()[:1]
}

// defences are those that a scenario compares. Of older releases that is the question whether guard works there: so only the best rival stands beside it
// unless others are asked for. The tuned breaker is shown where the bar is that it casts doubt on.
func defences(s Scenario, o Options) []string {
	switch {
	case o.Defences != nil:
		return o.Defences
	case s.Release != Local:
		return []string{"none", "failsafe", "guard"}
	case s.Proto == "http" && s.Work == "cpu":
		return Defences()
	}
	return slices.DeleteFunc(Defences(), func(d string) bool { return d == tuned })
}

// asked tells whether a value is in a list, or in the default one when there is none.
func asked(value string, list, otherwise []string) bool {
	if list == nil {
		list = otherwise
	}
	return slices.Contains(list, value)
}
