package defence

import (
	"context"
	"net/http"

	"github.com/go-kratos/aegis/ratelimit"
	"github.com/go-kratos/aegis/ratelimit/bbr"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// limiter is the BBR-like limiter of go-kratos/aegis with its defaults (window 10 s, 100 buckets, CPU threshold 80 %), which is what Kratos' own middleware
// ratelimit.Server uses (kratos v2, middleware/ratelimit: limiter: bbr.NewLimiter()).
type limiter struct {
	bbr *bbr.BBR
}

func newBBR() (Defence, error) { return &limiter{bbr.NewLimiter()}, nil }

func (l *limiter) HTTP(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		done, err := l.bbr.Allow()
		if err != nil {
			http.Error(w, err.Error(), http.StatusTooManyRequests)
			return
		}
		next.ServeHTTP(w, r)
		done(ratelimit.DoneInfo{})
	})
}

func (l *limiter) GRPC() []grpc.ServerOption { return unary(l.call) }

func (l *limiter) call(ctx context.Context, req any, _ *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	done, err := l.bbr.Allow()
	if err != nil {
		return nil, status.Error(codes.ResourceExhausted, err.Error())
	}
	answer, err := handler(ctx, req)
	done(ratelimit.DoneInfo{Err: err})
	return answer, err
}

func (l *limiter) Close() error { return nil }
