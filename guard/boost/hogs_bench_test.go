package boost

import (
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/sense"
)

// Requests over HTTP beside eight goroutines that compute without end, on two processors: how long they take without and with a booster, and
// how far the hogs get meanwhile. `go test -bench Hogs -benchtime 300x`.
func BenchmarkRequestBesideHogs(b *testing.B) {
	for _, with := range []bool{false, true} {
		name := "without"
		if with {
			name = "with"
		}
		b.Run(name, func(b *testing.B) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
			server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
			defer server.Close()
			if with {
				defer boosted(b)()
			}
			rounds, stop := hogs(8)
			defer stop()
			time.Sleep(300 * time.Millisecond) // for the hogs to be noticed
			before, begin := rounds(), time.Now()
			took := make([]time.Duration, b.N)
			for i := range took {
				start := time.Now()
				response, err := http.Get(server.URL)
				if err != nil {
					b.Fatal(err)
				}
				response.Body.Close()
				took[i] = time.Since(start)
				time.Sleep(10 * time.Millisecond)
			}
			rate := float64(rounds()-before) / time.Since(begin).Seconds()
			slices.Sort(took)
			b.ReportMetric(took[len(took)/2].Seconds()*1e3, "p50-ms")
			b.ReportMetric(took[len(took)*99/100].Seconds()*1e3, "p99-ms")
			b.ReportMetric(rate, "hog-rounds/s")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// boosted watches the process with a booster until it is called off.
func boosted(b *testing.B) (off func()) {
	b.Helper()
	booster, err := New(Config{Override: true})
	if err != nil {
		b.Fatal(err)
	}
	classifier, err := classify.New(classify.Config{})
	if err != nil {
		b.Fatal(err)
	}
	sampler, err := sense.New(sense.Config{})
	if err != nil {
		b.Fatal(err)
	}
	if err := sampler.Start(func(s sense.Sample) { booster.Observe(s, classifier.Observe(s)) }); err != nil {
		b.Fatal(err)
	}
	return func() {
		sampler.Close()
		booster.Close()
	}
}

// hogs starts goroutines that compute until they are stopped, and counts their rounds.
func hogs(n int) (rounds func() uint64, stop func()) {
	var count atomic.Uint64
	var ended atomic.Bool
	for range n {
		go func() {
			for x := uint64(1); !ended.Load(); count.Add(x>>63 + 1) {
				for range 100_000 {
					x ^= x << 13
					x ^= x >> 7
				}
				x |= 1
				x &= 1<<63 - 1
			}
		}()
	}
	return count.Load, func() { ended.Store(true) }
}
