package defence

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
)

// startHeader is when the request came to the load balancer in front, as "t=" and microseconds since 1970. Heroku's router, nginx and the agents of
// New Relic and Datadog use it for queueing time.
const startHeader = "X-Request-Start"

// sinceHTTP is how long ago the request was meant to reach the server; without the header, zero.
func sinceHTTP(r *http.Request) time.Duration { return since(r.Header.Get(startHeader)) }

// sinceGRPC is the same for a call.
func sinceGRPC(ctx context.Context) time.Duration {
	md, _ := metadata.FromIncomingContext(ctx)
	if v := md.Get(startHeader); len(v) > 0 {
		return since(v[0])
	}
	return 0
}

// since reads the header's value.
func since(value string) time.Duration {
	us, err := strconv.ParseInt(strings.TrimPrefix(value, "t="), 10, 64)
	if err != nil {
		return 0
	}
	return time.Since(time.UnixMicro(us))
}

// recorder remembers the status code of an answer.
type recorder struct {
	http.ResponseWriter
	code int
}

func (r *recorder) WriteHeader(code int) {
	r.code = code
	r.ResponseWriter.WriteHeader(code)
}

// unary makes server options of one interceptor.
func unary(i grpc.UnaryServerInterceptor) []grpc.ServerOption {
	return []grpc.ServerOption{grpc.UnaryInterceptor(i)}
}
