package stage

import (
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// simulated starts a rollout with a clock of its own and notes its events.
func simulated(t *testing.T, stages ...Stage) (r *Rollout, clock *time.Time, events *[]string) {
	t.Helper()
	clock, events = new(time.Time), new([]string)
	*clock = time.Unix(1000, 0)
	r, err := Start(stages, func(e Event) {
		*events = append(*events, fmt.Sprintf("%s %v, before %s with %+v", e.Stage.Name, e.Phase, e.Before.Stage.Name, e.Before.Seen))
	})
	if err != nil {
		t.Fatal(err)
	}
	r.now = func() time.Time { return *clock }
	r.status.Since = *clock
	return r, clock, events
}

func few() Stage { return Stage{Name: "few", Share: 0.1, Requests: 100, Errors: 0.02} }
func all() Stage { return Stage{Name: "all", Share: 1, Requests: 10, Errors: 0.02} }

func TestTheShareIsServed(t *testing.T) {
	for _, share := range []float64{0.001, 0.01, 0.25, 0.5, 0.999, 1} {
		r, _, _ := simulated(t, Stage{Name: "one", Share: share, Requests: 1})
		chosen := 0
		const keys = 100_000
		for i := range keys {
			if r.Choose(fmt.Sprintf("customer-%d", i)) {
				chosen++
			}
		}
		want, off := share*keys, 5*math.Sqrt(share*(1-share)*keys)
		if math.Abs(float64(chosen)-want) > off {
			t.Errorf("with a share of %v, %d of %d keys were chosen, want %.0f within %.0f", share, chosen, keys, want, off)
		}
	}
}

func TestAKeyStaysWithTheCanary(t *testing.T) {
	r, _, _ := simulated(t, few(), all())
	var chosen []string
	for i := range 1000 {
		if key := fmt.Sprint(i); r.Choose(key) {
			chosen = append(chosen, key)
		}
	}
	for range 100 {
		r.Done(false, 0)
	}
	if r.Status().Stage.Name != "all" {
		t.Fatalf("the rollout is at %+v", r.Status())
	}
	for _, key := range chosen {
		if !r.Choose(key) {
			t.Errorf("key %q left the canary for a greater share", key)
		}
	}
}

func TestStagesFollowEachOther(t *testing.T) {
	first := few()
	first.Observe = time.Minute
	r, clock, events := simulated(t, first, all())
	for range 150 {
		r.Done(false, time.Hour) // latency does not matter without a limit
	}
	if len(*events) != 0 {
		t.Errorf("before its time: %q", *events)
	}
	*clock = clock.Add(time.Minute)
	for range 11 {
		r.Done(false, 0)
	}
	want := "all watching, before few with {Requests:151 Failed:0 Slow:0}; all complete, before all with {Requests:10 Failed:0 Slow:0}"
	if got := strings.Join(*events, "; "); got != want {
		t.Errorf("the events are %s\nwant %s", got, want)
	}
	if !r.Choose("anybody") {
		t.Error("the canary does not serve all when complete")
	}
	for range 100 {
		r.Done(true, 0)
	}
	if got := r.Status().Phase; got != Complete {
		t.Errorf("the rollout is %v after it was complete", got)
	}
	r.Rollback("the operator said so")
	if got := r.Status(); got.Phase != RolledBack || got.Cause != "the operator said so" || r.Choose("anybody") {
		t.Errorf("after Rollback: %+v", got)
	}
}

func TestErrorsRollBackAtOnce(t *testing.T) {
	r, _, events := simulated(t, few(), all())
	for range 2 {
		r.Done(true, 0)
	}
	if got := r.Status().Phase; got != Watching {
		t.Fatalf("%v within the budget: 2 of 100", got)
	}
	r.Done(true, 0)
	status := r.Status()
	if status.Phase != RolledBack || status.Cause != "3 of 3 requests failed; the budget is 0.02 of 100" {
		t.Errorf("after the third error: %+v", status)
	}
	for i := range 1000 {
		if r.Choose(fmt.Sprint(i)) {
			t.Fatal("the canary serves after it was rolled back")
		}
	}
	r.Done(true, 0)
	r.Rollback("again")
	if len(*events) != 1 || r.Status().Cause != status.Cause {
		t.Errorf("the events are %q", *events)
	}
}

func TestTheBudgetGrowsWithRequests(t *testing.T) {
	long := few()
	long.Observe = time.Hour
	r, _, _ := simulated(t, long)
	for i := 1; i <= 1000; i++ {
		r.Done(i%50 == 0, 0) // two in a hundred, as the budget is
	}
	if got := r.Status(); got.Phase != Watching || got.Seen.Failed != 20 {
		t.Fatalf("within the budget: %+v", got)
	}
	r.Done(true, 0)
	if got := r.Status().Phase; got != RolledBack {
		t.Errorf("%v with 21 errors in 1001 requests", got)
	}
}

func TestSlownessRollsBack(t *testing.T) {
	s := few()
	s.Latency, s.Slow = 80*time.Millisecond, 0.01
	r, _, _ := simulated(t, s)
	for range 50 {
		r.Done(false, 80*time.Millisecond)
	}
	r.Done(false, 81*time.Millisecond)
	if got := r.Status().Phase; got != Watching {
		t.Fatalf("%v with one slow request of 100", got)
	}
	r.Done(false, time.Second)
	if got := r.Status(); got.Phase != RolledBack || got.Cause != "2 of 52 requests took longer than 80ms; the budget is 0.01 of 100" {
		t.Errorf("with two: %+v", got)
	}
}

func TestStartRefusesWhatCannotBe(t *testing.T) {
	for _, test := range []struct {
		stages []Stage
		want   string
	}{
		{nil, "there are no stages"},
		{[]Stage{few(), few()}, `stage 2, "few": share is 0.1, and must be more than in the stage before, 0.1`},
		{[]Stage{few(), {Name: "few", Share: 1, Requests: 1}}, `stage 2: there is another "few"`},
		{[]Stage{{Name: "x", Share: math.NaN(), Requests: 1}}, `stage 1, "x": share is NaN`},
		{[]Stage{{Name: "x", Share: 0.5}}, `stage 1, "x": requests is 0`},
	} {
		if r, err := Start(test.stages, nil); err == nil || r != nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("Start gave %v, %v; want an error with %q", r, err, test.want)
		}
	}
}

func TestRouter(t *testing.T) {
	ask := func(router *Router, path string) string {
		w := httptest.NewRecorder()
		func() {
			defer func() {
				if value := recover(); value != nil {
					fmt.Fprint(w, "panic ", value)
				}
			}()
			router.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		}()
		return w.Body.String()
	}
	variant := func(name string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case "/fail":
				w.WriteHeader(http.StatusEarlyHints)
				w.WriteHeader(http.StatusBadGateway)
			case "/panic":
				panic("oh")
			case "/missing":
				http.NotFound(w, r)
			}
			w.(http.Flusher).Flush()
			fmt.Fprint(w, name)
		})
	}
	for _, test := range []struct {
		path   string
		failed int
	}{{"/", 0}, {"/missing", 0}, {"/fail", 1}, {"/panic", 1}} {
		r, _, _ := simulated(t, Stage{Name: "half", Share: 0.5, Requests: 1000, Errors: 0.5})
		router := &Router{Rollout: r, Stable: variant("stable"), Canary: variant("canary"), Key: func(r *http.Request) string { return r.URL.RawQuery }}
		chosen := 0
		for i := range 20 {
			query := fmt.Sprint(i)
			want := "stable"
			if r.Choose(query) {
				want = "canary"
				chosen++
			}
			if test.path == "/panic" {
				want = "panic oh"
			}
			if got := ask(router, test.path+"?"+query); !strings.HasSuffix(got, want) {
				t.Errorf("%s?%s was answered by %q, want %q", test.path, query, got, want)
			}
		}
		if got := r.Status().Seen; got.Requests != chosen || got.Failed != test.failed*chosen {
			t.Errorf("%s: %+v was seen of %d requests", test.path, got, chosen)
		}
	}
}

func TestTheRouterAsksWhatIsAnError(t *testing.T) {
	var statuses []int
	r, _, _ := simulated(t, Stage{Name: "all", Share: 1, Requests: 100, Errors: 1})
	router := &Router{
		Rollout: r,
		Canary: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/busy" {
				w.Header().Set("Retry-After", "1")
				w.WriteHeader(http.StatusServiceUnavailable)
			}
			fmt.Fprint(w, "done")
		}),
		Failed: func(status int, header http.Header) bool {
			statuses = append(statuses, status)
			return header.Get("Retry-After") == ""
		},
	}
	for _, path := range []string{"/", "/busy"} {
		router.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", path, nil))
	}
	if seen := r.Status().Seen; seen.Requests != 2 || seen.Failed != 1 || fmt.Sprint(statuses) != "[200 503]" {
		t.Errorf("Failed was asked about %v, and %+v was seen", statuses, seen)
	}
}

func TestTheRouterFollowsAddresses(t *testing.T) {
	r, _, _ := simulated(t, Stage{Name: "half", Share: 0.5, Requests: 1000, Errors: 1})
	router := &Router{Rollout: r, Stable: http.NotFoundHandler(), Canary: http.NotFoundHandler()}
	for _, test := range []struct{ address, key string }{{"192.0.2.7:4711", "192.0.2.7"}, {"[2001:db8::7]:80", "2001:db8::7"}, {"@", "@"}} {
		if got := router.key(&http.Request{RemoteAddr: test.address}); got != test.key {
			t.Errorf("the key of %q is %q, want %q", test.address, got, test.key)
		}
	}
}

// Many requests at once change the stage once each.
func TestConcurrentRequests(t *testing.T) {
	var mu sync.Mutex
	events := 0
	r, err := Start([]Stage{few(), all()}, func(Event) { mu.Lock(); events++; mu.Unlock() })
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for range 8 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for i := range 200 {
				r.Choose(fmt.Sprint(i))
				r.Done(false, 0)
				r.Status()
			}
		}()
	}
	wait.Wait()
	if got := r.Status().Phase; got != Complete || events != 2 {
		t.Errorf("the rollout is %v after %d events", got, events)
	}
}
