package suite

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"
)

// names lists scenarios with their rounds.
func names(list []Scenario) (out []string) {
	for _, s := range list {
		out = append(out, s.Name())
	}
	return out
}

func TestPlan(t *testing.T) {
	for _, c := range []struct {
		name string
		o    Options
		want string
	}{
		{"everything", Options{}, "http.cpu http.mixed grpc.cpu pg.cpu http.cpu.go1.24.9 http.cpu.go1.22.12"},
		{"one protocol", Options{Protos: []string{"grpc"}}, "grpc.cpu"},
		{"all works", Options{Protos: []string{"grpc", "pg"}, Works: Works()}, "grpc.cpu grpc.mixed pg.cpu pg.mixed"},
		{"local", Options{Releases: []string{Local}}, "http.cpu http.mixed grpc.cpu pg.cpu"},
		{"an old release", Options{Releases: []string{"go1.23.1"}}, "http.cpu.go1.23.1"},
	} {
		if got := strings.Join(names(plan(c.o)), " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	one := plan(Options{Defences: []string{"none"}, Rounds: 7, Duration: time.Minute, Releases: []string{"go1.22.12"}})[0]
	if one.Rounds != 7 || one.Duration != time.Minute || !slices.Equal(one.Defences, []string{"none"}) {
		t.Errorf("what was asked for is not in %+v", one)
	}
}

// The default benchmark is to take six minutes at most: what is measured, settling, and 0.9 s for each turn's beginning and end.
func TestTheWholePlanTakesSixMinutes(t *testing.T) {
	o, err := Options{}.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	total := 30 * time.Second // building from the cache, PostgreSQL, costs
	for _, s := range plan(o) {
		total += time.Duration(s.Rounds*len(s.Defences)) * (s.Duration + o.Settle + 900*time.Millisecond)
	}
	if total > 6*time.Minute {
		t.Errorf("%v", total)
	}
}

func TestOptionsErrorsNameWhatAndWhatThereIs(t *testing.T) {
	for want, o := range map[string]Options{
		`unknown defence "moat" (there are none, gobreaker, bbr, gozero, failsafe, breaker-tuned, guard)`:          {Defences: []string{"moat"}},
		`unknown protocol "smtp" (there are http, grpc, pg)`:                                                       {Protos: []string{"smtp"}},
		"nothing to measure: other releases of Go than the local one are compared with protocol http and work cpu": {Works: []string{"mixed"}, Releases: []string{"go1.22.12"}},
		`unknown work "play" (there are cpu, mixed)`:                                                               {Works: []string{"play"}},
		`unknown Go release "1.22" (want local, or a name like go1.22.12)`:                                         {Releases: []string{"1.22"}},
		"rate is -1, and must be positive":                                                                         {Rate: -1},
		"duration is -1ns, and must be positive":                                                                   {Duration: -1},
		"settle rate is -1, and must be positive":                                                                  {SettleRate: -1},
		"rounds is -1, and must be positive":                                                                       {Rounds: -1},
	} {
		if _, err := Run(context.Background(), o); err == nil || err.Error() != want {
			t.Errorf("error %v, want %s", err, want)
		}
	}
}
