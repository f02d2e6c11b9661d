package defence

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/sense"
	"github.com/mote-go/mote/guard/shed"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/health"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// each runs a test with every defence.
func each(t *testing.T, f func(t *testing.T, d Defence)) {
	for _, name := range Names() {
		t.Run(name, func(t *testing.T) {
			d, err := New(name, nil)
			if err != nil {
				t.Fatal(err)
			}
			f(t, d)
			if err := d.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestARequestPassesWhenNothingIsWrong(t *testing.T) {
	each(t, func(t *testing.T, d Defence) {
		h := d.HTTP(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("ok")) }))
		for i := 0; i < 20; i++ {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
			if w.Code != http.StatusOK || w.Body.String() != "ok" {
				t.Fatalf("request %d: %d %q", i, w.Code, w.Body)
			}
		}
	})
}

func TestACallPassesWhenNothingIsWrong(t *testing.T) {
	each(t, func(t *testing.T, d Defence) {
		client := serve(t, d)
		for i := 0; i < 20; i++ {
			if _, err := client.Check(context.Background(), &grpc_health_v1.HealthCheckRequest{}); err != nil {
				t.Fatalf("call %d: %v", i, err)
			}
		}
		if _, err := client.Check(context.Background(), &grpc_health_v1.HealthCheckRequest{Service: "unknown"}); status.Code(err) != codes.NotFound {
			t.Errorf("a handler's error becomes %v", err)
		}
	})
}

// serve starts a gRPC server behind the defence and returns a client.
func serve(t *testing.T, d Defence) grpc_health_v1.HealthClient {
	t.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := grpc.NewServer(d.GRPC()...)
	grpc_health_v1.RegisterHealthServer(s, health.NewServer())
	go s.Serve(l)
	t.Cleanup(s.Stop)
	conn, err := grpc.NewClient(l.Addr().String(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return grpc_health_v1.NewHealthClient(conn)
}

// late is a header value of a request that has waited for a second.
func late() string {
	return "t=" + strconv.FormatInt(time.Now().Add(-time.Second).UnixMicro(), 10)
}

func TestTheBreakerOpensAfterSixLateAnswers(t *testing.T) {
	d, err := newBreaker(time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	h := d.HTTP(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	var got []string
	for i := 0; i < 8; i++ {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set(startHeader, late())
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		got = append(got, strconv.Itoa(w.Code))
	}
	if s := strings.Join(got, " "); s != "200 200 200 200 200 200 503 503" {
		t.Errorf("answers %s", s)
	}
}

func TestTheBreakerOpensForCalls(t *testing.T) {
	d, err := newBreaker(time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	client := serve(t, d)
	for i := 0; i < 8; i++ {
		ctx := metadata.AppendToOutgoingContext(context.Background(), startHeader, late())
		want := codes.OK
		if i >= 6 {
			want = codes.Unavailable
		}
		if _, err := client.Check(ctx, &grpc_health_v1.HealthCheckRequest{}); status.Code(err) != want {
			t.Errorf("call %d: %v, want %v", i, err, want)
		}
	}
}

// The limiter has 20 places at first and no queue: the request after those is refused.
func TestFailsafeRefusesWhatIsOverItsLimit(t *testing.T) {
	d, err := newFailsafe()
	if err != nil {
		t.Fatal(err)
	}
	began, end := make(chan struct{}), make(chan struct{})
	h := d.HTTP(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { began <- struct{}{}; <-end }))
	for i := 0; i < 20; i++ {
		go h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil))
		<-began
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	if w.Code != http.StatusTooManyRequests {
		t.Errorf("status %d", w.Code)
	}
	close(end)
}

func TestSince(t *testing.T) {
	if got := since(late()); got < time.Second || got > time.Minute {
		t.Errorf("a second ago is %v", got)
	}
	for _, bad := range []string{"", "t=", "yesterday"} {
		if got := since(bad); got != 0 {
			t.Errorf("%q is %v ago", bad, got)
		}
	}
}

func TestUnknownDefence(t *testing.T) {
	if _, err := New("moat", nil); err == nil || !strings.HasPrefix(err.Error(), `unknown defence "moat" (there are none, `) {
		t.Errorf("error %v", err)
	}
}

// The shedder turns requests away when the other queue is long, though goroutines wait for no processor, and stops when it is short again.
func TestGuardShedsForAnotherQueue(t *testing.T) {
	c, err := shed.New(shed.Config{})
	if err != nil {
		t.Fatal(err)
	}
	var wait time.Duration
	q := queued{c, func() time.Duration { return wait }}
	at := time.Now()
	observe := func(n int) {
		for i := 0; i < n; i++ {
			at = at.Add(5 * time.Millisecond)
			for k := 0; k < 10; k++ {
				c.Admit(shed.Normal)
			}
			q.Observe(sense.Sample{At: at, Interval: 5 * time.Millisecond, Runnable: 0}, classify.Verdict{})
		}
	}
	observe(20)
	if got := c.Stats().Share; got != 0 {
		t.Fatalf("sheds %v of nothing", got)
	}
	wait = 200 * time.Millisecond
	observe(40)
	if got := c.Stats().Share; got < 0.5 {
		t.Errorf("sheds %v while requests wait for 200 ms", got)
	}
	wait = 0
	observe(2000)
	if got := c.Stats().Share; got > 0.01 {
		t.Errorf("sheds %v ten seconds later", got)
	}
}
