package defence

import (
	"context"
	"errors"
	"net/http"

	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/adaptivelimiter"
	"github.com/failsafe-go/failsafe-go/failsafegrpc"
	"github.com/failsafe-go/failsafe-go/failsafehttp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/grpc/tap"
)

// adaptive is failsafe-go's adaptive concurrency limiter with its defaults (limit 1 to 200, at first 20), in the handler that failsafehttp has for
// servers, and for gRPC in the tap handle that failsafegrpc prefers (doc comment of NewServerInHandle) together with the interceptor, which records
// durations. Queueing (WithQueueing) is off, as by default: requests that wait in its queue would come back even later.
type adaptive struct{}

func newFailsafe() (Defence, error) { return adaptive{}, nil }

func (adaptive) HTTP(next http.Handler) http.Handler {
	return failsafehttp.NewHandler(next, adaptivelimiter.NewWithDefaults[*http.Response]())
}

func (adaptive) GRPC() []grpc.ServerOption {
	var policy failsafe.Policy[any] = adaptivelimiter.NewWithDefaults[any]()
	tapped := failsafegrpc.NewServerInHandle(policy)
	inner := failsafegrpc.NewUnaryServerInterceptor(policy)
	return append(unary(func(ctx context.Context, req any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
		answer, err := inner(ctx, req, info, handler)
		return answer, exhausted(err)
	}), grpc.InTapHandle(func(ctx context.Context, info *tap.Info) (context.Context, error) {
		ctx, err := tapped(ctx, info)
		return ctx, exhausted(err)
	}))
}

// exhausted turns the limiter's error into the status that clients know.
func exhausted(err error) error {
	if errors.Is(err, adaptivelimiter.ErrExceeded) {
		return status.Error(codes.ResourceExhausted, err.Error())
	}
	return err
}

func (adaptive) Close() error { return nil }
