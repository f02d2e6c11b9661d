//go:build canary

package main

import (
	"errors"
	"log"
	"net/http"

	"github.com/mote-go/mote/guard"
	"github.com/mote-go/mote/guard/boost"
	"github.com/mote-go/mote/guard/breaker"
	"github.com/mote-go/mote/guard/lane"
	"github.com/mote-go/mote/guard/record"
	"github.com/mote-go/mote/guard/shed"
	"github.com/mote-go/mote/guard/stage"
	"github.com/mote-go/mote/guard/watch"
)

const variant = "canary"

type token = watch.Token

// early is for the watchdog, whose child is this program started again.
func early() token { return watch.Early() }

// enter puts guard into the service. What is not about single requests (the guard itself, batches on a lane, the breaker) is there from the first stage
// on; requests are shed for the share of customers that the stage file says.
func enter(s *service, o options, early token) (front, error) {
	stages, err := stage.Load(o.stages)
	if err != nil {
		return front{}, err
	}
	rollout, err := stage.Start(stages, func(e stage.Event) {
		log.Printf("rollout %v, stage %q: %s (before: %+v)", e.Phase, e.Stage.Name, e.Cause, e.Before.Seen)
	})
	if err != nil {
		return front{}, err
	}
	circuit, err := breaker.New(breaker.Config{Name: "rates"})
	if err != nil {
		return front{}, err
	}
	batches, err := lane.New(lane.Config{})
	if err != nil {
		return front{}, err
	}
	g, err := guard.New(guard.Config{
		Shed:   &shed.Config{},
		Boost:  &boost.Config{},
		Record: traces(o.traces),
		Watch:  &watch.Config{Early: early},
	})
	if err != nil {
		return front{}, errors.Join(err, batches.Close())
	}
	s.rates = newRates(o.rates, circuit.Transport(nil))
	s.run = batches.Do
	mux := s.mux()
	return front{
		handler: &stage.Router{
			Rollout: rollout,
			Stable:  mux,
			Canary:  g.Shed().Middleware(shed.HTTP{Priority: priority}, mux),
			Key:     func(r *http.Request) string { return r.URL.Query().Get("customer") },
			Failed:  failed,
		},
		close: func() error { return errors.Join(g.Close(), batches.Close()) },
	}, nil
}

// traces has evidence of starvation left in that folder, for `guard report`.
func traces(dir string) *record.Config {
	if dir == "" {
		return nil
	}
	return &record.Config{Dir: dir}
}

// priority says what is turned away first: who starts a batch can do so later, and customers with an account before those who look around.
func priority(r *http.Request) shed.Priority {
	switch {
	case r.Method == http.MethodPost:
		return shed.Background
	case r.Header.Get("Authorization") == "":
		return shed.Sheddable
	}
	return shed.Normal
}

// failed tells what counts against the rollout: errors of the service, and not that it sheds, which is what the rollout is for.
func failed(status int, header http.Header) bool {
	return status >= 500 && header.Get("Retry-After") == ""
}
