package guardotel

import (
	"context"
	"slices"
	"testing"
	"time"

	sdk "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"github.com/mote-go/mote/guard"
	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/metric"
	"github.com/mote-go/mote/guard/sense"
	"github.com/mote-go/mote/guard/shed"
)

var _ guard.Action = (*Meter)(nil)

// fixed is a source whose status stays.
type fixed struct{}

func (fixed) Status() guard.Status {
	s := guard.Status{Shed: &shed.Stats{}}
	for i := range s.Shed.Priority {
		s.Shed.Priority[i].Priority = shed.Background + shed.Priority(i)
	}
	s.Shed.Priority[0] = shed.Decision{Priority: shed.Background, Admitted: 7, Rejected: 3}
	return s
}

func collect(t *testing.T, r sdk.Reader) map[string]metricdata.Metrics {
	t.Helper()
	var rm metricdata.ResourceMetrics
	if err := r.Collect(context.Background(), &rm); err != nil {
		t.Fatal(err)
	}
	all := map[string]metricdata.Metrics{}
	for _, s := range rm.ScopeMetrics {
		for _, m := range s.Metrics {
			all[m.Name] = m
		}
	}
	return all
}

func start(t *testing.T) (*Meter, sdk.Reader) {
	t.Helper()
	r := sdk.NewManualReader()
	m, err := New(sdk.NewMeterProvider(sdk.WithReader(r)))
	if err != nil {
		t.Fatal(err)
	}
	return m, r
}

func TestMetrics(t *testing.T) {
	m, r := start(t)
	m.Attach(fixed{})
	for range 2 {
		m.Observe(sense.Sample{Interval: time.Second, Busy: 1.5, Runnable: 4, Overshoot: 3 * time.Millisecond}, classify.Verdict{Cause: classify.Hogs, Delay: 30 * time.Millisecond})
	}
	all := collect(t, r)

	cpu, ok := all["guard.cpu.time"].Data.(metricdata.Sum[float64])
	if !ok || !cpu.IsMonotonic || cpu.Temporality != metricdata.CumulativeTemporality || cpu.DataPoints[0].Value != 3 || all["guard.cpu.time"].Unit != "s" {
		t.Errorf("guard.cpu.time: %+v", all["guard.cpu.time"])
	}
	if g, ok := all["guard.goroutines.runnable"].Data.(metricdata.Gauge[float64]); !ok || g.DataPoints[0].Value != 4 {
		t.Errorf("guard.goroutines.runnable: %+v", all["guard.goroutines.runnable"])
	}
	h, ok := all["guard.delay"].Data.(metricdata.Histogram[float64])
	if !ok || h.DataPoints[0].Count != 2 || !slices.Equal(h.DataPoints[0].Bounds, metric.Bounds()) {
		t.Errorf("guard.delay: %+v", all["guard.delay"])
	}
	if _, ok := all["guard.run_queue.delay"]; ok {
		t.Error("guard.run_queue.delay has values, though there was no measurement")
	}

	sum := all["guard.requests"].Data.(metricdata.Sum[float64])
	got := map[string]float64{}
	for _, p := range sum.DataPoints {
		priority, _ := p.Attributes.Value("guard.priority")
		decision, _ := p.Attributes.Value("guard.decision")
		got[priority.AsString()+" "+decision.AsString()] = p.Value
	}
	if got["background admitted"] != 7 || got["background rejected"] != 3 {
		t.Errorf("guard.requests: %v", got)
	}
	if state := all["guard.state"].Data.(metricdata.Gauge[float64]); len(state.DataPoints) != classify.Causes {
		t.Errorf("guard.state: %+v", state)
	}
}

func TestClose(t *testing.T) {
	m, r := start(t)
	m.Observe(sense.Sample{Interval: time.Second}, classify.Verdict{})
	if len(collect(t, r)) == 0 {
		t.Error("nothing is collected")
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	if _, ok := collect(t, r)["guard.samples"]; ok {
		t.Error("guard.samples is collected after Close")
	}
}

// A guard and a reader use the meter at the same time.
func TestWithGuard(t *testing.T) {
	m, r := start(t)
	g, err := guard.New(guard.Config{Actions: []guard.Action{m}})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	m.Attach(g)
	for {
		if _, ok := collect(t, r)["guard.state"]; ok {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

func TestNoProvider(t *testing.T) {
	if _, err := New(nil); err == nil {
		t.Error("no error")
	}
}
