package shed

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// full returns a controller that turns everything away that may be.
func full(t *testing.T) *Controller {
	t.Helper()
	c, err := New(Config{MaxDrop: 1, Age: func() time.Duration { return time.Hour }})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestHandlerAnswersForTheService(t *testing.T) {
	h := full(t).Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "served") }))
	server := httptest.NewServer(h)
	defer server.Close()
	for range 3 {
		response, err := http.Get(server.URL + "/things")
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if response.StatusCode != http.StatusServiceUnavailable || response.Header.Get("Retry-After") != "1" || string(body) != overloaded {
			t.Errorf("got %s, %v, %q", response.Status, response.Header, body)
		}
	}
}

func TestHealthChecksAreServed(t *testing.T) {
	c := full(t)
	served := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "served") })
	for _, test := range []struct {
		handler http.Handler
		path    string
		code    int
	}{
		{c.Handler(served), "/healthz", 200},
		{c.Handler(served), "/readyz", 200},
		{c.Handler(served), "/healthz/deep", 503},
		{c.Middleware(HTTP{Exempt: []string{"/alive"}}, served), "/alive", 200},
		{c.Middleware(HTTP{Exempt: []string{"/alive"}}, served), "/healthz", 503},
		{c.Middleware(HTTP{Priority: func(*http.Request) Priority { return Exempt }}, served), "/things", 200},
		{c.Middleware(HTTP{Priority: func(*http.Request) Priority { return Background }}, served), "/livez", 200},
	} {
		w := httptest.NewRecorder()
		test.handler.ServeHTTP(w, httptest.NewRequest("GET", test.path, nil))
		if w.Code != test.code {
			t.Errorf("%s: %d, want %d", test.path, w.Code, test.code)
		}
	}
}

func TestMiddlewareAsksForThePriority(t *testing.T) {
	c, err := New(Config{Age: func() time.Duration { return 190 * time.Millisecond }}) // sheds nearly all below Normal, and nothing Critical
	if err != nil {
		t.Fatal(err)
	}
	var rejected []Priority
	h := c.Middleware(HTTP{
		Priority: func(r *http.Request) Priority {
			if r.Header.Get("Who") == "robot" {
				return Background
			}
			return Critical
		},
		RetryAfter: 90 * time.Second,
		Rejected:   func(r *http.Request, p Priority) { rejected = append(rejected, p) },
	}, http.NotFoundHandler())
	ask := func(who string) *httptest.ResponseRecorder {
		w, r := httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Who", who)
		h.ServeHTTP(w, r)
		return w
	}
	for range 200 {
		if code := ask("person").Code; code != http.StatusNotFound {
			t.Fatalf("a critical request was answered with %d", code)
		}
		if w := ask("robot"); w.Code == http.StatusServiceUnavailable && w.Header().Get("Retry-After") != "90" {
			t.Fatalf("Retry-After is %q", w.Header().Get("Retry-After"))
		}
	}
	if len(rejected) < 100 {
		t.Errorf("Rejected was called %d times for 200 background requests", len(rejected))
	}
	for _, p := range rejected {
		if p != Background {
			t.Errorf("Rejected was called with %v", p)
		}
	}
}

func TestAdmitAllocatesNothing(t *testing.T) {
	c := full(t)
	h := c.Handler(http.NotFoundHandler())
	r := httptest.NewRequest("GET", "/", nil)
	w := discard{http.Header{}}
	if n := testing.AllocsPerRun(1000, func() { c.Admit(Normal) }); n != 0 {
		t.Errorf("Admit allocates %v times", n)
	}
	if n := testing.AllocsPerRun(1000, func() { h.ServeHTTP(w, r) }); n != 0 {
		t.Errorf("turning away allocates %v times", n)
	}
}

type discard struct{ header http.Header }

func (d discard) Header() http.Header               { return d.header }
func (d discard) WriteHeader(int)                   {}
func (d discard) Write(b []byte) (int, error)       { return len(b), nil }
func (d discard) WriteString(s string) (int, error) { return len(s), nil }
