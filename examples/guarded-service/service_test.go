package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// newExchange starts a service for rates; its handler runs one request at a time.
func newExchange(t *testing.T, handler http.HandlerFunc) (url string) {
	t.Helper()
	var mu sync.Mutex
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		handler(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestBatchChecksWhatItIsAskedFor(t *testing.T) {
	ran := make(chan struct{}, 64)
	s := &service{ctx: context.Background(), run: func(context.Context, func(context.Context) error) error { ran <- struct{}{}; return nil }}
	for query, want := range map[string]int{
		"count=2&seconds=1": 202, "count=0&seconds=1": 400, "count=65&seconds=1": 400, "count=x&seconds=1": 400,
		"count=1&seconds=NaN": 400, "count=1&seconds=-1": 400, "count=1&seconds=61": 400, "seconds=1": 400,
	} {
		w := httptest.NewRecorder()
		s.mux().ServeHTTP(w, httptest.NewRequest("POST", "/batch?"+query, nil))
		if w.Code != want {
			t.Errorf("%s is answered by %d, want %d", query, w.Code, want)
		}
	}
	for range 2 {
		<-ran
	}
}

func TestTheLastRateStands(t *testing.T) {
	answers := []string{"2.5\n", "nonsense", "0.5\n"}
	r := newRates(newExchange(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Write([]byte(answers[0]))
		answers = answers[1:]
	}), nil)
	for i, want := range []float64{2.5, 2.5, 0.5} {
		if got := r.now(context.Background()); got != want {
			t.Errorf("rate %d is %v, want %v", i, got, want)
		}
	}
	if got := newRates("", nil).now(context.Background()); got != 1 {
		t.Errorf("without a service the rate is %v", got)
	}
}

func TestTally(t *testing.T) {
	result := tally{length: 2 * time.Second}
	for _, took := range []time.Duration{30, 10, 20, 200} {
		result.add(200, took*time.Millisecond)
	}
	result.add(503, time.Millisecond)
	result.add(0, time.Millisecond)
	result.add(500, time.Millisecond)
	if result.good != 3 || result.refused != 1 || result.failed != 2 || result.perSecond(result.good) != 1.5 {
		t.Errorf("the tally is %+v", result)
	}
	if got := result.quantile(0.5); got != 20*time.Millisecond {
		t.Errorf("the median is %v", got)
	}
}
