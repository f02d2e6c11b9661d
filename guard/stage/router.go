package stage

import (
	"net"
	"net/http"
	"time"
)

// Router serves each request by one of two handlers, as a rollout says.
type Router struct {
	Rollout        *Rollout
	Stable, Canary http.Handler
	// Key returns what chooses the variant. It should stay the same for one user. Nil: the client's address, without its port.
	Key func(*http.Request) string
	// Failed tells whether an answer of the canary counts as an error. Nil: when its status is 500 or more. What is set by package shed, for example, has
	// Retry-After, and may be what is wanted.
	Failed func(status int, header http.Header) bool
}

// ServeHTTP serves the request. One of the canary has failed when Failed says so, or its handler panics while the client is still there.
func (r *Router) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	if !r.Rollout.Choose(r.key(request)) {
		r.Stable.ServeHTTP(w, request)
		return
	}
	answer := &answer{ResponseWriter: w}
	begin, returned := time.Now(), false
	defer func() {
		gone := request.Context().Err() != nil // a handler may then end in any way
		r.Rollout.Done(!returned && !gone || r.failed(answer), time.Since(begin))
	}()
	r.Canary.ServeHTTP(answer, request)
	returned = true
}

func (r *Router) failed(a *answer) bool {
	if r.Failed != nil {
		return r.Failed(a.status, a.Header())
	}
	return a.status >= 500
}

func (r *Router) key(request *http.Request) string {
	if r.Key != nil {
		return r.Key(request)
	}
	host, _, err := net.SplitHostPort(request.RemoteAddr)
	if err != nil {
		return request.RemoteAddr
	}
	return host
}

// answer notes the status. What else the writer can do is reached through http.ResponseController.
type answer struct {
	http.ResponseWriter
	status int
}

func (a *answer) WriteHeader(status int) {
	if a.status == 0 && status >= 200 { // not an interim answer
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(b []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	return a.ResponseWriter.Write(b)
}

// Flush sends what there is, for handlers that look for http.Flusher.
func (a *answer) Flush() { http.NewResponseController(a.ResponseWriter).Flush() }

// Unwrap is for http.ResponseController.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
