// Package browsertest opens the guard's page in headless Chromium. It is a module of its own so that who imports the guard does not get what drives
// the browser.
package browsertest

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/mote-go/mote/guard"
	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/page"
	"github.com/mote-go/mote/guard/sense"
	"github.com/mote-go/mote/guard/shed"
)

var screenshot = flag.String("screenshot", "", "write pictures of the page to files whose names begin with this")

// browser starts Chromium with a new profile, or skips.
func browser(t *testing.T) context.Context {
	t.Helper()
	exe, err := exec.LookPath("chromium")
	switch {
	case err == nil:
	case os.Getenv("MOTE_TOOLS") == "required":
		t.Fatal("chromium is not installed (Debian package chromium)")
	default:
		t.Skip("chromium is not installed (Debian package chromium)")
	}
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath(exe), chromedp.UserDataDir(t.TempDir()), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.NoFirstRun, chromedp.WindowSize(1280, 1100), chromedp.WSURLReadTimeout(2 * time.Minute)}
	for _, f := range []string{"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync", "disable-dev-shm-usage"} {
		options = append(options, chromedp.Flag(f, true))
	}
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// witness notes what the browser complains of and asks for.
type witness struct {
	mu         sync.Mutex
	complaints []string
	hosts      map[string]bool
}

func watch(t *testing.T, ctx context.Context) *witness {
	t.Helper()
	w := &witness{hosts: map[string]bool{}}
	err := chromedp.Listen(ctx, func(ev any) {
		w.mu.Lock()
		defer w.mu.Unlock()
		switch ev := ev.(type) {
		case *runtime.EventConsoleAPICalled:
			w.complaints = append(w.complaints, fmt.Sprint(ev.Type, ev.Args))
		case *runtime.EventExceptionThrown:
			w.complaints = append(w.complaints, ev.ExceptionDetails.Text)
		case *log.EventEntryAdded:
			w.complaints = append(w.complaints, ev.Entry.Text)
		case *network.EventRequestWillBeSent:
			if u, err := url.Parse(ev.Request.URL); err == nil && u.Scheme != "data" {
				w.hosts[u.Host] = true
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// service is a guard with a page whose history the test writes.
type service struct {
	*httptest.Server
	page *page.Page
	shed *shed.Controller
	at   time.Time
	n    int
}

func start(t *testing.T) *service {
	t.Helper()
	p, err := page.New(page.Config{Title: "checkout"})
	if err != nil {
		t.Fatal(err)
	}
	g, err := guard.New(guard.Config{Shed: &shed.Config{}})
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/debug/guard/", p.Handler(g))
	s := &service{Server: httptest.NewServer(mux), page: p, shed: g.Shed(), at: time.Now().Add(-50 * time.Second)}
	t.Cleanup(func() { s.Close(); g.Close() })
	return s
}

// pass lets steps of 250 ms pass in a story: well, a starvation of hogs between 30 and 60, throttling from 110 on for a short while.
func (s *service) pass(steps int) {
	for range steps {
		s.n++
		s.at = s.at.Add(250 * time.Millisecond)
		wave := math.Sin(float64(s.n)/5) + 1
		x := sense.Sample{At: s.at, Interval: 250 * time.Millisecond, Overshoot: time.Duration(wave * 4e5), Procs: 2, CPUs: 2, Busy: 1 + wave/4, Runnable: int(wave * 2),
			RunQueue: sense.Delay{Count: 1, P99: time.Duration(wave * 1e6)}}
		v := classify.Verdict{Delay: time.Duration(wave * 2e6), At: s.at}
		accepted := 100
		switch {
		case s.n >= 30 && s.n < 60:
			v.Cause, v.Delay = classify.Hogs, time.Duration(60+wave*20)*time.Millisecond
			x.RunQueue.P99, x.Overshoot, x.Runnable, x.Busy = v.Delay*9/10, 19*time.Millisecond, 30+int(wave*8), 1.99
			accepted = 60
		case s.n >= 110 && s.n < 120:
			v.Cause, v.Delay = classify.Throttled, 35*time.Millisecond
			x.Throttled = sense.Throttle{Periods: 2, Throttled: 1, Time: 30 * time.Millisecond}
		}
		for range accepted {
			s.shed.Admit(shed.Normal)
		}
		s.page.Observe(x, v)
	}
}

// shapes is what is drawn: how many points the lines of each chart have, and segments of the strip.
type shapes struct {
	Delay, Queue, CPU, Requests, Segments int
	Cause                                 string
}

const count = `(() => {
	const n = id => Math.max(0, ...[...document.querySelectorAll("#chart-" + id + " path.series")].map(p => p.getAttribute("d").split(/[ML]/).length - 1));
	return {Delay: n("delay"), Queue: n("queue"), CPU: n("cpu"), Requests: n("requests"), Segments: document.querySelectorAll("#chart-verdict rect").length,
		Cause: document.getElementById("cause").textContent};
})()`

func look(t *testing.T, ctx context.Context) shapes {
	t.Helper()
	return evaluate[shapes](t, ctx, count)
}

func evaluate[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// until waits for something that the page shows.
func until(t *testing.T, ctx context.Context, what, expression string) {
	t.Helper()
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](expression, chromedp.WithPollingTimeout(time.Minute))); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

func shoot(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	if *screenshot == "" {
		return
	}
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(*screenshot+name+".png", png, 0o666); err != nil {
		t.Fatal(err)
	}
}

func TestPage(t *testing.T) {
	ctx := browser(t)
	w := watch(t, ctx)
	s := start(t)
	s.pass(140)
	_, err1 := chromedp.Call(ctx, network.Enable, network.EnableParams{})
	_, err2 := chromedp.Call(ctx, log.Enable, cdp.Empty{})
	if err := errors.Join(err1, err2, chromedp.Do(ctx, chromedp.Navigate(s.URL+"/debug/guard/"))); err != nil {
		t.Fatal(err)
	}
	until(t, ctx, "nothing is drawn", `document.querySelectorAll("#chart-delay path.series").length >= 4`)
	first := look(t, ctx)
	for chart, n := range map[string]int{"delay": first.Delay, "queue": first.Queue, "cpu": first.CPU, "requests": first.Requests} {
		if n != 140 {
			t.Errorf("the chart %s has %d points, expected 140", chart, n)
		}
	}
	if first.Segments != 5 {
		t.Errorf("the strip has %d segments, expected well, hogs, well, throttled, well", first.Segments)
	}
	if first.Cause == "waiting for data" {
		t.Error("no verdict is shown")
	}
	shoot(t, ctx, "light")

	s.pass(20)
	until(t, ctx, "new points are not drawn", count+`.Delay === 160`)

	pauseAndRead(t, ctx, s)
	dark(t, ctx)
	narrow(t, ctx)

	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.complaints) > 0 {
		t.Errorf("the browser says: %s", strings.Join(w.complaints, "; "))
	}
	if host := strings.TrimPrefix(s.URL, "http://"); len(w.hosts) != 1 || !w.hosts[host] {
		t.Errorf("the page asked %v, expected only %s", w.hosts, host)
	}
}

// pauseAndRead does by keyboard what can be done by mouse.
func pauseAndRead(t *testing.T, ctx context.Context, s *service) {
	t.Helper()
	if err := chromedp.Do(ctx, chromedp.Focus("#chart-delay"), chromedp.KeyEvent(kb.End), chromedp.KeyEvent(kb.ArrowLeft)); err != nil {
		t.Fatal(err)
	}
	reader := evaluate[string](t, ctx, `document.getElementById("reader").textContent`)
	if !strings.Contains(reader, "healthy, delay ") || !strings.Contains(reader, "runnable") {
		t.Errorf("the cursor reads %q", reader)
	}
	s.pass(10)
	evaluate[bool](t, ctx, `new Promise(done => setTimeout(done, 1200)).then(() => true)`) // the page asks twice
	if n := look(t, ctx).Delay; n != 160 {
		t.Errorf("while paused the chart went on to %d points", n)
	}
	if err := chromedp.Do(ctx, chromedp.KeyEvent(kb.Escape)); err != nil {
		t.Fatal(err)
	}
	until(t, ctx, "Escape does not go on", count+`.Delay === 170`)
}

func dark(t *testing.T, ctx context.Context) {
	t.Helper()
	const color = `getComputedStyle(document.body).backgroundColor`
	light := evaluate[string](t, ctx, color)
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
		t.Fatal(err)
	}
	dark := evaluate[string](t, ctx, color)
	if light == dark {
		t.Errorf("the background is %s in both colour schemes", light)
	}
	shoot(t, ctx, "dark")
}

// narrow checks that nothing sticks out on a telephone.
func narrow(t *testing.T, ctx context.Context) {
	t.Helper()
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(390, 800)); err != nil {
		t.Fatal(err)
	}
	if wider := evaluate[float64](t, ctx, `document.documentElement.scrollWidth - innerWidth`); wider > 0 {
		t.Errorf("the page is %v pixels wider than a window of 390", wider)
	}
	shoot(t, ctx, "narrow")
}
