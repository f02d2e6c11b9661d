package defence

import (
	"net/http"

	"github.com/mote-go/mote/guard"
	"github.com/mote-go/mote/guard/bench/overhead"
	"github.com/mote-go/mote/guard/guardgrpc"
	"google.golang.org/grpc"
)

// guarded is this project's guard with its defaults, and of its actions load shedding alone; for gRPC by the tap handle, as for failsafe-go.
type guarded struct{ *guard.Guard }

func newGuard() (Defence, error) {
	g, err := overhead.New()
	if err != nil {
		return nil, err
	}
	return guarded{g}, nil
}

func (g guarded) HTTP(next http.Handler) http.Handler { return g.Handler(next) }

func (g guarded) GRPC() []grpc.ServerOption {
	return []grpc.ServerOption{grpc.InTapHandle(guardgrpc.ServerInHandle(g.Shed()))}
}
