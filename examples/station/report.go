package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// Report is what the gateway would upload.
type Report struct {
	Frames   int      `json:"frames"`
	Accepted int      `json:"accepted"`
	Outliers int      `json:"outliers"`
	Minutes  []Minute `json:"minutes"`
	Errors   []error  `json:"-"`
}

// Minute is one node's minute.
type Minute struct {
	Minute      int            `json:"minute"`
	Node        string         `json:"node"`
	Temperature Range[float64] `json:"temperature"`
	Humidity    Range[float64] `json:"humidity"`
	Pressure    Range[float64] `json:"pressure"`
}

// Range keeps minimum, maximum and mean of a series without keeping the series.
type Range[T cmp.Ordered] struct {
	Min   T   `json:"min"`
	Max   T   `json:"max"`
	Sum   T   `json:"sum"`
	Count int `json:"n"`
}

// Add takes one more value in.
func (r *Range[T]) Add(v T) {
	if r.Count == 0 {
		r.Min, r.Max = v, v
	}
	r.Min, r.Max = min(r.Min, v), max(r.Max, v)
	r.Sum += v
	r.Count++
}

// Mean is the average of the values added, or 0 when there was none.
func (r Range[T]) Mean() float64 {
	if r.Count == 0 {
		return 0
	}
	sum, _ := any(r.Sum).(float64)
	return sum / float64(r.Count)
}

// slot is the key of the aggregation.
type slot struct {
	minute int
	node   byte
}

// maxStep is how far a temperature may lie from the node's previous one, in °C, before it counts as a spike of the sensor.
const maxStep = 5.0

// aggregate filters the readings and groups them by minute and node.
func aggregate(results []result) *Report {
	report := &Report{Frames: len(results)}
	groups := map[slot]*Minute{}
	last := map[byte]float64{}
	for _, r := range results {
		if r.err != nil {
			report.Errors = append(report.Errors, r.err)
			continue
		}
		v := r.reading
		if before, seen := last[v.Node]; seen && abs(v.Celsius-before) > maxStep {
			report.Outliers++
			continue
		}
		last[v.Node] = v.Celsius
		report.Accepted++
		group(groups, v).add(v)
	}
	keys := slices.SortedFunc(maps.Keys(groups), func(a, b slot) int {
		return cmp.Or(cmp.Compare(a.minute, b.minute), cmp.Compare(a.node, b.node))
	})
	for _, k := range keys {
		report.Minutes = append(report.Minutes, *groups[k])
	}
	return report
}

// group finds the minute that v belongs to, or starts it.
func group(groups map[slot]*Minute, v Reading) *Minute {
	key := slot{int(v.Second / 60), v.Node}
	m, ok := groups[key]
	if !ok {
		m = &Minute{Minute: key.minute, Node: fmt.Sprintf("node-%02d", v.Node)}
		groups[key] = m
	}
	return m
}

// add takes a reading into its minute.
func (m *Minute) add(v Reading) {
	m.Temperature.Add(v.Celsius)
	m.Humidity.Add(v.Humidity)
	m.Pressure.Add(v.Hectopascal)
}

// abs is the absolute value of a signed number.
func abs[T int | float64](v T) T {
	if v < 0 {
		return -v
	}
	return v
}
