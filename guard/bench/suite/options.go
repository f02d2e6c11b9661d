// Package suite is the benchmark behind `guard bench`: it builds the servers, runs the same load against each defence, and sums up.
//
// A scenario is a protocol, a kind of work and a Go release. Each defence gets its turn in several rounds, so that what else happens on the machine hits all of
// them alike. A turn is a fresh server, a second of ordinary load, which does not count, and then at once the full load for some seconds: an overload that
// comes suddenly and lasts. (Limiters that smooth the CPU's use, aegis and go-zero, take 11 to 16 s to notice. How they do after that shows with
// Settle 20 s and SettleRate as Rate; see RATIONALE.md.) Rates are medians over the rounds, leaving out those in which the generator fell behind or other processes used the
// CPUs; where no others are left, the number is marked as invalid.
//
// Servers and generator are programs of their own, built from this module's source: the package imports none of the rivals. Start reading with Run.
package suite

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// Options say what is to be run. The zero value is everything, in about six minutes.
type Options struct {
	Dir string // where this module's source is; "": it is looked for from the working directory on

	Defences []string // of Defences; nil: all
	Protos   []string // of Protos; nil: all
	Works    []string // of Works; nil: all
	Releases []string // "local", or names like "go1.22.12" that GOTOOLCHAIN knows; nil: local, go1.24.9 and go1.22.12

	Rate       int           // requests a second; 0: 2,500
	Duration   time.Duration // of a turn that counts; 0: 3 to 6 s, by scenario
	Settle     time.Duration // of load before, which does not count; 0: 1 s, negative: none
	SettleRate int           // requests a second in it; 0: 1,000
	Rounds     int           // turns of each defence; 0: 1 to 3, by scenario

	NoLoad     bool // leave out the scenarios
	NoOverhead bool // leave out the cost of a request and of sampling

	Progress io.Writer // gets a line for each step; nil: none
}

// Defences lists what can stand in front of the work: nothing, the rivals, the tuned breaker, which is none, and guard.
func Defences() []string {
	return []string{"none", "gobreaker", "bbr", "gozero", "failsafe", tuned, "guard"}
}

// tuned is the defence that is shown and not compared with: see defence/gobreaker.go.
const tuned = "breaker-tuned"

// rival tells whether a defence is what people would pick instead of guard.
func rival(defence string) bool { return defence != "guard" && defence != tuned }

// Protos lists the protocols: pg is HTTP with a query to PostgreSQL through a pool.
func Protos() []string { return []string{"http", "grpc", "pg"} }

// Works lists the kinds of work: a millisecond of CPU time, in one piece, or around a pause of 5 to 40 ms.
func Works() []string { return []string{"cpu", "mixed"} }

// Releases lists the Go releases that are compared.
func Releases() []string { return []string{Local, "go1.24.9", "go1.22.12"} }

// Local is the Go release that is installed.
const Local = "local"

// limit is the time within which an answer is good.
const limit = 100 * time.Millisecond

// withDefaults fills in what is not said and names what cannot be.
func (o Options) withDefaults() (Options, error) {
	for _, list := range []struct {
		name  string
		value *[]string
		known []string
	}{
		{"defence", &o.Defences, Defences()},
		{"protocol", &o.Protos, Protos()},
		{"work", &o.Works, Works()},
	} {
		for _, v := range *list.value {
			if !slices.Contains(list.known, v) {
				return o, fmt.Errorf("unknown %s %q (there are %s)", list.name, v, strings.Join(list.known, ", "))
			}
		}
	}
	for _, r := range o.Releases {
		if r != Local && !strings.HasPrefix(r, "go1.") {
			return o, fmt.Errorf("unknown Go release %q (want local, or a name like go1.22.12)", r)
		}
	}
	if o.Rate == 0 {
		o.Rate = 2500
	}
	if o.Settle == 0 {
		o.Settle = time.Second
	}
	o.Settle = max(o.Settle, 0)
	if o.SettleRate == 0 {
		o.SettleRate = 1000
	}
	switch {
	case o.Rate < 0:
		return o, fmt.Errorf("rate is %d, and must be positive", o.Rate)
	case o.Duration < 0:
		return o, fmt.Errorf("duration is %v, and must be positive", o.Duration)
	case o.SettleRate < 0:
		return o, fmt.Errorf("settle rate is %d, and must be positive", o.SettleRate)
	case o.Rounds < 0:
		return o, fmt.Errorf("rounds is %d, and must be positive", o.Rounds)
	case !o.NoLoad && len(plan(o)) == 0:
		return o, errors.New("nothing to measure: other releases of Go than the local one are compared with protocol http and work cpu")
	}
	return o, nil
}
