// Package guardotel gives the guard's metrics to OpenTelemetry.
//
//	m, err := guardotel.New(provider)
//	...
//	g, err := guard.New(guard.Config{Actions: []guard.Action{m}})
//	...
//	m.Attach(g)
//
// The names and units are in package metric. Counters and gauges are asynchronous instruments, read when the provider's reader collects; the
// delays are histograms that get each sample.
package guardotel

import (
	"context"
	"errors"
	"math"

	"go.opentelemetry.io/otel/attribute"
	otel "go.opentelemetry.io/otel/metric"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/metric"
	"github.com/mote-go/mote/guard/sense"
)

const scope = "github.com/mote-go/mote/guard"

// Meter is an action of the guard. It is safe from any goroutine.
type Meter struct {
	metric.Tally
	all          []metric.Description
	instruments  []otel.Float64Observable
	delays       []otel.Float64Histogram
	registration otel.Registration
}

// New makes the instruments with a provider. The error is the provider's.
func New(provider otel.MeterProvider) (*Meter, error) {
	if provider == nil {
		return nil, errors.New("guardotel: the meter provider is nil")
	}
	m := &Meter{all: metric.Descriptions()}
	meter := provider.Meter(scope)
	var observed []otel.Observable
	for _, d := range m.all {
		i, err := instrument(meter, d)
		if err != nil {
			return nil, err
		}
		m.instruments = append(m.instruments, i)
		observed = append(observed, i)
	}
	for _, d := range metric.Distributions() {
		h, err := meter.Float64Histogram(d.Name, otel.WithUnit(d.Unit), otel.WithDescription(d.Help), otel.WithExplicitBucketBoundaries(metric.Bounds()...))
		if err != nil {
			return nil, err
		}
		m.delays = append(m.delays, h)
	}
	var err error
	m.registration, err = meter.RegisterCallback(m.collect, observed...)
	return m, err
}

func instrument(meter otel.Meter, d metric.Description) (otel.Float64Observable, error) {
	if d.Kind == metric.Counter {
		return meter.Float64ObservableCounter(d.Name, otel.WithUnit(d.Unit), otel.WithDescription(d.Help))
	}
	return meter.Float64ObservableGauge(d.Name, otel.WithUnit(d.Unit), otel.WithDescription(d.Help))
}

// collect gives all values to a reader.
func (m *Meter) collect(_ context.Context, o otel.Observer) error {
	for _, v := range m.Values() {
		var attributes []attribute.KeyValue
		for i, key := range m.all[v.Metric].Keys {
			attributes = append(attributes, attribute.String("guard."+key, v.Attributes[i]))
		}
		o.ObserveFloat64(m.instruments[v.Metric], v.Number, otel.WithAttributes(attributes...))
	}
	return nil
}

// Name is "guardotel".
func (m *Meter) Name() string { return "guardotel" }

// Observe adds a sample.
func (m *Meter) Observe(s sense.Sample, v classify.Verdict) {
	m.Add(s, v)
	for i, d := range metric.DelaysOf(s, v) {
		if !math.IsNaN(d) {
			m.delays[i].Record(context.Background(), d)
		}
	}
}

// Close takes the callback back: nothing is collected any more.
func (m *Meter) Close() error { return m.registration.Unregister() }
