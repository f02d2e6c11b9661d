package overhead

import (
	"context"

	"github.com/mote-go/mote/guard"
	"github.com/mote-go/mote/guard/shed"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Interceptor is guard's for unary calls.
func Interceptor(g *guard.Guard) grpc.UnaryServerInterceptor {
	c := g.Shed()
	return func(ctx context.Context, req any, _ *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
		if !c.Admit(shed.Normal) {
			return nil, status.Error(codes.ResourceExhausted, "overloaded, try again later")
		}
		return handler(ctx, req)
	}
}
