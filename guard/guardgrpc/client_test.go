package guardgrpc

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

// ledger is a Breaker that notes how calls ended.
type ledger struct {
	mu   sync.Mutex
	open bool
	ends []string
}

func (l *ledger) Allow() (func(error), error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open {
		return nil, errors.New("stock: circuit breaker is open")
	}
	return func(err error) {
		l.mu.Lock()
		defer l.mu.Unlock()
		switch {
		case err == nil:
			l.ends = append(l.ends, "success")
		case errors.Is(err, context.Canceled):
			l.ends = append(l.ends, "cancelled")
		default:
			l.ends = append(l.ends, "failure")
		}
	}, nil
}

// ended returns how calls ended, and forgets it. It waits for one: a stream whose context ends is reported from elsewhere.
func (l *ledger) ended() []string {
	for {
		l.mu.Lock()
		ends := l.ends
		l.ends = nil
		l.mu.Unlock()
		if len(ends) > 0 {
			return ends
		}
		time.Sleep(time.Millisecond)
	}
}

func through(b Breaker) []grpc.DialOption {
	return []grpc.DialOption{grpc.WithUnaryInterceptor(UnaryClientInterceptor(b)), grpc.WithStreamInterceptor(StreamClientInterceptor(b))}
}

func TestTheClientReportsHowCallsEnd(t *testing.T) {
	l := new(ledger)
	e, connection := start(t, nil, through(l)...)
	for _, test := range []struct {
		fails error
		want  string
	}{
		{nil, "success"},
		{status.Error(codes.NotFound, "no such thing"), "success"},
		{status.Error(codes.InvalidArgument, "what?"), "success"},
		{status.Error(codes.PermissionDenied, "no"), "success"},
		{status.Error(codes.Unavailable, "down"), "failure"},
		{status.Error(codes.ResourceExhausted, "overloaded"), "failure"},
		{status.Error(codes.Internal, "oh"), "failure"},
		{errors.New("who knows"), "failure"},
		{status.Error(codes.DeadlineExceeded, "late"), "failure"},
		{status.Error(codes.Canceled, "gave up"), "cancelled"},
	} {
		e.fail.Store(failure{test.fails})
		for kind, call := range map[string]func() error{
			"unary":         func() error { return say(context.Background(), connection) },
			"bidirectional": func() error { return stream(context.Background(), connection, "Repeat") },
			"client stream": func() error { return stream(context.Background(), connection, "Collect") },
		} {
			err := call()
			if got := l.ended(); !slices.Equal(got, []string{test.want}) {
				t.Errorf("%s with %v ended in %v and was reported as %v, want %s once", kind, test.fails, err, got, test.want)
			}
		}
	}
}

func TestAnOpenBreakerCallsNobody(t *testing.T) {
	e, connection := start(t, nil, through(&ledger{open: true})...)
	for kind, err := range map[string]error{"unary": say(context.Background(), connection), "stream": stream(context.Background(), connection, "Repeat")} {
		if s := status.Convert(err); s.Code() != codes.Unavailable || s.Message() != "stock: circuit breaker is open" {
			t.Errorf("%s: got %v", kind, err)
		}
	}
	if n := e.served.Load(); n != 0 {
		t.Errorf("%d calls were served", n)
	}
}

func TestAStreamThatIsAbandoned(t *testing.T) {
	l := new(ledger)
	_, connection := start(t, nil, through(l)...)
	ctx, cancel := context.WithCancel(context.Background())
	s, err := connection.NewStream(ctx, &grpc.StreamDesc{ClientStreams: true, ServerStreams: true}, "/test.Echo/Repeat")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SendMsg(wrapperspb.String("hello")); err != nil {
		t.Fatal(err)
	}
	cancel()
	if got := l.ended(); !slices.Equal(got, []string{"cancelled"}) {
		t.Errorf("it was reported as %v", got)
	}
}

func TestACallThatPanicsHasFailed(t *testing.T) {
	l := new(ledger)
	intercept := UnaryClientInterceptor(l)
	func() {
		defer func() { recover() }()
		intercept(context.Background(), "/test.Echo/Say", nil, nil, nil, func(context.Context, string, any, any, *grpc.ClientConn, ...grpc.CallOption) error { panic("oh") })
	}()
	if got := l.ended(); !slices.Equal(got, []string{"failure"}) {
		t.Errorf("it was reported as %v", got)
	}
}
