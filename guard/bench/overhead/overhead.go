// Package overhead measures what guard costs a service in which nothing is wrong: the time and the allocations that its middleware adds to a request, and the
// share of a CPU that sampling takes.
//
// The middleware's cost is the difference between a handler behind it and the handler alone, each called directly, without a network. `go test -bench .`
// shows both; Measure gives the differences.
package overhead

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/mote-go/mote/guard"
	"github.com/mote-go/mote/guard/guardgrpc"
	"github.com/mote-go/mote/guard/shed"
	"google.golang.org/grpc"
)

// Cost is one number. Most is what is allowed.
type Cost struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Unit  string  `json:"unit"`
	Most  float64 `json:"most"`
}

// Measure takes all numbers, in some thirty seconds. cpu tells the CPU time that the process has used.
func Measure(cpu func() time.Duration) ([]Cost, error) {
	var costs []Cost
	for _, m := range []struct {
		name   string
		serves bool
	}{{"sampling", true}, {"sampling.without-requests", false}} {
		share, err := sampling(cpu, m.serves)
		if err != nil {
			return nil, err
		}
		costs = append(costs, Cost{m.name, share * 100, "%", 0.5})
	}
	g, err := New()
	if err != nil {
		return nil, err
	}
	defer g.Close()
	for _, m := range []struct {
		name          string
		plain, behind func()
	}{
		{"http", HTTP(Handler()), HTTP(g.Handler(Handler()))},
		{"grpc", Unary(nil), Unary(guardgrpc.UnaryServerInterceptor(g.Shed()))},
	} {
		ns, allocs := difference(m.plain, m.behind)
		costs = append(costs, Cost{m.name, ns, "ns", 100}, Cost{m.name + ".allocations", allocs, "allocs", 0})
	}
	return costs, nil
}

// New is a guard as a service would have it: sampling, classifying and shedding.
func New() (*guard.Guard, error) {
	return guard.New(guard.Config{Shed: &shed.Config{}, Logger: slog.New(slog.NewTextHandler(io.Discard, nil))})
}

// difference is by how much longer an operation takes, and how many more allocations it makes. Both are measured several times in turn, and the
// medians compared: noise hits both alike.
func difference(plain, behind func()) (ns, allocs float64) {
	const times = 5
	var more []float64
	for i := 0; i < times; i++ {
		p, b := testing.Benchmark(Benchmark(plain)), testing.Benchmark(Benchmark(behind))
		more = append(more, perOp(b)-perOp(p))
		allocs = float64(b.AllocsPerOp() - p.AllocsPerOp())
	}
	slices.Sort(more)
	return more[times/2], allocs
}

// perOp is the nanoseconds of one operation, with its fraction.
func perOp(r testing.BenchmarkResult) float64 { return float64(r.T.Nanoseconds()) / float64(r.N) }

// sampling is the share of one CPU that guard takes in a process that does nothing else, after it has served a request if it does that.
func sampling(cpu func() time.Duration, serves bool) (share float64, err error) {
	const long = 4 * time.Second
	idle := used(cpu, long/4) / (long / 4).Seconds()
	g, err := New()
	if err != nil {
		return 0, err
	}
	defer g.Close()
	if serves {
		HTTP(g.Handler(Handler()))()
	}
	time.Sleep(long / 8) // until it has found its pace
	return used(cpu, long)/long.Seconds() - idle, nil
}

// used is the CPU time in seconds that the process uses in a time of doing nothing.
func used(cpu func() time.Duration, long time.Duration) float64 {
	began := cpu()
	time.Sleep(long)
	return (cpu() - began).Seconds()
}

// Handler answers at once.
func Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
}

// discard is a response that goes nowhere.
type discard struct{ header http.Header }

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) Write(b []byte) (int, error) { return len(b), nil }
func (d *discard) WriteHeader(int)             {}

// Benchmark repeats an operation.
func Benchmark(operation func()) func(*testing.B) {
	return func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; i < b.N; i++ {
			operation()
		}
	}
}

// HTTP is a call of a handler.
func HTTP(h http.Handler) func() {
	r := &http.Request{Method: http.MethodGet, URL: &url.URL{Path: "/work"}, Header: http.Header{}}
	w := &discard{http.Header{}}
	return func() { h.ServeHTTP(w, r) }
}

// Unary is a call through an interceptor, or without one if it is nil.
func Unary(interceptor grpc.UnaryServerInterceptor) func() {
	ctx, info := context.Background(), &grpc.UnaryServerInfo{FullMethod: "/guard.bench.Work/Do"}
	handler := func(_ context.Context, req any) (any, error) { return req, nil }
	if interceptor == nil {
		return func() { handler(ctx, nil) }
	}
	return func() { interceptor(ctx, nil, info, handler) }
}
