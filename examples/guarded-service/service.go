package main

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"
)

// service is what the program is about. It knows nothing of guard.
type service struct {
	ctx   context.Context // ends with the service, and batches with it
	cost  int             // of a quote, in rounds of work
	rates *rates
	run   runner

	batches atomic.Int64 // that run now
	sum     atomic.Uint64
}

// runner runs a batch and returns when it has ended.
type runner func(context.Context, func(context.Context) error) error

// front is a service with what an entry point puts around it.
type front struct {
	handler http.Handler
	close   func() error
}

// mux serves the service: quotes, batches, a health check.
func (s *service) mux() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /quote", s.quote)
	mux.HandleFunc("POST /batch", s.batch)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "ok, %d batches\n", s.batches.Load())
	})
	return mux
}

// quote answers what an order costs, which takes some computing.
func (s *service) quote(w http.ResponseWriter, r *http.Request) {
	customer := r.FormValue("customer")
	if customer == "" {
		http.Error(w, "customer is missing", http.StatusBadRequest)
		return
	}
	price := 100 + s.work(s.cost)%900
	fmt.Fprintf(w, "%s: %.2f\n", customer, float64(price)*s.rates.now(r.Context()))
}

// batch starts statistics in the background, count of them, that compute for that many seconds each.
func (s *service) batch(w http.ResponseWriter, r *http.Request) {
	count, err := strconv.Atoi(r.FormValue("count"))
	seconds, err2 := strconv.ParseFloat(r.FormValue("seconds"), 64)
	if err != nil || err2 != nil || count < 1 || count > 64 || !(seconds > 0 && seconds <= 60) {
		http.Error(w, "want count=1 to 64 and seconds up to 60", http.StatusBadRequest)
		return
	}
	s.batches.Add(int64(count))
	for range count {
		go func() {
			defer s.batches.Add(-1)
			err := s.run(s.ctx, func(ctx context.Context) error {
				for end := time.Now().Add(time.Duration(seconds * float64(time.Second))); time.Now().Before(end) && ctx.Err() == nil; {
					s.work(100_000)
				}
				return ctx.Err()
			})
			if err != nil {
				log.Printf("batch: %v", err)
			}
		}()
	}
	w.WriteHeader(http.StatusAccepted)
}

// work computes for that many rounds.
func (s *service) work(rounds int) uint64 {
	x := uint64(rounds)
	for range rounds {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
	}
	s.sum.Store(x) // so that it is not left out
	return x
}
