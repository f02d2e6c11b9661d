// Package guardgrpc turns gRPC calls away before their work begins, and calls other services through a circuit breaker.
//
// On a server, UnaryServerInterceptor and StreamServerInterceptor ask a shed.Controller for each call, a stream once at its beginning. ServerInHandle does
// so earlier, when only the headers have been read: a call that is turned away costs neither a goroutine nor decoding. Use the handle or the
// interceptors; with both, each call draws twice.
//
// A call that is turned away ends with ResourceExhausted and, from interceptors, a RetryInfo that says how long to wait. It is not Unavailable, which clients with a usual retry
// policy repeat at once, to an overloaded server.
//
// On a client, UnaryClientInterceptor and StreamClientInterceptor stand before one dependency each; the breaker is that of package breaker or any
// with its method Allow.
package guardgrpc

import (
	"context"
	"strings"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/grpc/tap"
	"google.golang.org/protobuf/types/known/durationpb"

	"github.com/mote-go/mote/guard/shed"
)

// Option says how calls are treated on a server.
type Option func(*server)

// WithPriority sets how a call's priority is found; by default all are Normal. The function gets the full method ("/package.Service/Method") and a
// context with the incoming metadata. In ServerInHandle it must be quick, since it keeps the whole connection.
func WithPriority(priority func(ctx context.Context, method string) shed.Priority) Option {
	return func(s *server) { s.priority = priority }
}

// WithExempt sets the services ("package.Service") whose calls are always served. By default it is the health check, grpc.health.v1.Health.
func WithExempt(services ...string) Option {
	return func(s *server) {
		s.exempt = nil
		for _, name := range services {
			s.exempt = append(s.exempt, "/"+name+"/")
		}
	}
}

// WithRetryAfter sets what a client that was turned away is asked to wait. By default it is a second. From ServerInHandle gRPC sends no details of
// an error, and so not this one.
func WithRetryAfter(d time.Duration) Option {
	return func(s *server) { s.retryAfter = d }
}

// WithRejected sets a function that is called for each call that is turned away.
func WithRejected(rejected func(ctx context.Context, method string, p shed.Priority)) Option {
	return func(s *server) { s.rejected = rejected }
}

// server decides about calls.
type server struct {
	controller *shed.Controller
	priority   func(context.Context, string) shed.Priority
	exempt     []string
	retryAfter time.Duration
	rejected   func(context.Context, string, shed.Priority)
	refusal    error // made once: it is given when time is short
}

func newServer(c *shed.Controller, options []Option) *server {
	s := &server{
		controller: c,
		priority:   func(context.Context, string) shed.Priority { return shed.Normal },
		exempt:     []string{"/grpc.health.v1.Health/"},
		retryAfter: time.Second,
		rejected:   func(context.Context, string, shed.Priority) {},
	}
	for _, o := range options {
		o(s)
	}
	refusal := status.New(codes.ResourceExhausted, "overloaded, try again later")
	if detailed, err := refusal.WithDetails(&errdetails.RetryInfo{RetryDelay: durationpb.New(s.retryAfter)}); err == nil {
		refusal = detailed
	}
	s.refusal = refusal.Err()
	return s
}

// admit returns nil for a call that is to be served.
func (s *server) admit(ctx context.Context, method string) error {
	for _, prefix := range s.exempt {
		if strings.HasPrefix(method, prefix) {
			return nil
		}
	}
	p := s.priority(ctx, method)
	if s.controller.Admit(p) {
		return nil
	}
	s.rejected(ctx, method, p)
	return s.refusal
}

// UnaryServerInterceptor serves the calls that c admits.
func UnaryServerInterceptor(c *shed.Controller, options ...Option) grpc.UnaryServerInterceptor {
	s := newServer(c, options)
	return func(ctx context.Context, request any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
		if err := s.admit(ctx, info.FullMethod); err != nil {
			return nil, err
		}
		return handler(ctx, request)
	}
}

// StreamServerInterceptor serves the streams that c admits when they begin.
func StreamServerInterceptor(c *shed.Controller, options ...Option) grpc.StreamServerInterceptor {
	s := newServer(c, options)
	return func(server any, stream grpc.ServerStream, info *grpc.StreamServerInfo, handler grpc.StreamHandler) error {
		if err := s.admit(stream.Context(), info.FullMethod); err != nil {
			return err
		}
		return handler(server, stream)
	}
}

// ServerInHandle decides about calls of both kinds before anything else is done for them, for grpc.InTapHandle (which gRPC calls experimental).
func ServerInHandle(c *shed.Controller, options ...Option) tap.ServerInHandle {
	s := newServer(c, options)
	return func(ctx context.Context, info *tap.Info) (context.Context, error) {
		return ctx, s.admit(ctx, info.FullMethodName)
	}
}
