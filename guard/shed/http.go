package shed

import (
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"
)

// HTTP says how Controller.Middleware treats requests. The zero value is as good as any.
type HTTP struct {
	// Priority returns a request's priority, before anything is read of its body. Nil: Normal for all but health checks.
	Priority func(*http.Request) Priority
	// Exempt are the paths that health checks ask for; they are always served. Nil: /healthz, /livez, /readyz. What Priority
	// returns does not matter for these.
	Exempt []string
	// RetryAfter is what a client that was turned away is asked to wait, in whole seconds, at least one. Default one second.
	RetryAfter time.Duration
	// Waited tells how long a request has waited before this handler, if something before it has noted when it began (WaitedSince). One that has
	// waited for longer than Patience is turned away, whatever its priority, since nobody waits for its answer any more. Nil: not looked at.
	Waited func(*http.Request) time.Duration
	// Patience is how long a client waits. Default one second.
	Patience time.Duration
	// Rejected is called for each request that is turned away, before it is answered. Nil: nothing.
	Rejected func(*http.Request, Priority)
}

// Handler serves by next what is admitted, with the defaults of HTTP.
func (c *Controller) Handler(next http.Handler) http.Handler {
	return c.Middleware(HTTP{}, next)
}

// Middleware serves by next what is admitted, and answers the rest with 503 Service Unavailable (RFC 9110, section 15.6.4), Retry-After and one line
// of text.
func (c *Controller) Middleware(options HTTP, next http.Handler) http.Handler {
	exempt := map[string]bool{}
	if options.Exempt == nil {
		options.Exempt = []string{"/healthz", "/livez", "/readyz"}
	}
	for _, path := range options.Exempt {
		exempt[path] = true
	}
	priority := options.Priority
	if priority == nil {
		priority = func(*http.Request) Priority { return Normal }
	}
	if options.Patience <= 0 {
		options.Patience = time.Second
	}
	after := strconv.Itoa(int(max(options.RetryAfter.Round(time.Second), time.Second) / time.Second))
	refusal := refusal{
		text: []string{"text/plain; charset=utf-8"}, length: []string{strconv.Itoa(len(overloaded))}, after: []string{after},
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if exempt[r.URL.Path] {
			next.ServeHTTP(w, r)
			return
		}
		p := priority(r)
		if !options.late(r, p, c) && c.Admit(p) {
			next.ServeHTTP(w, r)
			return
		}
		if options.Rejected != nil {
			options.Rejected(r, p)
		}
		refusal.write(w)
	})
}

// late tells whether nobody waits for the request any more, and then counts it as turned away.
func (o *HTTP) late(r *http.Request, p Priority, c *Controller) bool {
	if o.Waited == nil || p >= Exempt || o.Waited(r) <= o.Patience {
		return false
	}
	c.count.add(rand.Uint64(), p.class(), true)
	return true
}

// overloaded is the whole answer to a request that is turned away.
const overloaded = "overloaded, try again later\n"

// refusal has the headers of that answer ready: it is given when time is short.
type refusal struct{ text, length, after []string }

func (r *refusal) write(w http.ResponseWriter) {
	h := w.Header()
	h["Content-Type"], h["Content-Length"], h["Retry-After"] = r.text, r.length, r.after
	w.WriteHeader(http.StatusServiceUnavailable)
	io.WriteString(w, overloaded)
}
