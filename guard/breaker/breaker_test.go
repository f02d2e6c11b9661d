package breaker

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

var errDown = errors.New("down")

func newBreaker(t *testing.T, config Config) *Breaker {
	t.Helper()
	b, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// call makes a call that ends in err and tells whether it was made.
func call(b *Breaker, err error) (made bool) {
	b.Do(context.Background(), func(context.Context) error { made = true; return err })
	return made
}

// await waits until the breaker is half-open.
func await(b *Breaker) {
	for b.Stats().State == Open {
		time.Sleep(time.Millisecond)
	}
}

func TestOpensAfterFailuresInARow(t *testing.T) {
	b := newBreaker(t, Config{Name: "database", Failures: 3, Open: time.Hour})
	for i, err := range []error{errDown, errDown, nil, errDown, errDown} {
		if !call(b, err) || b.Stats().State != Closed {
			t.Fatalf("call %d: the breaker is %v before three failures in a row", i, b.Stats().State)
		}
	}
	if !call(b, errDown) || b.Stats().State != Open {
		t.Fatalf("the breaker is %v after three failures in a row", b.Stats().State)
	}
	err := b.Do(context.Background(), func(context.Context) error { t.Error("an open breaker lets a call through"); return nil })
	if !errors.Is(err, ErrOpen) || err.Error() != "database: circuit breaker is open" {
		t.Errorf("Do gave %v", err)
	}
	if got, want := b.Stats(), (Stats{Name: "database", State: Open, Calls: 6, Failed: 5, Refused: 1}); got != want {
		t.Errorf("Stats says %+v, want %+v", got, want)
	}
}

func TestTrialsDecide(t *testing.T) {
	var changes []string
	b := newBreaker(t, Config{Failures: 1, Open: time.Millisecond, Trials: 2, Changed: func(name string, from, to State) {
		changes = append(changes, fmt.Sprintf("%s %v to %v", name, from, to))
	}})
	call(b, errDown)
	await(b)
	call(b, nil)
	call(b, errDown)
	if got := b.Stats().State; got == Closed {
		t.Errorf("the breaker is %v after a trial failed", got)
	}
	await(b)
	call(b, nil)
	if got := b.Stats().State; got != HalfOpen {
		t.Errorf("the breaker is %v after one of two trials", got)
	}
	call(b, nil)
	if got := b.Stats().State; got != Closed {
		t.Errorf("the breaker is %v after both trials succeeded", got)
	}
	want := []string{"closed to open", "open to half-open", "half-open to open", "open to half-open", "half-open to closed"}
	for i := range want {
		want[i] = "dependency " + want[i]
	}
	if !slices.Equal(changes, want) {
		t.Errorf("the changes were %q, want %q", changes, want)
	}
}

func TestTrialsAreFew(t *testing.T) {
	b := newBreaker(t, Config{Failures: 1, Open: time.Millisecond, Trials: 2})
	call(b, errDown)
	await(b)
	var under []func(error)
	for range 2 {
		done, err := b.Allow()
		if err != nil {
			t.Fatalf("a trial: %v", err)
		}
		under = append(under, done)
	}
	if _, err := b.Allow(); !errors.Is(err, ErrOpen) {
		t.Errorf("a third trial beside two gave %v", err)
	}
	for _, done := range under {
		done(nil)
	}
	if got := b.Stats().State; got != Closed {
		t.Errorf("the breaker is %v after both trials", got)
	}
}

// What says nothing about the dependency neither opens nor closes, and gives its trial back.
func TestTheCallersErrorsDoNotCount(t *testing.T) {
	errUnknown := errors.New("no such customer")
	b := newBreaker(t, Config{Failures: 2, Open: time.Millisecond, Trials: 1, Ignore: func(err error) bool { return errors.Is(err, errUnknown) }})
	for range 10 {
		call(b, fmt.Errorf("asking: %w", context.Canceled))
		call(b, errUnknown)
	}
	if got := b.Stats(); got.State != Closed || got.Failed != 0 {
		t.Errorf("after calls that the caller spoiled: %+v", got)
	}
	call(b, context.DeadlineExceeded)
	call(b, context.Canceled)
	call(b, errDown)
	if got := b.Stats().State; got == Closed { // it may be half-open by now
		t.Errorf("the breaker is %v after a deadline and a failure", got)
	}
	await(b)
	for range 5 {
		if !call(b, context.Canceled) || b.Stats().State != HalfOpen {
			t.Fatalf("the breaker is %v after trials that were cancelled", b.Stats().State)
		}
	}
	if !call(b, nil) || b.Stats().State != Closed {
		t.Errorf("the breaker is %v after a trial that succeeded", b.Stats().State)
	}
}

func TestACallThatDoesNotReturnHasFailed(t *testing.T) {
	b := newBreaker(t, Config{Failures: 2, Open: time.Hour})
	func() {
		defer func() {
			if value := recover(); value != "oh" {
				t.Errorf("Do panicked with %v", value)
			}
		}()
		b.Do(context.Background(), func(context.Context) error { panic("oh") })
	}()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		b.Do(context.Background(), func(context.Context) error { runtime.Goexit(); return nil })
	}()
	<-ended
	if got := b.Stats(); got.State != Open || got.Failed != 2 {
		t.Errorf("after a panic and an exit: %+v", got)
	}
}

func TestTransport(t *testing.T) {
	var status, asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		w.WriteHeader(int(status.Load()))
	}))
	defer server.Close()
	for _, test := range []struct {
		status int
		opens  bool
	}{{200, false}, {404, false}, {429, false}, {501, false}, {500, true}, {502, true}, {503, true}, {504, true}} {
		status.Store(int32(test.status))
		asked.Store(0)
		b := newBreaker(t, Config{Failures: 2, Open: time.Hour})
		client := &http.Client{Transport: b.Transport(nil)}
		for i := range 3 {
			response, err := client.Get(server.URL)
			switch {
			case i == 2 && test.opens:
				if !errors.Is(err, ErrOpen) {
					t.Errorf("status %d: the third request gave %v, want ErrOpen", test.status, err)
				}
			case err != nil:
				t.Errorf("status %d: %v", test.status, err)
			case response.StatusCode != test.status:
				t.Errorf("got %s, want %d", response.Status, test.status)
			}
			if err == nil {
				response.Body.Close()
			}
		}
		if want := map[bool]int32{true: 2, false: 3}[test.opens]; asked.Load() != want {
			t.Errorf("status %d: the server was asked %d times, want %d", test.status, asked.Load(), want)
		}
	}
}

func TestTransportWithoutAServer(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	b := newBreaker(t, Config{Failures: 1, Open: time.Hour})
	client := &http.Client{Transport: b.Transport(nil)}
	if _, err := client.Get(server.URL); err == nil || errors.Is(err, ErrOpen) {
		t.Errorf("the first request gave %v", err)
	}
	body := &closing{Reader: strings.NewReader("order")}
	if _, err := client.Post(server.URL, "text/plain", body); !errors.Is(err, ErrOpen) || !body.closed {
		t.Errorf("the second request gave %v; its body was closed: %v", err, body.closed)
	}
}

func TestACancelledRequestDoesNotCount(t *testing.T) {
	asked := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(asked)
		<-r.Context().Done()
	}))
	defer server.Close()
	b := newBreaker(t, Config{Failures: 1, Open: time.Hour})
	ctx, cancel := context.WithCancel(context.Background())
	go func() { <-asked; cancel() }()
	r, err := http.NewRequestWithContext(ctx, "GET", server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := (&http.Client{Transport: b.Transport(nil)}).Do(r); !errors.Is(err, context.Canceled) {
		t.Errorf("the request gave %v", err)
	}
	if got := b.Stats(); got.State != Closed || got.Calls != 1 || got.Failed != 0 {
		t.Errorf("Stats says %+v", got)
	}
}

// closing notes that it was closed.
type closing struct {
	io.Reader
	closed bool
}

func (c *closing) Close() error { c.closed = true; return nil }

func TestNewRefusesWhatCannotBe(t *testing.T) {
	for _, test := range []struct {
		config Config
		want   string
	}{
		{Config{Failures: -1}, "Failures is -1"},
		{Config{Trials: -3}, "Trials is -3"},
		{Config{Open: -time.Second}, "Open is -1s"},
	} {
		if b, err := New(test.config); err == nil || b != nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("New gave %v, %v; want an error with %q", b, err, test.want)
		}
	}
}
