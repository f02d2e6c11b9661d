package overhead

import (
	"testing"
	"time"

	"github.com/mote-go/mote/guard"
	"github.com/mote-go/mote/guard/guardgrpc"
)

// start returns a guard that runs until the test ends.
func start(t testing.TB) *guard.Guard {
	t.Helper()
	g, err := New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	return g
}

func BenchmarkHTTP(b *testing.B)        { Benchmark(HTTP(Handler()))(b) }
func BenchmarkHTTPGuarded(b *testing.B) { Benchmark(HTTP(start(b).Handler(Handler())))(b) }
func BenchmarkUnary(b *testing.B)       { Benchmark(Unary(nil))(b) }
func BenchmarkUnaryGuarded(b *testing.B) {
	Benchmark(Unary(guardgrpc.UnaryServerInterceptor(start(b).Shed())))(b)
}

// AllocsPerRun counts those of all goroutines and leaves out fractions: what the sampler allocates meanwhile is less than one a call.
func TestMiddlewareDoesNotAllocate(t *testing.T) {
	g := start(t)
	for name, calls := range map[string][2]func(){
		"http": {HTTP(Handler()), HTTP(g.Handler(Handler()))},
		"grpc": {Unary(nil), Unary(guardgrpc.UnaryServerInterceptor(g.Shed()))},
	} {
		const times = 20_000
		if plain, behind := testing.AllocsPerRun(times, calls[0]), testing.AllocsPerRun(times, calls[1]); behind > plain {
			t.Errorf("%s: %v allocations behind guard, %v without", name, behind, plain)
		}
	}
}

func TestUsedCountsTheClockThatItIsGiven(t *testing.T) {
	now := time.Duration(0)
	clock := func() time.Duration { now += 3 * time.Millisecond; return now }
	if got := used(clock, time.Microsecond); got != 0.003 {
		t.Errorf("used %v, want 0.003", got)
	}
}
