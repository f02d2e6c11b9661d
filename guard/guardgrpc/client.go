package guardgrpc

import (
	"context"
	"errors"
	"io"
	"sync"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Breaker is what the client's side needs of breaker.Breaker: whether a call may be made, and then how it ended.
type Breaker interface {
	Allow() (done func(error), err error)
}

// UnaryClientInterceptor makes calls through the breaker. When it is open, they end with Unavailable.
func UnaryClientInterceptor(b Breaker) grpc.UnaryClientInterceptor {
	return func(ctx context.Context, method string, request, reply any, connection *grpc.ClientConn, invoke grpc.UnaryInvoker, options ...grpc.CallOption) error {
		done, err := b.Allow()
		if err != nil {
			return status.Error(codes.Unavailable, err.Error())
		}
		result := errLeft
		defer func() { done(result) }()
		err = invoke(ctx, method, request, reply, connection, options...)
		result = verdict(err)
		return err
	}
}

// StreamClientInterceptor opens streams through the breaker. A stream has ended when receiving from it has, or the context.
func StreamClientInterceptor(b Breaker) grpc.StreamClientInterceptor {
	return func(ctx context.Context, description *grpc.StreamDesc, connection *grpc.ClientConn, method string, open grpc.Streamer, options ...grpc.CallOption) (grpc.ClientStream, error) {
		done, err := b.Allow()
		if err != nil {
			return nil, status.Error(codes.Unavailable, err.Error())
		}
		result, opened := errLeft, false
		defer func() {
			if !opened {
				done(verdict(result))
			}
		}()
		stream, err := open(ctx, description, connection, method, options...)
		if result = err; err != nil {
			return nil, err
		}
		opened = true
		return watch(ctx, stream, !description.ServerStreams, done), nil
	}
}

// watch reports the end of a stream. The context is the caller's: the stream's own ends also when all went well.
func watch(ctx context.Context, stream grpc.ClientStream, single bool, done func(error)) *clientStream {
	s := &clientStream{ClientStream: stream, single: single}
	var once sync.Once
	report := func(err error) { once.Do(func() { done(verdict(err)) }) }
	forget := context.AfterFunc(ctx, func() { report(ctx.Err()) })
	s.done = func(err error) {
		forget()
		report(err)
	}
	return s
}

// clientStream reports once how it ended.
type clientStream struct {
	grpc.ClientStream
	single bool // the server answers once, and no end of the stream is read
	done   func(error)
}

func (s *clientStream) RecvMsg(m any) error {
	err := s.ClientStream.RecvMsg(m)
	if err != nil || s.single {
		s.done(err)
	}
	return err
}

// errLeft counts as a failure: the call panicked or ended its goroutine.
var errLeft = errors.New("the call did not return")

// verdict is what the end of a call says about the server: nil when it worked, whatever the answer, and context.Canceled when the caller gave up.
func verdict(err error) error {
	switch {
	case err == nil, errors.Is(err, io.EOF):
		return nil
	case errors.Is(err, errLeft), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, context.Canceled):
		return context.Canceled
	}
	switch status.Code(err) {
	case codes.Canceled:
		return context.Canceled
	case codes.Unavailable, codes.DeadlineExceeded, codes.ResourceExhausted, codes.Internal, codes.Unknown, codes.DataLoss:
		return err
	}
	return nil
}
