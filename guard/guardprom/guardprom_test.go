package guardprom

import (
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"

	"github.com/mote-go/mote/guard"
	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/sense"
	"github.com/mote-go/mote/guard/shed"
)

var _ guard.Action = (*Collector)(nil)

// fixed is a source whose status stays.
type fixed struct{ shed.Stats }

func (f fixed) Status() guard.Status {
	s := guard.Status{Shed: &f.Stats}
	s.Totals[classify.Hogs] = guard.Total{Times: 2, Time: 1500 * time.Millisecond}
	return s
}

func observed() *Collector {
	c := New()
	var s shed.Stats
	for i := range s.Priority {
		s.Priority[i].Priority = shed.Background + shed.Priority(i)
	}
	s.Priority[0] = shed.Decision{Priority: shed.Background, Admitted: 7, Rejected: 3}
	c.Attach(fixed{s})
	c.Observe(sense.Sample{Interval: time.Second, Busy: 1.5, Procs: 2, Runnable: 4, Overshoot: 3 * time.Millisecond, RunQueue: sense.Delay{Count: 1, P99: 30 * time.Millisecond}},
		classify.Verdict{Cause: classify.Hogs, Delay: 30 * time.Millisecond})
	return c
}

func TestCollect(t *testing.T) {
	want := `
# HELP guard_cpu_time_seconds_total CPU time that the process used
# TYPE guard_cpu_time_seconds_total counter
guard_cpu_time_seconds_total 1.5
# HELP guard_goroutines_runnable goroutines that wait for a processor
# TYPE guard_goroutines_runnable gauge
guard_goroutines_runnable 4
# HELP guard_timer_delay_seconds how late the probe's timer fired, in each sample
# TYPE guard_timer_delay_seconds histogram
guard_timer_delay_seconds_bucket{le="0.0005"} 0
guard_timer_delay_seconds_bucket{le="0.001"} 0
guard_timer_delay_seconds_bucket{le="0.0025"} 0
guard_timer_delay_seconds_bucket{le="0.005"} 1
guard_timer_delay_seconds_bucket{le="0.01"} 1
guard_timer_delay_seconds_bucket{le="0.025"} 1
guard_timer_delay_seconds_bucket{le="0.05"} 1
guard_timer_delay_seconds_bucket{le="0.1"} 1
guard_timer_delay_seconds_bucket{le="0.25"} 1
guard_timer_delay_seconds_bucket{le="0.5"} 1
guard_timer_delay_seconds_bucket{le="1"} 1
guard_timer_delay_seconds_bucket{le="2.5"} 1
guard_timer_delay_seconds_bucket{le="5"} 1
guard_timer_delay_seconds_bucket{le="+Inf"} 1
guard_timer_delay_seconds_sum 0.003
guard_timer_delay_seconds_count 1
`
	if err := testutil.CollectAndCompare(observed(), strings.NewReader(want), "guard_cpu_time_seconds_total", "guard_goroutines_runnable", "guard_timer_delay_seconds"); err != nil {
		t.Error(err)
	}
}

func TestLabels(t *testing.T) {
	registry := prometheus.NewPedanticRegistry() // checks what is collected against what is described
	registry.MustRegister(observed())
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{}
	for _, f := range families {
		for _, m := range f.Metric {
			var labels []string
			for _, l := range m.Label {
				labels = append(labels, l.GetValue())
			}
			got[f.GetName()+" "+strings.Join(labels, " ")] = m.GetCounter().GetValue() + m.GetGauge().GetValue()
		}
	}
	for name, want := range map[string]float64{
		"guard_requests_total admitted background": 7, "guard_requests_total rejected background": 3, "guard_state hogs": 1, "guard_state healthy": 0,
		"guard_state_time_seconds_total hogs": 1.5, "guard_state_changes_total hogs": 2,
	} {
		if v, ok := got[name]; !ok || v != want {
			t.Errorf("%s is %v (%v), expected %v", name, v, ok, want)
		}
	}
}

func TestConventions(t *testing.T) {
	problems, err := testutil.CollectAndLint(observed())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
}

// A guard and a scraper use the collector at the same time.
func TestWithGuard(t *testing.T) {
	c := New()
	g, err := guard.New(guard.Config{Actions: []guard.Action{c}})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	c.Attach(g)
	for testutil.CollectAndCount(c, "guard_state") == 0 {
		time.Sleep(time.Millisecond)
	}
	if n := testutil.CollectAndCount(c, "guard_state"); n != classify.Causes {
		t.Errorf("%d series of guard_state, expected one for each of %d causes", n, classify.Causes)
	}
}
