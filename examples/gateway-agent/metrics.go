package main

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"time"
)

// metrics counts requests by status and tells of the runtime, in Prometheus' text format.
type metrics struct {
	start    time.Time
	mu       sync.Mutex
	requests map[int]int
}

func newMetrics() *metrics { return &metrics{start: time.Now(), requests: map[int]int{}} }

// count wraps a handler.
func (m *metrics) count(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		watched := &statusWriter{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(watched, r)
		m.mu.Lock()
		m.requests[watched.status]++
		m.mu.Unlock()
	})
}

// statusWriter remembers the status of an answer.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

func (m *metrics) write(w io.Writer) {
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	m.mu.Lock()
	defer m.mu.Unlock()
	fmt.Fprintln(w, "# TYPE agent_requests_total counter")
	for _, status := range slices.Sorted(maps.Keys(m.requests)) {
		fmt.Fprintf(w, "agent_requests_total{status=\"%d\"} %d\n", status, m.requests[status])
	}
	for _, g := range []struct {
		name  string
		value float64
	}{
		{"agent_uptime_seconds", time.Since(m.start).Seconds()}, {"agent_goroutines", float64(runtime.NumGoroutine())},
		{"agent_heap_bytes", float64(mem.HeapAlloc)}, {"agent_memory_from_system_bytes", float64(mem.Sys)},
	} {
		fmt.Fprintf(w, "# TYPE %s gauge\n%s %g\n", g.name, g.name, g.value)
	}
}
