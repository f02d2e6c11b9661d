//go:build linux

package load

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// Against a real server, only what does not depend on the machine's speed: each request is made, stamped, and has a class.
func TestHTTPAgainstARealServer(t *testing.T) {
	var n, stamped atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if v := r.Header.Get("X-Request-Start"); strings.HasPrefix(v, "t=") && len(v) == 18 && r.URL.Path == "/work" {
			stamped.Add(1)
		}
		switch n.Add(1) % 4 {
		case 0:
			http.Error(w, "busy", http.StatusServiceUnavailable)
		case 1:
			http.Error(w, "broken", http.StatusInternalServerError)
		case 2:
			panic(http.ErrAbortHandler) // closes the connection, which is replaced
		}
	}))
	defer server.Close()
	spec := Spec{Rate: 400, Duration: 500 * ms, Limit: 10 * time.Second, Patience: 10 * time.Second}
	report, err := HTTP(context.Background(), spec, server.Listener.Addr().String(), "/work", 20)
	if err != nil {
		t.Fatal(err)
	}
	if report.Classes.Total() != 200 || n.Load() < 190 || stamped.Load() != n.Load() {
		t.Errorf("classes %v; the server saw %d requests, %d of them with their time", report.Classes, n.Load(), stamped.Load())
	}
	if c := report.Classes; c[Good] < 40 || c[Shed] < 40 || c[Failed] < 90 {
		t.Errorf("classes %v, want 50, 0, 50 and 100, or little less", c)
	}
}

func TestHTTPErrors(t *testing.T) {
	spec := Spec{Rate: 400, Duration: time.Second, Limit: 100 * ms, Patience: time.Second}
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close() // so that nobody listens there
	if _, err := HTTP(context.Background(), spec, l.Addr().String(), "/", 2); err == nil || !strings.Contains(err.Error(), "connection 1 of 2") {
		t.Errorf("nobody listens: %v", err)
	}
	if _, err := HTTP(context.Background(), spec, "here", "/", 2); err == nil {
		t.Error("an address without a port is accepted")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	if _, err := HTTP(ctx, spec, server.Listener.Addr().String(), "/", 2); err != context.Canceled {
		t.Errorf("after cancelling: %v", err)
	}
}
