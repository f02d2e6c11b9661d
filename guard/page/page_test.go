package page

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	guard "github.com/mote-go/mote/guard"
	"github.com/mote-go/mote/guard/boost"
	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/record"
	"github.com/mote-go/mote/guard/sense"
	"github.com/mote-go/mote/guard/shed"
)

const ms = time.Millisecond

// still is a source that does not change.
type still struct {
	status guard.Status
	shed   *shed.Controller
}

func (s still) Status() guard.Status   { return s.status }
func (s still) Shed() *shed.Controller { return s.shed }

// feed gives a page samples of 50 ms each, with a delay of n ms in the nth.
func feed(p *Page, n int, v classify.Cause) {
	begin := time.UnixMilli(1e12)
	for i := 1; i <= n; i++ {
		p.Observe(sense.Sample{At: begin.Add(time.Duration(i) * 50 * ms), Interval: 50 * ms, Overshoot: time.Duration(i) * ms, Procs: 2, CPUs: 2, Busy: 1.5, Runnable: i, Poll: sense.Unknown},
			classify.Verdict{Cause: v, Delay: time.Duration(i) * ms})
	}
}

func mustNew(t *testing.T, c Config) *Page {
	t.Helper()
	p, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func get(t *testing.T, h http.Handler, path string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

func getData(t *testing.T, h http.Handler, since int) (d struct {
	First  uint64
	Points [][]any
	Causes []string
	Status status
}) {
	t.Helper()
	w := get(t, h, fmt.Sprint("/debug/guard/data?since=", since))
	if err := json.Unmarshal(w.Body.Bytes(), &d); err != nil {
		t.Fatalf("%v: %s", err, w.Body)
	}
	return d
}

func TestPointsHoldTheWorst(t *testing.T) {
	p := mustNew(t, Config{Step: 100 * ms})
	feed(p, 4, classify.Hogs)
	d := getData(t, p.handler(still{}), 0)
	if len(d.Points) != 2 {
		t.Fatalf("%d points, expected 2", len(d.Points))
	}
	got := fmt.Sprint(d.Points[1])
	if want := "[1.0000000002e+12 4 4 0 0 4 2 2 1.5 1 0 0 0 0]"; got != want {
		t.Errorf("second point %s, expected %s", got, want)
	}
	if d.Causes[1] != "hogs" {
		t.Errorf("cause 1 is %q", d.Causes[1])
	}
}

func TestUnknownIsNull(t *testing.T) {
	p := mustNew(t, Config{Step: 50 * ms})
	p.Observe(sense.Sample{At: time.UnixMilli(1e12), Interval: 50 * ms, Runnable: sense.Unknown, CPUs: math.NaN(), Busy: math.NaN(), MutexWait: sense.Unknown,
		Throttled: sense.Throttle{Time: sense.Unknown}}, classify.Verdict{})
	d := getData(t, p.handler(still{}), 0)
	if got, want := fmt.Sprint(d.Points), "[[1e+12 0 0 0 0 <nil> 0 <nil> <nil> 0 0 0 0 0]]"; got != want {
		t.Errorf("%s, expected %s", got, want)
	}
}

// A short starvation in a step is shown, though all was well for most of it.
func TestCauseOfAStep(t *testing.T) {
	h := newHistory(Config{Step: 100 * ms, Steps: 10})
	h.add(sense.Sample{Interval: 80 * ms}, classify.Verdict{})
	h.add(sense.Sample{Interval: 5 * ms}, classify.Verdict{Cause: classify.Throttled})
	h.add(sense.Sample{Interval: 15 * ms}, classify.Verdict{Cause: classify.Hogs})
	if got := h.points[0].cause; got != classify.Hogs {
		t.Errorf("%v", got)
	}
}

func TestHistoryIsBounded(t *testing.T) {
	p := mustNew(t, Config{Step: 50 * ms, Steps: 10})
	feed(p, 25, classify.Healthy)
	h := p.handler(still{})
	for since, want := range map[int][2]int{0: {15, 10}, 15: {15, 10}, 20: {20, 5}, 25: {25, 0}, 1000: {15, 10}} {
		if d := getData(t, h, since); int(d.First) != want[0] || len(d.Points) != want[1] {
			t.Errorf("since %d: %d points from %d, expected %d from %d", since, len(d.Points), d.First, want[1], want[0])
		}
	}
	s := sense.Sample{Interval: 60 * ms}
	if n := testing.AllocsPerRun(100, func() { p.Observe(s, classify.Verdict{}) }); n > 0 {
		t.Errorf("a sample allocates %v times", n)
	}
}

func TestRequestsAreCounted(t *testing.T) {
	c, err := shed.New(shed.Config{})
	if err != nil {
		t.Fatal(err)
	}
	p := mustNew(t, Config{Step: 50 * ms})
	h := p.handler(still{shed: c})
	feed(p, 1, classify.Healthy)
	for i := 0; i < 7; i++ {
		c.Admit(shed.Normal)
	}
	feed(p, 1, classify.Healthy)
	if d := getData(t, h, 1); fmt.Sprint(d.Points[0][10:12]) != "[140 0]" { // 7 in 50 ms
		t.Errorf("%v requests per second", d.Points[0][10:12])
	}
}

func TestTurnedAwayAreCounted(t *testing.T) {
	h := newHistory(Config{Step: 100 * ms, Steps: 10})
	for i := uint64(1); i <= 2; i++ {
		h.add(sense.Sample{Interval: 100 * ms}, classify.Verdict{})
		var s shed.Stats
		s.Priority[0].Rejected, s.Priority[1].Rejected, s.Priority[1].Admitted = 10*i, 5*i, i
		h.count(s)
	}
	if p := h.points[1]; h.points[0].rejected != 0 || p.rejected != 15 || p.admitted != 1 {
		t.Errorf("%+v, then %+v", h.points[0], p)
	}
}

func TestStatus(t *testing.T) {
	s := guard.Status{Verdict: classify.Verdict{Cause: classify.Throttled, Delay: 1500 * time.Microsecond, Evidence: "numbers"}, Boost: &boost.Stats{Boosts: 3}, Record: &record.Stats{Snapshots: 2, Last: record.Snapshot{Summary: "hog"}},
		Events: []guard.Event{{Before: classify.Healthy}, {Before: classify.Hogs, Now: classify.Verdict{Cause: classify.Throttled}}}}
	s.Totals[classify.Throttled] = guard.Total{Times: 2, Time: time.Second}
	d := getData(t, mustNew(t, Config{}).handler(still{status: s}), 0)
	v := d.Status
	if v.Cause != "throttled" || v.Delay != 1.5 || v.Evidence != "numbers" || len(v.Events) != 2 || v.Events[0].Before != "hogs" {
		t.Errorf("%+v", v)
	}
	if len(v.Totals) != 1 || v.Totals[0] != (total{"throttled", 2, 1000}) || fmt.Sprint(v.Actions["boost"]) != "map[barred:false boosts:3 procs:0 seconds:0]" ||
		fmt.Sprint(v.Actions["record"]) != "map[armed:false failures:0 last: snapshots:2 summary:hog]" {
		t.Errorf("%+v", v)
	}
}

func TestPageIsSelfContained(t *testing.T) {
	h := mustNew(t, Config{Title: `<b>"x"</b>`}).handler(still{})
	w := get(t, h, "/debug/guard/")
	html := w.Body.String()
	for _, bad := range []string{"<b>", "src=", "http://", "https://", "@import", "url("} {
		if strings.Contains(strings.ReplaceAll(html, "http://www.w3.org/2000/svg", ""), bad) {
			t.Errorf("the page contains %q", bad)
		}
	}
	policy := w.Header().Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'sha256-", "style-src 'sha256-", "connect-src 'self'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("policy %q lacks %q", policy, want)
		}
	}
	if strings.Contains(policy, "unsafe") {
		t.Errorf("policy %q", policy)
	}
}

func TestPaths(t *testing.T) {
	h := mustNew(t, Config{}).handler(still{})
	for path, want := range map[string]int{"/debug/guard/": 200, "/debug/guard/data": 200, "/debug/guard/data?since=x": 200, "/debug/guard/other": 404, "/": 200} {
		if w := get(t, h, path); w.Code != want {
			t.Errorf("%s: %d, expected %d", path, w.Code, want)
		}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/", nil))
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", w.Code)
	}
}

func TestBadConfig(t *testing.T) {
	for want, c := range map[string]Config{"Step is 1ms": {Step: ms}, "Steps is 3": {Steps: 3}, "Limit is -1s": {Limit: -time.Second}} {
		if _, err := New(c); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, expected one with %q", err, want)
		}
	}
}
