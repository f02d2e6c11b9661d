package defence

import (
	"io"
	"log/slog"
	"net/http"

	"github.com/mote-go/mote/guard"
	"github.com/mote-go/mote/guard/guardgrpc"
	"github.com/mote-go/mote/guard/shed"
	"google.golang.org/grpc"
)

// guarded is this project's guard with its defaults, and of its actions load shedding alone; for gRPC by the tap handle, as for failsafe-go. It does not look
// at X-Request-Start.
type guarded struct {
	guard *guard.Guard
	shed  *shed.Controller
}

func newGuard(queue Queue) (Defence, error) {
	if queue != nil {
		g, c, err := newQueued(queue)
		return guarded{g, c}, err
	}
	g, err := guard.New(guard.Config{Shed: &shed.Config{}, Logger: quiet()})
	if err != nil {
		return nil, err
	}
	return guarded{g, g.Shed()}, nil
}

// quiet is a logger for programs whose output is read by others.
func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

func (g guarded) HTTP(next http.Handler) http.Handler { return g.shed.Handler(next) }

func (g guarded) GRPC() []grpc.ServerOption {
	return []grpc.ServerOption{grpc.InTapHandle(guardgrpc.ServerInHandle(g.shed))}
}

func (g guarded) Close() error { return g.guard.Close() }
