package defence

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/sony/gobreaker/v2"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// breaker is sony/gobreaker around the handler. A breaker is meant for dependencies; people put it in front of handlers all the same.
//
// Settings:
//   - ReadyToTrip is the default, more than 5 failures in a row (doc comment of Settings), and so is MaxRequests, one trial when half open.
//   - A failure is an answer later than 100 ms after the request came, by X-Request-Start. The handler's own duration would be the usual choice, and the
//     breaker would then never open: while requests wait for a processor, no handler has begun. So this is in its favour.
//   - Timeout, how long it stays open, is one second. The default of 60 s (doc comment of Settings; the example that comes with it has the same) refuses nearly
//     everything for as long as a run lasts: 30 good requests a second where one second gives 180. So this is in its favour as well.
//
// The tuned variant stays open for 50 ms, the setting of those tried (50 ms to 60 s) that is best for just this load: it closes as soon as the queue has
// drained, which takes knowing how long that is. It stands in the tables to show how much there is in the setting, and is no rival.
type breaker struct {
	cb *gobreaker.CircuitBreaker[any]
}

// tooLate is the age of a request at which its answer counts as a failure.
const tooLate = 100 * time.Millisecond

var errTooLate = errors.New("answered too late")

func newBreaker(timeout time.Duration) (Defence, error) {
	return &breaker{gobreaker.NewCircuitBreaker[any](gobreaker.Settings{Name: "handler", Timeout: timeout})}, nil
}

func (b *breaker) HTTP(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, err := b.cb.Execute(func() (any, error) {
			rec := recorder{w, http.StatusOK}
			next.ServeHTTP(&rec, r)
			if rec.code >= 500 || sinceHTTP(r) > tooLate {
				return nil, errTooLate
			}
			return nil, nil
		})
		if refused(err) {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
		}
	})
}

func (b *breaker) GRPC() []grpc.ServerOption { return unary(b.call) }

func (b *breaker) call(ctx context.Context, req any, _ *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	var answer any
	var failure error
	_, err := b.cb.Execute(func() (any, error) {
		answer, failure = handler(ctx, req)
		if failure == nil && sinceGRPC(ctx) > tooLate {
			return nil, errTooLate
		}
		return nil, failure
	})
	if refused(err) {
		return nil, status.Error(codes.Unavailable, err.Error())
	}
	return answer, failure
}

func (b *breaker) Close() error { return nil }

// refused tells whether the breaker did not call the handler.
func refused(err error) bool {
	return errors.Is(err, gobreaker.ErrOpenState) || errors.Is(err, gobreaker.ErrTooManyRequests)
}
