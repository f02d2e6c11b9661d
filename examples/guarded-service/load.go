package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"
)

// tally is what came of a load.
type tally struct {
	length                time.Duration
	good, refused, failed int             // good: served within 100 ms; failed: anything but 200 and 503, or no answer in two seconds
	served                []time.Duration // from when the request was due
}

func (t *tally) perSecond(n int) float64 { return float64(n) / t.length.Seconds() }

// quantile of the times in which requests were served.
func (t *tally) quantile(share float64) time.Duration {
	if len(t.served) == 0 {
		return 0
	}
	slices.Sort(t.served)
	return t.served[int(share*float64(len(t.served)-1))].Round(100 * time.Microsecond)
}

// load asks for quotes at a fixed rate, each by another customer and whether or not others are answered, and counts from when each was due, so that a
// service which keeps its callers waiting does not get fewer.
func load(ctx context.Context, url string, rate float64, length time.Duration) tally {
	client := &http.Client{Timeout: 2 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 10_000}}
	defer client.CloseIdleConnections()
	result := tally{length: length}
	var mu sync.Mutex
	var all sync.WaitGroup
	begin := time.Now()
	for i := 0; ctx.Err() == nil; i++ {
		due := begin.Add(time.Duration(float64(i) / rate * float64(time.Second)))
		if due.Sub(begin) >= length {
			break
		}
		time.Sleep(time.Until(due))
		all.Add(1)
		go func() {
			defer all.Done()
			status := ask(client, fmt.Sprintf("%s/quote?customer=%d", url, i))
			took := time.Since(due)
			mu.Lock()
			defer mu.Unlock()
			result.add(status, took)
		}()
	}
	all.Wait()
	return result
}

// ask returns the status of the answer, or 0.
func ask(client *http.Client, url string) int {
	response, err := client.Get(url)
	if err != nil {
		return 0
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return 0
	}
	return response.StatusCode
}

func (t *tally) add(status int, took time.Duration) {
	switch status {
	case http.StatusOK:
		t.served = append(t.served, took)
		if took < 100*time.Millisecond {
			t.good++
		}
	case http.StatusServiceUnavailable:
		t.refused++
	default:
		t.failed++
	}
}
