package defence

import (
	"context"
	"net/http"

	"github.com/zeromicro/go-zero/core/load"
	"github.com/zeromicro/go-zero/core/logx"
	"github.com/zeromicro/go-zero/core/stat"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// shedder is go-zero's adaptive shedder with the CPU threshold that its REST and RPC servers have by default, 900 of 1000 (rest/config.go and
// zrpc/config.go), used as rest/handler/sheddinghandler.go does. Its logging of every dropped request is off, which is in its favour.
type shedder struct {
	load.Shedder
}

func newGoZero() (Defence, error) {
	logx.Disable()
	load.DisableLog()
	stat.DisableLog()
	stat.SetReporter(nil)
	return &shedder{load.NewAdaptiveShedder(load.WithCpuThreshold(900))}, nil
}

func (s *shedder) HTTP(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		promise, err := s.Allow()
		if err != nil {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		rec := recorder{w, http.StatusOK}
		next.ServeHTTP(&rec, r)
		finish(promise, rec.code != http.StatusServiceUnavailable)
	})
}

func (s *shedder) GRPC() []grpc.ServerOption { return unary(s.call) }

func (s *shedder) call(ctx context.Context, req any, _ *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	promise, err := s.Allow()
	if err != nil {
		return nil, status.Error(codes.ResourceExhausted, err.Error())
	}
	answer, err := handler(ctx, req)
	finish(promise, status.Code(err) != codes.DeadlineExceeded) // as zrpc's interceptor has it
	return answer, err
}

// finish tells the shedder how it went.
func finish(p load.Promise, ok bool) {
	if ok {
		p.Pass()
	} else {
		p.Fail()
	}
}

func (s *shedder) Close() error { return nil }
