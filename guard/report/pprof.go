package report

import (
	"io"
	"math"

	"github.com/google/pprof/profile"
)

// WritePprof writes all blamed stacks, not only those of the culprits at the top, as a gzipped profile for go tool pprof. Its sample types
// are blame, the default, and held, both in nanoseconds, and stretches; the labels are kind and, for a region, task or label of the
// trace, in.
func (r *Report) WritePprof(w io.Writer) error {
	b := &profiler{functions: map[[2]string]*profile.Function{}, locations: map[Frame]*profile.Location{}, p: &profile.Profile{
		SampleType:        []*profile.ValueType{{Type: "stretches", Unit: "count"}, {Type: "held", Unit: "nanoseconds"}, {Type: "blame", Unit: "nanoseconds"}},
		DefaultSampleType: "blame",
		PeriodType:        &profile.ValueType{Type: "blame", Unit: "nanoseconds"},
		Period:            1,
		DurationNanos:     int64(r.Span),
	}}
	for _, s := range r.sites {
		b.sample(s)
	}
	if err := b.p.CheckValid(); err != nil {
		return err
	}
	return b.p.Write(w)
}

type profiler struct {
	p         *profile.Profile
	functions map[[2]string]*profile.Function
	locations map[Frame]*profile.Location
}

func (b *profiler) sample(s *site) {
	smp := &profile.Sample{Value: []int64{int64(len(s.stretches)), whole(s.held), whole(s.blame)}, Label: map[string][]string{"kind": {string(s.kind())}}}
	for _, f := range s.frames {
		smp.Location = append(smp.Location, b.location(f))
	}
	if len(smp.Location) == 0 {
		smp.Location = append(smp.Location, b.location(culprit(nil)))
	}
	if s.in != "" {
		smp.Label["in"] = []string{s.in}
	}
	b.p.Sample = append(b.p.Sample, smp)
}

func (b *profiler) location(f Frame) *profile.Location {
	if l := b.locations[f]; l != nil {
		return l
	}
	fn := b.functions[[2]string{f.Func, f.File}]
	if fn == nil {
		fn = &profile.Function{ID: uint64(len(b.p.Function)) + 1, Name: f.Func, SystemName: f.Func, Filename: f.File}
		b.functions[[2]string{f.Func, f.File}] = fn
		b.p.Function = append(b.p.Function, fn)
	}
	l := &profile.Location{ID: uint64(len(b.p.Location)) + 1, Line: []profile.Line{{Function: fn, Line: int64(f.Line)}}}
	b.locations[f] = l
	b.p.Location = append(b.p.Location, l)
	return l
}

// whole rounds; damaged traces can have times beyond all bounds.
func whole(f float64) int64 {
	if math.IsNaN(f) || f < 0 {
		return 0
	}
	if f > math.MaxInt64/2 {
		return math.MaxInt64 / 2
	}
	return int64(f)
}
