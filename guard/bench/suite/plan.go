package suite

import "slices"

// Scenario is one comparison.
type Scenario struct {
	Proto    string   `json:"proto"`
	Work     string   `json:"work"`
	Release  string   `json:"release"` // as asked for: "local" or a name
	Defences []string `json:"-"`
	Rounds   int      `json:"rounds"`
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
		{Proto: "http", Work: "cpu", Release: Local, Rounds: 3},
		{Proto: "http", Work: "mixed", Release: Local, Rounds: 2},
		{Proto: "grpc", Work: "cpu", Release: Local, Rounds: 1},
		{Proto: "pg", Work: "cpu", Release: Local, Rounds: 1},
		{Proto: "grpc", Work: "mixed", Release: Local, Rounds: 1},
		{Proto: "pg", Work: "mixed", Release: Local, Rounds: 1},
	}
	for _, release := range Releases()[1:] {
		all = append(all, Scenario{Proto: "http", Work: "cpu", Release: release, Rounds: 1})
	}
	for _, release := range o.Releases {
		if !slices.Contains(Releases(), release) {
			all = append(all, Scenario{Proto: "http", Work: "cpu", Release: release, Rounds: 1})
		}
	}
	for _, s := range all {
		if !asked(s.Proto, o.Protos, Protos()) || !asked(s.Work, o.Works, works(s.Proto)) || !asked(s.Release, o.Releases, Releases()) {
			continue
		}
		s.Defences = defences(s.Release, o)
		if o.Rounds > 0 {
			s.Rounds = o.Rounds
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

// defences are those that a release is measured with. Of older releases that is the question whether guard works there: so only the best rival
// stands beside it unless others are asked for.
func defences(release string, o Options) []string {
	if o.Defences != nil {
		return o.Defences
	}
	if release != Local {
		return []string{"none", "failsafe", "guard"}
	}
	return Defences()
}

// asked tells whether a value is in a list, or in the default one when there is none.
func asked(value string, list, otherwise []string) bool {
	if list == nil {
		list = otherwise
	}
	return slices.Contains(list, value)
}
