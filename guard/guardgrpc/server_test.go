package guardgrpc

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/status"

	"github.com/mote-go/mote/guard/sense"
	"github.com/mote-go/mote/guard/shed"
)

// controller returns one that turns away all it may, but for what is critical.
func controller(t testing.TB) *shed.Controller {
	t.Helper()
	c, err := shed.New(shed.Config{MaxDrop: 1, Stale: time.Second, Age: func() time.Duration { return 4 * time.Second }})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// ways are those in which a server can ask.
func ways(c *shed.Controller, o ...Option) map[string][]grpc.ServerOption {
	return map[string][]grpc.ServerOption{
		"interceptors": {grpc.UnaryInterceptor(UnaryServerInterceptor(c, o...)), grpc.StreamInterceptor(StreamServerInterceptor(c, o...))},
		"handle":       {grpc.InTapHandle(ServerInHandle(c, o...))},
	}
}

func TestCallsAreTurnedAwayBeforeTheirWork(t *testing.T) {
	for name, options := range ways(controller(t), WithRetryAfter(3*time.Second)) {
		t.Run(name, func(t *testing.T) {
			e, connection := start(t, options)
			for kind, err := range map[string]error{
				"unary":         say(context.Background(), connection),
				"bidirectional": stream(context.Background(), connection, "Repeat"),
				"client stream": stream(context.Background(), connection, "Collect"),
			} {
				s := status.Convert(err)
				if s.Code() != codes.ResourceExhausted || s.Message() != "overloaded, try again later" {
					t.Errorf("%s: got %v", kind, err)
				}
				if name == "handle" {
					continue // gRPC sends no details from there
				}
				if len(s.Details()) != 1 {
					t.Errorf("%s: the details are %v", kind, s.Details())
				} else if info, ok := s.Details()[0].(*errdetails.RetryInfo); !ok || info.RetryDelay.AsDuration() != 3*time.Second {
					t.Errorf("%s: the detail is %v", kind, s.Details()[0])
				}
			}
			if n := e.served.Load(); n != 0 {
				t.Errorf("%d calls were served", n)
			}
			if _, err := healthpb.NewHealthClient(connection).Check(context.Background(), &healthpb.HealthCheckRequest{}); err != nil {
				t.Errorf("the health check: %v", err)
			}
		})
	}
}

func TestPriorityDecides(t *testing.T) {
	var mu sync.Mutex
	var rejected []string
	options := []Option{
		WithPriority(func(ctx context.Context, method string) shed.Priority {
			if asked(ctx) == "operator" {
				return shed.Critical
			}
			return shed.Background
		}),
		WithRejected(func(_ context.Context, method string, p shed.Priority) {
			mu.Lock()
			defer mu.Unlock()
			rejected = append(rejected, fmt.Sprint(method, " ", p))
		}),
		WithExempt(),
	}
	for name, way := range ways(controller(t), options...) {
		t.Run(name, func(t *testing.T) {
			rejected = nil
			e, connection := start(t, way)
			if err := say(who("operator"), connection); err != nil {
				t.Errorf("a critical call: %v", err)
			}
			if err := stream(who("operator"), connection, "Repeat"); !errors.Is(err, io.EOF) {
				t.Errorf("a critical stream: %v", err)
			}
			if err := say(who("robot"), connection); status.Code(err) != codes.ResourceExhausted {
				t.Errorf("a background call: %v", err)
			}
			if _, err := healthpb.NewHealthClient(connection).Check(context.Background(), &healthpb.HealthCheckRequest{}); status.Code(err) != codes.ResourceExhausted {
				t.Errorf("a health check that is not exempt: %v", err)
			}
			if n := e.served.Load(); n != 2 {
				t.Errorf("%d calls were served, want 2", n)
			}
			mu.Lock()
			defer mu.Unlock()
			if want := []string{"/test.Echo/Say background", "/grpc.health.v1.Health/Check background"}; !slices.Equal(rejected, want) {
				t.Errorf("rejected were %q, want %q", rejected, want)
			}
		})
	}
}

// The bar is 100 ns and no allocation.
func BenchmarkUnaryServerInterceptor(b *testing.B) {
	heart := sense.NewHeartbeat()
	heart.Beat(time.Now().Add(time.Hour))
	c, err := shed.New(shed.Config{Age: func() time.Duration { return heart.Meet(time.Now()) }})
	if err != nil {
		b.Fatal(err)
	}
	intercept := UnaryServerInterceptor(c)
	info := &grpc.UnaryServerInfo{FullMethod: "/test.Echo/Say"}
	serve := func(context.Context, any) (any, error) { return nil, nil }
	ctx := context.Background()
	b.ReportAllocs()
	for i := 0; i < b.N; i++ {
		intercept(ctx, nil, info, serve)
	}
}

func TestTheInterceptorAllocatesNothing(t *testing.T) {
	intercept := UnaryServerInterceptor(controller(t))
	serve := func(context.Context, any) (any, error) { return nil, nil }
	for _, method := range []string{"/test.Echo/Say", "/grpc.health.v1.Health/Check"} {
		info := &grpc.UnaryServerInfo{FullMethod: method}
		if n := testing.AllocsPerRun(1000, func() { intercept(context.Background(), nil, info, serve) }); n != 0 {
			t.Errorf("%s: %v allocations", method, n)
		}
	}
}
