package shed

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

func TestWaited(t *testing.T) {
	now := time.UnixMilli(1_700_000_000_500)
	for _, test := range []struct {
		text string
		want time.Duration
	}{
		{"t=1700000000.250", 250 * time.Millisecond},
		{"1700000000.250", 250 * time.Millisecond},
		{"1700000000", 500 * time.Millisecond},
		{"1700000000250", 250 * time.Millisecond},
		{"t=1700000000250000", 250 * time.Millisecond},
		{"1700000001", 0}, // in the future
		{"1", time.Hour},  // since 1970: as much as it gets
		{"", 0},
		{"t=", 0},
		{"yesterday", 0},
		{"-1700000000", 0},
		{"NaN", 0},
		{"Inf", 0},
		{"1700000000250000000", 0}, // nanoseconds are not a format
	} {
		if got := waited(test.text, now).Round(10 * time.Microsecond); got != test.want {
			t.Errorf("%q was %v ago, want %v", test.text, got, test.want)
		}
	}
}

func TestWhatHasWaitedTooLongIsTurnedAway(t *testing.T) {
	c, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	age := time.Duration(0)
	h := c.Middleware(HTTP{
		Waited:   func(*http.Request) time.Duration { return age },
		Patience: 2 * time.Second,
		Priority: func(r *http.Request) Priority {
			if r.URL.Path == "/metrics" {
				return Exempt
			}
			return Critical
		},
	}, http.NotFoundHandler())
	for _, test := range []struct {
		age  time.Duration
		path string
		code int
	}{{0, "/", 404}, {2 * time.Second, "/", 404}, {2*time.Second + 1, "/", 503}, {time.Minute, "/metrics", 404}, {time.Minute, "/healthz", 404}} {
		age = test.age
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", test.path, nil))
		if w.Code != test.code {
			t.Errorf("%s after %v: %d, want %d", test.path, test.age, w.Code, test.code)
		}
	}
	if critical := c.Stats().Priority[Critical.class()]; critical.Rejected != 1 || critical.Admitted != 2 {
		t.Errorf("Stats says %+v", critical)
	}
}

func TestWaitedSince(t *testing.T) {
	r := httptest.NewRequest("GET", "/", nil)
	if got := WaitedSince("X-Request-Start")(r); got != 0 {
		t.Errorf("without the header: %v", got)
	}
	r.Header.Set("X-Request-Start", "t=1000000000")
	if got := WaitedSince("X-Request-Start")(r); got != time.Hour {
		t.Errorf("with a header of long ago: %v", got)
	}
}
