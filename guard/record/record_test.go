package record

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/trace"
	"strings"
	"testing"
	"time"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/sense"
)

const ms = time.Millisecond

func valid(t *testing.T, c Config) Config {
	t.Helper()
	c.Dir = t.TempDir()
	c.Logger = slog.New(slog.NewTextHandler(io.Discard, nil))
	c, err := c.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Each letter of looks is one sample, 100 ms after the one before: '.' well, '?' suspicious, '!' starving. The steps are told by letters, too.
func TestPlan(t *testing.T) {
	for name, c := range map[string]struct{ looks, want string }{
		"well":                         {"......", "______"},
		"suspicion passes":             {".?.......", "_A___RD__"},
		"suspicion stays":              {"?????????????????????", "A___R___R___R___R___D"},
		"starvation":                   {"..?!!!!!!!!!!", "__A__S_______"},
		"starvation that ends early":   {"?!.......", "A_S______"},
		"without suspicion before":     {"!!!!!", "A_S__"},
		"cool-down":                    {"!.!.!.!.!.!.!.", "AS__________AS"},
		"armed again after a calm":     {"?.....?", "A___RDA"},
		"no cool-down after suspicion": {"?.....!.", "A___RDAS"},
	} {
		p := plan{c: valid(t, Config{Window: 400 * ms, Collect: 200 * ms, Calm: 500 * ms, MaxArmed: 2 * time.Second, CoolDown: time.Second})}
		var got strings.Builder
		for i, l := range c.looks {
			at := time.Unix(0, 0).Add(time.Duration(i) * 100 * ms)
			got.WriteByte("_ADSR"[p.next(look{at: at, suspect: l != '.', starving: l == '!', cause: "hogs"})])
		}
		if got.String() != c.want {
			t.Errorf("%s: %s leads to %s, expected %s", name, c.looks, got.String(), c.want)
		}
	}
}

// fake is a tracer that writes down what is done with it.
type fake struct {
	log       bytes.Buffer
	startErr  error
	writeErr  error
	content   string
	snapshots int
}

func (f *fake) start() error { f.log.WriteString("start "); return f.startErr }
func (f *fake) renew() error { f.log.WriteString("renew "); return nil }
func (f *fake) stop()        { f.log.WriteString("stop ") }
func (f *fake) snapshot(w io.Writer) error {
	f.log.WriteString("snapshot ")
	io.WriteString(w, f.content)
	return f.writeErr
}

// observer feeds a recorder, whose goroutine does not run yet, with samples one second apart.
type observer struct {
	r  *Recorder
	at time.Time
}

func (o *observer) end(t *testing.T) {
	t.Helper()
	go o.r.run()
	if err := o.r.Close(); err != nil {
		t.Error(err)
	}
}

func (o *observer) see(v classify.Verdict) {
	o.at = o.at.Add(time.Second)
	o.r.Observe(sense.Sample{At: o.at}, v)
	for len(o.r.looks) > 0 {
		l := <-o.r.looks
		o.r.do(o.r.plan.next(l), l.at)
	}
}

func starving() classify.Verdict {
	return classify.Verdict{Cause: classify.LockConvoy, Delay: time.Second}
}

func TestSnapshotFiles(t *testing.T) {
	var seen []Snapshot
	c := valid(t, Config{MaxFiles: 2, CoolDown: ms, Notice: func(s Snapshot) { seen = append(seen, s) }, Analyze: func(in io.Reader, text io.Writer) (string, error) {
		b, err := io.ReadAll(in)
		fmt.Fprintf(text, "%d bytes", len(b))
		return "all is well", err
	}})
	f := &fake{content: "trace"}
	o := &observer{r: prepare(c, f), at: time.Unix(1e9, 0)}
	for i := 0; i < 3; i++ {
		o.see(starving())
		o.see(classify.Verdict{})
	}
	o.end(t)
	if got := f.log.String(); got != strings.Repeat("start snapshot stop ", 3) {
		t.Errorf("done: %s", got)
	}
	names, _ := filepath.Glob(filepath.Join(c.Dir, "*"))
	if len(names) != 4 || len(seen) != 3 {
		t.Fatalf("%d notices; files %q, expected two traces with reports", len(seen), names)
	}
	last := seen[2]
	if last.Cause != "lock convoy" || last.Bytes != 5 || last.Summary != "all is well" || filepath.Base(last.File) != "guard-20010909T014646.000-lock-convoy.trace" {
		t.Errorf("%+v", last)
	}
	if b, err := os.ReadFile(last.Text); err != nil || string(b) != "5 bytes" {
		t.Errorf("report: %q, %v", b, err)
	}
	if s := o.r.Stats(); s.Snapshots != 3 || s.Arms != 3 || s.Failures != 0 || s.Armed || s.Last.File != last.File {
		t.Errorf("%+v", s)
	}
}

// What a process left half written is removed by the next.
func TestLeftovers(t *testing.T) {
	c := valid(t, Config{})
	part := filepath.Join(c.Dir, ".guard-1.part")
	if err := os.WriteFile(part, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	r, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	r.Close()
	if _, err := os.Stat(part); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%s is still there: %v", part, err)
	}
}

func TestTotalBytes(t *testing.T) {
	c := valid(t, Config{CoolDown: ms, MaxBytes: 64 << 10, TotalBytes: 100 << 10})
	f := &fake{content: strings.Repeat("x", 40<<10)}
	o := &observer{r: prepare(c, f), at: time.Unix(1e9, 0)}
	for i := 0; i < 4; i++ {
		o.see(starving())
		o.see(classify.Verdict{})
	}
	o.end(t)
	if names, _ := filepath.Glob(filepath.Join(c.Dir, "*")); len(names) != 2 {
		t.Errorf("%q, expected two traces of 40 KiB", names)
	}
}

func TestFailuresLeaveNothing(t *testing.T) {
	broken := errors.New("disk full")
	for name, c := range map[string]struct {
		f       fake
		analyze func(io.Reader, io.Writer) (string, error)
		log     string
		files   int
	}{
		"start":   {fake{startErr: broken}, nil, "start ", 0},
		"write":   {fake{writeErr: broken, content: "half"}, nil, "start snapshot stop ", 0},
		"analyse": {fake{content: "trace"}, func(io.Reader, io.Writer) (string, error) { return "", broken }, "start snapshot stop ", 1},
		"panic":   {fake{content: "trace"}, func(io.Reader, io.Writer) (string, error) { panic("bug") }, "start snapshot stop ", 1},
	} {
		config := valid(t, Config{Analyze: c.analyze})
		o := &observer{r: prepare(config, &c.f), at: time.Unix(1e9, 0)}
		o.see(starving())
		o.see(classify.Verdict{})
		o.see(starving()) // in the cool-down
		o.end(t)
		if got := c.f.log.String(); got != c.log {
			t.Errorf("%s: done: %s, expected %s", name, got, c.log)
		}
		if s := o.r.Stats(); s.Failures != 1 || s.Armed {
			t.Errorf("%s: %+v", name, s)
		}
		names, _ := filepath.Glob(filepath.Join(config.Dir, "*"))
		if len(names) != c.files {
			t.Errorf("%s: files %q, expected %d", name, names, c.files)
		}
	}
}

func TestOwnTraceOfTheProgram(t *testing.T) {
	if err := trace.Start(io.Discard); err != nil {
		t.Skip(err)
	}
	defer trace.Stop()
	f := &fake{}
	o := &observer{r: prepare(valid(t, Config{}), f), at: time.Unix(1e9, 0)}
	o.see(starving())
	o.end(t)
	if s := o.r.Stats(); f.log.Len() > 0 || s.Failures != 1 {
		t.Errorf("done: %s; %+v", f.log.String(), s)
	}
}

func TestSuspicion(t *testing.T) {
	for name, c := range map[string]struct {
		s    sense.Sample
		v    classify.Verdict
		want bool
	}{
		"nothing":   {sense.Sample{}, classify.Verdict{}, false},
		"half":      {sense.Sample{Overshoot: 5 * ms}, classify.Verdict{Delay: 5 * ms}, false},
		"verdict":   {sense.Sample{}, starving(), true},
		"delay":     {sense.Sample{}, classify.Verdict{Delay: 6 * ms}, true},
		"overshoot": {sense.Sample{Overshoot: 6 * ms}, classify.Verdict{}, true},
		"run queue": {sense.Sample{RunQueue: sense.Delay{Max: 6 * ms}}, classify.Verdict{}, true},
		"stale":     {sense.Sample{Stale: 6 * ms}, classify.Verdict{}, true},
	} {
		f := &fake{}
		o := &observer{r: prepare(valid(t, Config{}), f)}
		o.r.Observe(c.s, c.v)
		if got := len(o.r.looks) > 0; got != c.want {
			t.Errorf("%s: armed is %v", name, got)
		}
	}
}

func TestObserveIsCheap(t *testing.T) {
	r := prepare(valid(t, Config{}), &fake{})
	s := sense.Sample{At: time.Now()}
	if n := testing.AllocsPerRun(100, func() { r.Observe(s, classify.Verdict{}) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

// The tracer of this release writes a trace of what went on.
func TestRealTrace(t *testing.T) {
	got := make(chan Snapshot, 1)
	c := valid(t, Config{Notice: func(s Snapshot) { got <- s }})
	r, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for at := time.Now(); ; at = at.Add(time.Second) { // one more may be needed: samples are dropped while the recorder is busy
		r.Observe(sense.Sample{At: at}, starving())
		if len(got) > 0 {
			break
		}
		time.Sleep(ms)
	}
	s := <-got
	b, err := os.ReadFile(s.File)
	if err != nil || !bytes.HasPrefix(b, []byte("go 1.")) || int64(len(b)) != s.Bytes || len(b) < 100 {
		t.Errorf("%d bytes, %v: %.16q", len(b), err, b)
	}
	if trace.IsEnabled() {
		t.Error("the tracer is still on")
	}
}

func TestBadConfig(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for want, c := range map[string]Config{
		"Dir is empty":           {},
		"no such file":           {Dir: filepath.Join(dir, "missing")},
		"is not a directory":     {Dir: file},
		"Limit is 1µs":           {Dir: dir, Limit: time.Microsecond},
		"Window is 1h0m0s":       {Dir: dir, Window: time.Hour},
		"Collect is 3s":          {Dir: dir, Collect: 3 * time.Second},
		"CoolDown is -1s":        {Dir: dir, CoolDown: -time.Second},
		"MaxBytes is 1,":         {Dir: dir, MaxBytes: 1},
		"MaxFiles is -1":         {Dir: dir, MaxFiles: -1},
		"TotalBytes is 1048576,": {Dir: dir, TotalBytes: 1 << 20},
	} {
		if r, err := New(c); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v %v, expected an error with %q", r, err, want)
		}
	}
}
