package guard

import (
	"bytes"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mote-go/mote/guard/boost"
	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/record"
	"github.com/mote-go/mote/guard/sense"
	"github.com/mote-go/mote/guard/shed"
	"github.com/mote-go/mote/guard/watch"
)

// note is an action that writes down what happens to it.
type note struct {
	name  string
	log   *[]string
	close error
}

func (n note) Name() string { return n.name }
func (n note) Observe(_ sense.Sample, v classify.Verdict) {
	*n.log = append(*n.log, n.name+" "+v.Cause.String())
}
func (n note) Close() error { *n.log = append(*n.log, n.name+" closed"); return n.close }

// feed gives the pipeline a second of samples that show a run queue with that delay.
func feed(g *Guard, at *time.Time, delay time.Duration) {
	for i := 0; i < 200; i++ {
		*at = at.Add(5 * time.Millisecond)
		s := sense.Sample{At: *at, Interval: 5 * time.Millisecond, Due: 5 * time.Millisecond, CPUs: 2, Procs: 2, Busy: 2, Running: 2, Threads: 8, Overshoot: delay}
		if delay > 0 {
			s.Runnable = 100
			s.RunQueue = sense.Delay{Count: 100, P50: delay, P99: delay, Max: delay, Total: 100 * delay}
		}
		g.observe(s)
	}
}

func TestNewRefusesWhatCannotBe(t *testing.T) {
	for _, test := range []struct {
		name   string
		config Config
		want   string
	}{
		{"two limits", Config{Limit: time.Second, Classify: classify.Config{Limit: 2 * time.Second}}, "say one of them"},
		{"history", Config{History: -1}, "History is -1"},
		{"action", Config{Actions: []Action{nil}}, "Actions[0] is nil"},
		{"limit", Config{Limit: time.Microsecond}, "Limit is 1µs"},
		{"interval", Config{Sense: sense.Config{Interval: time.Hour}}, "Interval is 1h0m0s"},
		{"shed", Config{Shed: &shed.Config{MaxDrop: 2}}, "MaxDrop is 2"},
		{"boost", Config{Boost: &boost.Config{Factor: -1}}, "Factor is -1"},
		{"record", Config{Record: &record.Config{Dir: "/nowhere"}}, "/nowhere"},
		{"watch", Config{Boost: &boost.Config{}, Watch: &watch.Config{}}, "Early"},
	} {
		t.Run(test.name, func(t *testing.T) {
			g, err := New(test.config)
			if err == nil || g != nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("New gave %v, %v; want an error with %q", g, err, test.want)
			}
		})
	}
}

func TestActionsSeeEachSampleInOrderAndCloseInReverse(t *testing.T) {
	var log []string
	g, err := prepare(Config{Actions: []Action{note{name: "a", log: &log}, note{name: "b", log: &log, close: errors.New("b does not close")}}})
	if err != nil {
		t.Fatal(err)
	}
	g.observe(sense.Sample{At: time.Now(), Interval: 5 * time.Millisecond, Due: 5 * time.Millisecond, CPUs: 2, Procs: 2})
	if err := g.Close(); err == nil || !strings.Contains(err.Error(), "b does not close") {
		t.Errorf("Close gave %v", err)
	}
	if err := g.Close(); err != nil {
		t.Errorf("Close again gave %v", err)
	}
	if want := []string{"a healthy", "b healthy", "b closed", "a closed"}; !slices.Equal(log, want) {
		t.Errorf("actions saw %q, want %q", log, want)
	}
}

func TestStarvationIsAnnouncedAndKept(t *testing.T) {
	var text bytes.Buffer
	var causes []classify.Cause
	g, err := prepare(Config{
		Logger:    slog.New(slog.NewTextHandler(&text, nil)),
		OnVerdict: func(_, now classify.Verdict) { causes = append(causes, now.Cause) },
	})
	if err != nil {
		t.Fatal(err)
	}
	at := time.Now()
	feed(g, &at, 0)
	feed(g, &at, 80*time.Millisecond)
	feed(g, &at, 0)
	s := g.Status()
	if err := g.Close(); err != nil { // waits for what is announced
		t.Fatal(err)
	}
	if len(causes) < 2 || causes[0] == classify.Healthy || causes[len(causes)-1] != classify.Healthy {
		t.Fatalf("announced %v, want starvation and its end", causes)
	}
	if len(s.Events) != len(causes) {
		t.Errorf("%d events are kept of %d", len(s.Events), len(causes))
	}
	if e := s.Events[0]; e.Before != classify.Healthy || !e.Now.Starving() || e.Now.Delay < 80*time.Millisecond || e.Now.Evidence == "" {
		t.Errorf("the first event is %+v", e)
	}
	var times uint64
	var all time.Duration
	for cause, total := range s.Totals {
		all += total.Time
		if classify.Cause(cause) != classify.Healthy {
			times += total.Times
		}
	}
	if times == 0 || all != 3*time.Second {
		t.Errorf("totals are %+v: want 3s in all, and some starvation", s.Totals)
	}
	if out := text.String(); !strings.Contains(out, `msg="goroutines starve"`) || !strings.Contains(out, `msg="goroutines no longer starve"`) {
		t.Errorf("the log is\n%s", out)
	}
}

func TestABlockedLogDoesNotKeepTheSampler(t *testing.T) {
	block := make(chan struct{})
	g, err := prepare(Config{OnVerdict: func(_, _ classify.Verdict) { <-block }, Logger: slog.New(slog.NewTextHandler(&bytes.Buffer{}, nil))})
	if err != nil {
		t.Fatal(err)
	}
	at := time.Now()
	for i := 0; i < 50; i++ {
		feed(g, &at, 80*time.Millisecond)
		feed(g, &at, 0)
	}
	if s := g.Status(); s.Lost == 0 {
		t.Errorf("%d events were announced to nobody and none is lost", len(s.Events))
	} else if len(s.Events) != 64 {
		t.Errorf("%d events are kept, want the default, 64", len(s.Events))
	}
	close(block)
	if err := g.Close(); err != nil {
		t.Error(err)
	}
}

func TestHandlerShedsUnderDelay(t *testing.T) {
	g, err := prepare(Config{Shed: &shed.Config{}})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	served := 0
	h := g.Handler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { served++ }))
	ask := func() {
		for i := 0; i < 1000; i++ {
			h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
		}
	}
	at := time.Now()
	feed(g, &at, 0)
	ask()
	if served != 1000 {
		t.Errorf("%d of 1000 requests were served without any delay", served)
	}
	feed(g, &at, 200*time.Millisecond)
	served = 0
	ask()
	if served > 800 {
		t.Errorf("%d of 1000 requests were served at a delay of 200 ms", served)
	}
	if s := g.Status(); s.Shed == nil || s.Shed.Share == 0 {
		t.Errorf("the status of shedding is %+v", s.Shed)
	}
}

func TestWithoutSheddingTheHandlerIsTheService(t *testing.T) {
	g, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	served := false
	g.Handler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { served = true })).ServeHTTP(nil, nil)
	if !served || g.Shed() != nil {
		t.Errorf("served %v, shed %v", served, g.Shed())
	}
}

func TestTheRecorderIsArmedByWhatThePipelineSees(t *testing.T) {
	g, err := prepare(Config{Record: &record.Config{Dir: t.TempDir()}})
	if err != nil {
		t.Fatal(err)
	}
	at := time.Now()
	feed(g, &at, 80*time.Millisecond)
	for g.Status().Record.Arms == 0 { // its goroutine takes as long as it takes
		runtime.Gosched()
	}
	if err := g.Close(); err != nil {
		t.Error(err)
	}
}

func TestMain(m *testing.M) {
	early = watch.Early()
	os.Exit(m.Run())
}

var early watch.Token

func TestTheWatchdogLivesAsLongAsTheGuard(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("package watch is for Linux")
	}
	g, err := New(Config{Watch: &watch.Config{Early: early}})
	if err != nil {
		t.Fatal(err)
	}
	if s := g.Status(); s.Watch == nil || !s.Watch.Alive {
		t.Errorf("the status of the watchdog is %+v", s.Watch)
	}
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	if s := g.Status(); s.Watch.Alive {
		t.Error("the watchdog's child lives after Close")
	}
}
