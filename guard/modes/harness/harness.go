// Package harness is what the mode programs share: flags, a sampler and a classifier that watch while the mode starves the process, an
// execution trace on demand, and one line of JSON that says what was seen. A mode program is this and the starving function.
package harness

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand"
	"os"
	"path/filepath"
	"runtime/metrics"
	"runtime/pprof"
	"runtime/trace"
	"slices"
	"sync/atomic"
	"time"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/internal/recording"
	"github.com/mote-go/mote/guard/sense"
)

// Mode is one way to starve.
type Mode struct {
	Want   []classify.Cause        // verdicts that are right; Healthy for the control
	Setup  func() error            // optional, before anything else; ErrUnavailable if this system can't show the mode
	Starve func(stop *atomic.Bool) // starts what starves and returns; all of it ends soon after stop is set
	Undo   func() error            // optional, at the end
	Waits  func() *Waits           // optional: how long requests waited, by their own clocks
}

// ErrUnavailable says that the mode can't be shown here; the program's result is then a skip.
var ErrUnavailable = errors.New("this system can't show the mode")

// CountsRunning tells whether this release of Go says how many goroutines are running, runnable and in system calls (1.26 and later).
func CountsRunning() bool {
	s := []metrics.Sample{{Name: "/sched/goroutines/running:goroutines"}}
	metrics.Read(s)
	return s[0].Value.Kind() != metrics.KindBad
}

// Result is what a mode program prints, as one line of JSON.
type Result struct {
	Mode     string             `json:"mode"`
	Want     []string           `json:"want"`
	Verdict  string             `json:"verdict"`            // that held longest while starving, healthy only if no other was given
	Right    bool               `json:"right"`              // whether it is one of Want
	Detected float64            `json:"detected_ms"`        // from the beginning to the first verdict that was not healthy; -1 if there was none
	First    string             `json:"first,omitempty"`    // which it was
	Evidence string             `json:"evidence,omitempty"` // of the verdict
	Shares   map[string]float64 `json:"shares,omitempty"`   // part of the samples under each verdict
	Samples  int                `json:"samples"`
	Before   int                `json:"before"`             // verdicts before the beginning that were not healthy
	Signals  map[string]float64 `json:"signals_ms"`         // from the beginning until each signal alone was over the limit
	Waits    *Quantiles         `json:"waits_ms,omitempty"` // of requests, if the mode has any
	Pressure float64            `json:"pressure"`           // part of the time before in which some task of the system waited for a CPU
	Skip     string             `json:"skip,omitempty"`     // why nothing was done
}

// options are the flags of every mode program.
type options struct {
	quiet, duration, limit time.Duration
	trace, samples         string
	load                   float64
	served, request        bool
}

// Main runs the mode and exits: 0 if the verdict is right or the mode is unavailable, 1 if it is wrong, 2 for a bad command line.
func Main(m Mode) {
	var o options
	flag.DurationVar(&o.quiet, "quiet", 300*time.Millisecond, "how long to watch before starving")
	flag.DurationVar(&o.duration, "duration", 1500*time.Millisecond, "how long to starve")
	flag.DurationVar(&o.limit, "limit", 10*time.Millisecond, "how long work may wait")
	flag.Float64Var(&o.load, "load", 0, "from the beginning, do other short work that takes this share of the processors")
	flag.BoolVar(&o.served, "served", false, "be a service: a request meets the heartbeat at the beginning, and the sampler rests when nothing happens then")
	flag.BoolVar(&o.request, "request", false, "starve by requests: what starves meets the heartbeat first, as a request does")
	flag.StringVar(&o.trace, "trace", "", "write an execution trace of the starving to this `file`")
	flag.StringVar(&o.samples, "samples", "", "record the samples in this `file`, for classify/replay")
	flag.Parse()
	if flag.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "unexpected argument %q\n", flag.Arg(0))
		os.Exit(2)
	}
	r, err := run(m, o)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	json.NewEncoder(os.Stdout).Encode(r)
	if !r.Right && r.Skip == "" {
		os.Exit(1)
	}
}

func run(m Mode, o options) (r Result, err error) {
	r = Result{Mode: filepath.Base(os.Args[0]), Detected: -1}
	for _, c := range m.Want {
		r.Want = append(r.Want, c.String())
	}
	if m.Setup != nil {
		if err := m.Setup(); errors.Is(err, ErrUnavailable) {
			r.Skip = err.Error()
			return r, nil
		} else if err != nil {
			return r, err
		}
	}
	if m.Undo != nil {
		defer func() { err = errors.Join(err, m.Undo()) }()
	}
	w, err := startWatch(o)
	if err != nil {
		return r, err
	}
	if o.served {
		w.sampler.Heartbeat().Meet(time.Now())
	}
	var stop atomic.Bool
	defer stop.Store(true)
	if o.load > 0 {
		go NewLoad(o.load, Service).Run(&stop, func() { w.sampler.Heartbeat().Meet(time.Now()) })
	}
	// Not at the same point of the sampler's interval each time.
	time.Sleep(o.quiet + time.Duration(rand.Int63n(int64(20*time.Millisecond))))
	if err := starve(m, o, w); err != nil {
		return r, err
	}
	w.fill(&r)
	if m.Waits != nil {
		r.Waits = m.Waits().Quantiles()
	}
	if o.samples != "" {
		if err := w.save(o.samples, r.Mode); err != nil {
			return r, err
		}
	}
	r.Right = slices.Contains(r.Want, r.Verdict)
	return r, nil
}

// begin is what Begin meets, nil if nothing.
var begin atomic.Pointer[sense.Heartbeat]

// Begin is what a goroutine of a mode that may be a request calls first.
func Begin() {
	if heart := begin.Load(); heart != nil {
		heart.Meet(time.Now())
	}
}

// starve runs the mode for its duration, traced if asked for.
func starve(m Mode, o options, w *watch) error {
	if o.trace != "" {
		f, err := os.Create(o.trace)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := trace.Start(f); err != nil {
			return err
		}
		defer trace.Stop()
		// As package record does: with CPU samples in it the trace says where runs too short to be preempted were.
		if err := pprof.StartCPUProfile(io.Discard); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	var stop atomic.Bool
	w.begin()
	if o.request {
		begin.Store(w.sampler.Heartbeat())
	}
	m.Starve(&stop)
	time.Sleep(o.duration)
	stop.Store(true)
	return w.end()
}

// watch keeps what the classifier said.
type watch struct {
	sampler *sense.Sampler
	began   atomic.Int64 // nanoseconds since start, 0 before the beginning
	start   time.Time

	// Used by the sampler's goroutine until it is closed.
	before   int
	around   time.Duration // that pressure covers
	pressure time.Duration
	counts   [classify.Contended + 1]int
	evidence [classify.Contended + 1]string
	first    classify.Cause
	detected time.Duration
	samples  [][]sense.Sample // in pieces: a slice that grows is copied, which in a long recording takes as long as a starvation
	limit    time.Duration
	signals  map[string]float64
}

func startWatch(o options) (*watch, error) {
	c, err := classify.New(classify.Config{Limit: o.limit})
	if err != nil {
		return nil, err
	}
	s, err := sense.New(sense.Config{})
	if err != nil {
		return nil, err
	}
	w := &watch{sampler: s, start: time.Now(), limit: o.limit, signals: map[string]float64{}}
	return w, s.Start(func(x sense.Sample) {
		if o.samples != "" {
			w.keep(x)
		}
		w.observe(x, c.Observe(x))
	})
}

// pieceLength is how many samples a piece of a recording has.
const pieceLength = 256

// keep records x.
func (w *watch) keep(x sense.Sample) {
	last := len(w.samples) - 1
	if last < 0 || len(w.samples[last]) == pieceLength {
		w.samples = append(w.samples, make([]sense.Sample, 0, pieceLength))
		last++
	}
	w.samples[last] = append(w.samples[last], x)
}

func (w *watch) begin() { w.began.Store(int64(time.Since(w.start))) }

// end closes the sampler.
func (w *watch) end() error { return w.sampler.Close() }

func (w *watch) observe(x sense.Sample, v classify.Verdict) {
	began := time.Duration(w.began.Load())
	if began == 0 {
		if v.Starving() {
			w.before++
		}
		if x.Pressure != sense.Unknown {
			w.around += x.Around
			w.pressure += x.Pressure
		}
		return
	}
	w.note(x, time.Since(w.start)-began)
	w.counts[v.Cause]++
	w.evidence[v.Cause] = v.Evidence
	if v.Starving() && w.first == classify.Healthy {
		w.first, w.detected = v.Cause, time.Since(w.start)-began
	}
}

// note keeps which signals are over the limit for the first time.
func (w *watch) note(x sense.Sample, at time.Duration) {
	for name, over := range map[string]bool{
		"timer":              x.Overshoot >= w.limit,
		"poller":             x.Poll >= w.limit,
		"heartbeat":          x.Stale >= w.limit,
		"run queue, p50":     x.RunQueue.P50 >= w.limit,
		"run queue, longest": x.RunQueue.Max >= w.limit,
		"runnable":           x.Runnable > 2*x.Procs,
		"throttling":         x.Throttled.Throttled > 0,
		"pressure":           x.Around > 0 && x.Pressure > x.Around/2,
		"stop of the world":  max(x.StopGC.Max, x.StopOther.Max) >= w.limit,
		"mutex wait":         x.MutexWait >= w.limit,
	} {
		if _, seen := w.signals[name]; over && !seen {
			w.signals[name] = milliseconds(at)
		}
	}
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// fill says what was seen. The sampler is closed by now.
func (w *watch) fill(r *Result) {
	verdict := classify.Healthy
	r.Before, r.Signals = w.before, w.signals
	if w.around > 0 {
		r.Pressure = float64(w.pressure) / float64(w.around)
	}
	r.Shares = map[string]float64{}
	for _, n := range w.counts {
		r.Samples += n
	}
	for i, n := range w.counts {
		if c := classify.Cause(i); n > 0 {
			r.Shares[c.String()] = float64(n) / float64(r.Samples)
			if verdict == classify.Healthy || c != classify.Healthy && n > w.counts[verdict] {
				verdict = c
			}
		}
	}
	r.Verdict, r.Evidence = verdict.String(), w.evidence[verdict]
	if w.first != classify.Healthy {
		r.First, r.Detected = w.first.String(), milliseconds(w.detected)
	}
}

// save writes the samples and when the mode began.
func (w *watch) save(name, mode string) error {
	r := recording.Recording{Header: recording.Header{Mode: mode}, Samples: slices.Concat(w.samples...)}
	if len(r.Samples) > 0 {
		first := &r.Samples[0]
		r.Began = w.start.Add(time.Duration(w.began.Load())).Sub(first.At.Add(-first.Interval))
	}
	var out bytes.Buffer
	if err := r.Write(&out); err != nil {
		return err
	}
	return os.WriteFile(name, out.Bytes(), 0o644)
}
