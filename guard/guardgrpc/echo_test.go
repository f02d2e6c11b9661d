package guardgrpc

import (
	"context"
	"net"
	"strings"
	"sync/atomic"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/health"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/test/bufconn"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

// echo is a service with a unary method (/test.Echo/Say) and streams of each kind, described by hand. fail is what its methods return, if set.
type echo struct {
	served atomic.Int32
	fail   atomic.Value // of failure
}

type failure struct{ error }

func (e *echo) answer() error {
	e.served.Add(1)
	if f, ok := e.fail.Load().(failure); ok {
		return f.error
	}
	return nil
}

func (e *echo) describe() *grpc.ServiceDesc {
	say := func(_ any, ctx context.Context, decode func(any) error, intercept grpc.UnaryServerInterceptor) (any, error) {
		in := new(wrapperspb.StringValue)
		if err := decode(in); err != nil {
			return nil, err
		}
		serve := func(context.Context, any) (any, error) { return in, e.answer() }
		if intercept == nil {
			return serve(ctx, in)
		}
		return intercept(ctx, in, &grpc.UnaryServerInfo{Server: e, FullMethod: "/test.Echo/Say"}, serve)
	}
	stream := func(_ any, s grpc.ServerStream) error {
		in := new(wrapperspb.StringValue)
		if err := s.RecvMsg(in); err != nil {
			return err
		}
		if err := s.SendMsg(in); err != nil {
			return err
		}
		return e.answer()
	}
	return &grpc.ServiceDesc{
		ServiceName: "test.Echo",
		HandlerType: (*any)(nil),
		Methods:     []grpc.MethodDesc{{MethodName: "Say", Handler: say}},
		Streams: []grpc.StreamDesc{
			{StreamName: "Repeat", Handler: stream, ServerStreams: true, ClientStreams: true},
			{StreamName: "Collect", Handler: stream, ClientStreams: true},
		},
	}
}

// start serves an echo in memory and returns a connection to it.
func start(t testing.TB, server []grpc.ServerOption, client ...grpc.DialOption) (*echo, *grpc.ClientConn) {
	t.Helper()
	e := new(echo)
	s := grpc.NewServer(server...)
	s.RegisterService(e.describe(), e)
	healthpb.RegisterHealthServer(s, health.NewServer())
	listener := bufconn.Listen(1 << 16)
	go s.Serve(listener)
	t.Cleanup(s.Stop)
	client = append(client, grpc.WithTransportCredentials(insecure.NewCredentials()), grpc.WithContextDialer(func(context.Context, string) (net.Conn, error) { return listener.Dial() }))
	connection, err := grpc.NewClient("passthrough:echo", client...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { connection.Close() })
	return e, connection
}

// who returns a context whose calls say who makes them.
func who(name string) context.Context {
	return metadata.AppendToOutgoingContext(context.Background(), "who", name)
}

// asked returns what who put into the metadata.
func asked(ctx context.Context) string {
	md, _ := metadata.FromIncomingContext(ctx)
	return strings.Join(md.Get("who"), " ")
}

func say(ctx context.Context, c *grpc.ClientConn) error {
	return c.Invoke(ctx, "/test.Echo/Say", wrapperspb.String("hello"), new(wrapperspb.StringValue))
}

// stream opens a stream, sends one message and reads to the end.
func stream(ctx context.Context, c *grpc.ClientConn, method string) error {
	description := &grpc.StreamDesc{ClientStreams: true, ServerStreams: method == "Repeat"}
	s, err := c.NewStream(ctx, description, "/test.Echo/"+method)
	if err != nil {
		return err
	}
	s.SendMsg(wrapperspb.String("hello")) // why it fails, RecvMsg says
	if err := s.CloseSend(); err != nil {
		return err
	}
	for {
		if err := s.RecvMsg(new(wrapperspb.StringValue)); err != nil || !description.ServerStreams {
			return err
		}
	}
}
