// Package guardprom gives the guard's metrics to Prometheus.
//
//	c := guardprom.New()
//	g, err := guard.New(guard.Config{Actions: []guard.Action{c}})
//	...
//	c.Attach(g)
//	prometheus.MustRegister(c)
//
// The names are in package metric; HELP lines say what they mean. Scraping costs one Status of the guard and no sample is taken for it.
package guardprom

import (
	"math"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/metric"
	"github.com/mote-go/mote/guard/sense"
)

// Collector is an action of the guard and a prometheus.Collector. It is safe from any goroutine.
type Collector struct {
	metric.Tally
	all    []metric.Description
	descs  []*prometheus.Desc
	delays []prometheus.Histogram
}

var _ prometheus.Collector = (*Collector)(nil)

// New returns a collector that has seen no sample. Who wants other labels or a prefix uses prometheus.WrapRegistererWith.
func New() *Collector {
	c := &Collector{all: metric.Descriptions()}
	for _, d := range c.all {
		c.descs = append(c.descs, prometheus.NewDesc(d.Prometheus(), d.Help, d.Keys, nil))
	}
	for _, d := range metric.Distributions() {
		name := metric.Description{Name: d.Name, Unit: d.Unit, Kind: metric.Gauge}.Prometheus()
		c.delays = append(c.delays, prometheus.NewHistogram(prometheus.HistogramOpts{Name: name, Help: d.Help, Buckets: metric.Bounds()}))
	}
	return c
}

// Name is "guardprom".
func (c *Collector) Name() string { return "guardprom" }

// Observe adds a sample. It allocates nothing and does not block on scraping for longer than copying the sums takes.
func (c *Collector) Observe(s sense.Sample, v classify.Verdict) {
	c.Add(s, v)
	for i, d := range metric.DelaysOf(s, v) {
		if !math.IsNaN(d) {
			c.delays[i].Observe(d)
		}
	}
}

// Close does nothing: what was counted can still be collected.
func (c *Collector) Close() error { return nil }

// Describe sends all descriptions.
func (c *Collector) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range c.descs {
		ch <- d
	}
	for _, h := range c.delays {
		h.Describe(ch)
	}
}

// Collect sends what has a value.
func (c *Collector) Collect(ch chan<- prometheus.Metric) {
	for _, v := range c.Values() {
		kind := prometheus.GaugeValue
		if c.all[v.Metric].Kind == metric.Counter {
			kind = prometheus.CounterValue
		}
		ch <- prometheus.MustNewConstMetric(c.descs[v.Metric], kind, v.Number, v.Attributes...)
	}
	for _, h := range c.delays {
		h.Collect(ch)
	}
}
