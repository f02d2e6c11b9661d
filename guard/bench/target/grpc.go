package main

import (
	"context"

	"github.com/mote-go/mote/guard/bench/defence"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/emptypb"
)

// grpcServer serves one unary method, /guard.bench.Work/Do.
type grpcServer struct{ *grpc.Server }

func newGRPC(d defence.Defence, w work) server {
	s := grpc.NewServer(d.GRPC()...)
	s.RegisterService(&grpc.ServiceDesc{
		ServiceName: "guard.bench.Work",
		HandlerType: (*any)(nil),
		Methods:     []grpc.MethodDesc{{MethodName: "Do", Handler: do}},
	}, w)
	return grpcServer{s}
}

// do is what protoc would generate for rpc Do(google.protobuf.Empty) returns (google.protobuf.Empty).
func do(srv any, ctx context.Context, decode func(any) error, interceptor grpc.UnaryServerInterceptor) (any, error) {
	in := new(emptypb.Empty)
	if err := decode(in); err != nil {
		return nil, err
	}
	handler := func(ctx context.Context, _ any) (any, error) { return &emptypb.Empty{}, srv.(work)(ctx) }
	if interceptor == nil {
		return handler(ctx, in)
	}
	return interceptor(ctx, in, &grpc.UnaryServerInfo{Server: srv, FullMethod: "/guard.bench.Work/Do"}, handler)
}
