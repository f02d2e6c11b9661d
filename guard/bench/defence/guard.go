package defence

import (
	"net/http"
	"time"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/sense"
	"github.com/mote-go/mote/guard/shed"
	"google.golang.org/grpc"
)

// guarded is this project's guard with its defaults, and of its actions load shedding alone.
type guarded struct {
	sampler    *sense.Sampler
	controller *shed.Controller
}

func newGuard() (Defence, error) {
	sampler, err := sense.New(sense.Config{})
	if err != nil {
		return nil, err
	}
	classifier, err := classify.New(classify.Config{})
	if err != nil {
		return nil, err
	}
	heart := sampler.Heartbeat()
	controller, err := shed.New(shed.Config{Age: func() time.Duration { return heart.Age(time.Now()) }})
	if err != nil {
		return nil, err
	}
	g := &guarded{sampler, controller}
	return g, sampler.Start(func(s sense.Sample) { controller.Observe(s, classifier.Observe(s)) })
}

func (g *guarded) HTTP(next http.Handler) http.Handler { return g.controller.Handler(next) }

func (g *guarded) GRPC() []grpc.ServerOption { return nil }

func (g *guarded) Close() error { return g.sampler.Close() }
