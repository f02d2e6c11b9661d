// Package page shows what the guard sees, live, on one page for a browser: delay, run queue, processors, requests served and turned away, verdicts
// over time, events.
//
//	p, err := page.New(page.Config{})
//	...
//	g, err := guard.New(guard.Config{Actions: []guard.Action{p}})
//	...
//	mux.Handle("/debug/guard/", p.Handler(g))
//
// As an action of the guard it keeps a history of fixed length and size, whether anybody looks or not. The page is one HTML document without
// anything from elsewhere; it asks for data twice a second. It tells a reader how the service is doing, so it belongs where other /debug pages are:
// not on the public address. Start with history.go; view.go is what the browser gets.
package page

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	guard "github.com/mote-go/mote/guard"
	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/sense"
	"github.com/mote-go/mote/guard/shed"
)

// Config says what is kept and shown. The zero Config means the defaults.
type Config struct {
	Title string        // of the page; the program's name
	Step  time.Duration // that a point of the charts stands for, 50 ms to 1 min; 250 ms
	Steps int           // how many are kept, 10 to 10,000, at about 150 bytes; 1,200
	Limit time.Duration // the line in the chart of delays; 10 ms
}

func (c Config) withDefaults() (Config, error) {
	if c.Title == "" {
		c.Title = filepath.Base(os.Args[0])
	}
	if c.Step == 0 {
		c.Step = 250 * time.Millisecond
	}
	if c.Step < 50*time.Millisecond || c.Step > time.Minute {
		return c, fmt.Errorf("page: Step is %v, expected 50ms to 1m", c.Step)
	}
	if c.Steps == 0 {
		c.Steps = 1200
	}
	if c.Steps < 10 || c.Steps > 10_000 {
		return c, fmt.Errorf("page: Steps is %d, expected 10 to 10000", c.Steps)
	}
	if c.Limit == 0 {
		c.Limit = 10 * time.Millisecond
	}
	if c.Limit < 0 {
		return c, fmt.Errorf("page: Limit is %v, expected a positive time or 0 for 10ms", c.Limit)
	}
	return c, nil
}

// source is what a page shows beside its history; *guard.Guard is one.
type source interface {
	Status() guard.Status
	Shed() *shed.Controller
}

// Page is an action of the guard and a handler of HTTP.
type Page struct {
	config   Config
	document document

	mu      sync.Mutex
	history history
	source  source
}

// New checks c. Nothing is shown before Handler.
func New(c Config) (*Page, error) {
	c, err := c.withDefaults()
	if err != nil {
		return nil, err
	}
	d, err := compose(c)
	if err != nil {
		return nil, err
	}
	return &Page{config: c, document: d, history: newHistory(c)}, nil
}

// Name is "page".
func (p *Page) Name() string { return "page" }

// Observe adds a sample to the history. It allocates nothing.
func (p *Page) Observe(s sense.Sample, v classify.Verdict) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.history.add(s, v) && p.source != nil {
		if c := p.source.Shed(); c != nil {
			p.history.count(c.Stats())
		}
	}
}

// Close does nothing: the page shows what there was.
func (p *Page) Close() error { return nil }

// Handler serves the page at every path that ends with a slash and its data at "data" beside it; it is to be mounted at a path with a slash at its end,
// such as /debug/guard/. g is the guard that p is an action of.
func (p *Page) Handler(g *guard.Guard) http.Handler { return p.handler(g) }

func (p *Page) handler(s source) http.Handler {
	p.mu.Lock()
	p.source = s
	p.mu.Unlock()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "only GET is served here", http.StatusMethodNotAllowed)
			return
		}
		switch r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:] {
		case "":
			p.document.serve(w)
		case "data":
			p.serveData(w, r, s)
		default:
			http.NotFound(w, r)
		}
	})
}
