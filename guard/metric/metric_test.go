package metric

import (
	"fmt"
	"math"
	"regexp"
	"testing"
	"time"

	guard "github.com/mote-go/mote/guard"
	"github.com/mote-go/mote/guard/boost"
	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/record"
	"github.com/mote-go/mote/guard/sense"
	"github.com/mote-go/mote/guard/shed"
	"github.com/mote-go/mote/guard/watch"
)

// full is a source in which every action is there.
type full struct{}

func (full) Status() guard.Status {
	s := guard.Status{Lost: 1, Shed: &shed.Stats{Share: .25}, Boost: &boost.Stats{Boosts: 2}, Record: &record.Stats{Snapshots: 3}, Watch: &watch.Stats{Alive: true}}
	for i := range s.Shed.Priority {
		s.Shed.Priority[i] = shed.Decision{Priority: shed.Background + shed.Priority(i), Admitted: uint64(i)}
	}
	return s
}

func byName(t *Tally) map[string]float64 {
	m := map[string]float64{}
	all := Descriptions()
	for _, v := range t.Values() {
		m[fmt.Sprint(all[v.Metric].Prometheus(), v.Attributes)] = v.Number
	}
	return m
}

func TestDescriptions(t *testing.T) {
	form := regexp.MustCompile(`^guard(\.[a-z_]+)+$`)
	seen := map[string]bool{}
	for i, d := range Descriptions() {
		if !form.MatchString(d.Name) || d.Help == "" || d.Unit == "" || seen[d.Prometheus()] {
			t.Errorf("description %d: %+v", i, d)
		}
		seen[d.Prometheus()] = true
	}
	for want, d := range map[string]Description{
		"guard_cpu_time_seconds_total": {Name: "guard.cpu.time", Unit: "s"},
		"guard_shed_share_ratio":       {Name: "guard.shed.share", Unit: "1", Kind: Gauge},
		"guard_procs":                  {Name: "guard.procs", Unit: "{processor}", Kind: Gauge},
	} {
		if got := d.Prometheus(); got != want {
			t.Errorf("%s, expected %s", got, want)
		}
	}
}

// Every metric has a value when all is there, with as many attributes as keys, and the number of series is bounded.
func TestAllHaveValues(t *testing.T) {
	var tally Tally
	tally.Attach(full{})
	tally.Add(sense.Sample{Interval: time.Second, Busy: 1}, classify.Verdict{})
	all := Descriptions()
	seen := map[int]bool{}
	vs := tally.Values()
	for _, v := range vs {
		seen[v.Metric] = true
		if len(v.Attributes) != len(all[v.Metric].Keys) {
			t.Errorf("%s has attributes %q for keys %q", all[v.Metric].Name, v.Attributes, all[v.Metric].Keys)
		}
	}
	for i, d := range all {
		if !seen[i] {
			t.Errorf("%s has no value", d.Name)
		}
	}
	if len(vs) > 90 {
		t.Errorf("%d series", len(vs))
	}
}

func TestCountersSumUp(t *testing.T) {
	var tally Tally
	for i := 0; i < 3; i++ {
		tally.Add(sense.Sample{Interval: 100 * time.Millisecond, Busy: 1.5, MutexWait: time.Second, Runnable: i, Throttled: sense.Throttle{Periods: 2, Throttled: 1, Time: time.Millisecond},
			StopGC: sense.Delay{Count: 1, Total: 2 * time.Millisecond}}, classify.Verdict{Cause: classify.Throttled})
	}
	got := byName(&tally)
	for name, want := range map[string]float64{
		"guard_samples_total[]": 3, "guard_goroutines_runnable[]": 2, "guard_cpu_time_seconds_total[]": .45, "guard_mutex_wait_seconds_total[]": 3, "guard_throttled_periods_total[]": 3,
		"guard_throttled_seconds_total[]": .003, "guard_stopped_seconds_total[gc]": .006, "guard_state[throttled]": 1, "guard_state[healthy]": 0,
	} {
		if v, ok := got[name]; !ok || math.Abs(v-want) > 1e-9 {
			t.Errorf("%s is %v (%v), expected %v", name, v, ok, want)
		}
	}
}

func TestUnknownHasNoValue(t *testing.T) {
	var tally Tally
	tally.Add(sense.Sample{Interval: time.Second, Runnable: sense.Unknown, Running: sense.Unknown, NotInGo: sense.Unknown, Threads: sense.Unknown, CPUs: math.NaN(), Busy: math.NaN(),
		Pressure: sense.Unknown, Throttled: sense.Throttle{Periods: sense.Unknown, Throttled: sense.Unknown, Time: sense.Unknown}}, classify.Verdict{})
	got := byName(&tally)
	for _, name := range []string{"guard_goroutines_runnable[]", "guard_goroutines_running[]", "guard_goroutines_not_in_go[]", "guard_threads[]", "guard_cpus_available[]",
		"guard_cpu_time_seconds_total[]", "guard_pressure_seconds_total[]", "guard_throttled_seconds_total[]", "guard_throttled_periods_total[]"} {
		if v, ok := got[name]; ok {
			t.Errorf("%s is %v", name, v)
		}
	}
	d := DelaysOf(sense.Sample{Overshoot: sense.Unknown}, classify.Verdict{Delay: time.Second})
	if d[0] != 1 || !math.IsNaN(d[1]) || !math.IsNaN(d[2]) {
		t.Errorf("%v", d)
	}
}

func TestAddDoesNotAllocate(t *testing.T) {
	var tally Tally
	s := sense.Sample{Interval: time.Second, Busy: 1}
	if n := testing.AllocsPerRun(100, func() { tally.Add(s, classify.Verdict{}) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}
