package guard

import (
	"fmt"
	"log/slog"
	"time"

	"github.com/mote-go/mote/guard/boost"
	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/record"
	"github.com/mote-go/mote/guard/sense"
	"github.com/mote-go/mote/guard/shed"
	"github.com/mote-go/mote/guard/watch"
)

// Config says what a Guard looks at and what it may do. The zero Config senses, classifies and logs, and changes nothing.
type Config struct {
	// Limit is how long work may wait for a processor before it counts as starvation. It stands for Classify.Limit. Default 10 ms.
	Limit time.Duration

	Sense    sense.Config    // how often, and where
	Classify classify.Config // from when on

	Shed   *shed.Config   // turn requests away; nil: no. Age is filled in when it is nil
	Boost  *boost.Config  // add processors while goroutines that compute hold all of them; nil: no
	Record *record.Config // leave a trace of what happened in a file; nil: no. Limit and Logger are filled in when they are zero

	// Watch starts a second process that sees when nothing runs in this one; its Early is what watch.Early returned at the beginning of main.
	// Nil: no.
	Watch *watch.Config

	// Actions are called after those above, in this order, and closed in the reverse one.
	Actions []Action

	// Logger gets an event when starvation begins, when its cause changes and when it ends. Nil: slog.Default().
	Logger *slog.Logger
	// OnVerdict is called for the same events, one after the other, on a goroutine of its own. Nil: nothing.
	OnVerdict func(before, now classify.Verdict)
	// History is the number of events that Status keeps, up to 10,000. Default 64.
	History int
}

func (c Config) withDefaults() (Config, error) {
	if c.Limit != 0 && c.Classify.Limit != 0 && c.Limit != c.Classify.Limit {
		return c, fmt.Errorf("guard: Limit is %v and Classify.Limit %v: say one of them", c.Limit, c.Classify.Limit)
	}
	if c.Limit != 0 {
		c.Classify.Limit = c.Limit
	}
	if c.History == 0 {
		c.History = 64
	}
	if c.History < 0 || c.History > 10_000 {
		return c, fmt.Errorf("guard: History is %d, want 1 to 10,000, or 0 for the default", c.History)
	}
	for i, a := range c.Actions {
		if a == nil {
			return c, fmt.Errorf("guard: Actions[%d] is nil", i)
		}
	}
	c.Logger = logger(c.Logger)
	return c, nil
}

// parts are the actions that a Config can name; those it does not are nil.
type parts struct {
	shed   *shed.Controller
	boost  *boost.Booster
	record *record.Recorder
	watch  *watch.Watchdog
}

// build makes the parts. What it made before an error is for undo.
func (g *Guard) build(config Config) error {
	if config.Shed != nil {
		controller, err := shed.New(g.aged(*config.Shed))
		if err != nil {
			return err
		}
		g.parts.shed = controller
		g.actions = append(g.actions, controller)
	}
	if config.Boost != nil {
		booster, err := boost.New(*config.Boost)
		if err != nil {
			return err
		}
		g.parts.boost = booster
		g.actions = append(g.actions, booster)
	}
	if config.Record != nil {
		recorder, err := record.New(config.recording())
		if err != nil {
			return err
		}
		g.parts.record = recorder
		g.actions = append(g.actions, recorder)
	}
	if config.Watch != nil {
		watchdog, err := watch.Start(config.watching())
		if err != nil {
			return err
		}
		g.parts.watch = watchdog
	}
	g.actions = append(g.actions, config.Actions...)
	return nil
}

// aged has requests look at the sampler's heartbeat, unless c says what else.
func (g *Guard) aged(c shed.Config) shed.Config {
	if c.Age == nil {
		heart := g.Heartbeat()
		c.Age = func() time.Duration { return heart.Meet(time.Now()) }
	}
	return c
}

// recording is Record with what it shares with other parts.
func (c Config) recording() record.Config {
	r := *c.Record
	if r.Limit == 0 {
		r.Limit = c.Classify.Limit
	}
	if r.Logger == nil {
		r.Logger = c.Logger
	}
	return r
}

// watching is Watch with what it shares with other parts.
func (c Config) watching() watch.Config {
	w := *c.Watch
	if w.Logger == nil {
		w.Logger = c.Logger
	}
	return w
}
