// Package report reads a Go execution trace and names who made goroutines wait.
//
// A goroutine that waits for a processor has done nothing wrong: the stack to look at is that of those who had the processors meanwhile.
// Package report therefore follows every goroutine through the trace, takes each wait that is longer than a limit, and gives its time to
// those who were in the way at that moment:
//
//   - who held a processor, in equal parts, while a goroutine was runnable (Hog, Overload), or while all processors were held for so long that neither
//     timers nor the network were looked at (Hog). The event that ends a run has the stack that names the code; CPU samples are used where the trace has
//     them;
//   - who held the lock that a goroutine wanted: the path back from the Unlock that woke it through everything the holders did or
//     waited for in the meantime (Lock);
//   - who allocates, for the collector's assists, its workers and the stops of the world that it needs (GC), and who stopped the world
//     otherwise (Stop);
//   - system calls and cgo in which more goroutines sit at once than there are processors (Syscall).
//
// The figures add up: the blame of all culprits of the first three kinds is the time that goroutines waited. Start reading in follow.go,
// then hold.go and lock.go. What the package is not: a profiler (runs in nobody's way are not counted) or a viewer (go tool trace is one).
package report

import (
	"io"
	"time"
)

// Options say what is looked for and how much is read. The zero value means the defaults.
type Options struct {
	Limit     time.Duration // shorter waits are nobody's fault; 10 ms
	Top       int           // culprits in the report; 20
	MaxBytes  int64         // of the trace that are read; 512 MiB
	MaxEvents int           // of the trace that are followed, at about 100 bytes of memory each; 8 million
}

func (o Options) withDefaults() Options {
	if o.Limit <= 0 {
		o.Limit = 10 * time.Millisecond
	}
	if o.Top <= 0 {
		o.Top = 20
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = 512 << 20
	}
	if o.MaxEvents <= 0 {
		o.MaxEvents = 8 << 20
	}
	return o
}

// Kind is the way in which a culprit makes others wait.
type Kind string

// The kinds.
const (
	Hog      Kind = "hog"      // runs longer than the limit at a stretch
	Overload Kind = "overload" // short runs, too many of them
	Lock     Kind = "lock"     // keeps a lock
	Syscall  Kind = "syscall"  // goroutines pile up in a system call or in C
	GC       Kind = "gc"       // allocates, so that the collector takes processors and has goroutines assist
	Stop     Kind = "stop"     // stops the world
)

// Report is what a trace says about waiting.
type Report struct {
	Span      time.Duration `json:"span_ns"` // from the first event to the last
	Events    int           `json:"events"`
	Procs     int           `json:"procs"` // GOMAXPROCS, the greatest value seen
	Limit     time.Duration `json:"limit_ns"`
	RunQueue  Waits         `json:"run_queue"`  // waits for a processor, of at least the limit
	Locks     Waits         `json:"locks"`      // waits for a sync.Mutex or sync.RWMutex, of at least the limit
	Unheld    time.Duration `json:"unheld_ns"`  // part of RunQueue.Total in which no goroutine had a processor, or none did anything: a throttled or sleeping machine
	Truncated string        `json:"truncated"`  // why reading ended early, if it did: what follows is about the part before
	Culprits  []Culprit     `json:"culprits"`   // by blame, the greatest first; the runtime and the standard library only where they have ten times as much
	Samples   int           `json:"cpusamples"` // CPU samples in the trace

	sites []*site
}

// Waits sums up waits of one sort.
type Waits struct {
	Count int           `json:"count"`
	Total time.Duration `json:"total_ns"`
	Max   time.Duration `json:"max_ns"`
}

func (w *Waits) add(d int64) {
	w.Count++
	w.Total += time.Duration(d)
	w.Max = max(w.Max, time.Duration(d))
}

// Frame is one frame of a stack.
type Frame struct {
	Func string `json:"func"`
	File string `json:"file"`
	Line int    `json:"line"`
}

// Culprit is a function that made goroutines wait, in one way.
type Culprit struct {
	Kind       Kind          `json:"kind"`
	Func       string        `json:"func"` // the innermost function on the stack that is not the standard library's
	File       string        `json:"file"`
	Line       int           `json:"line"`            // the line in Func with the greatest blame
	Lines      []LineBlame   `json:"lines"`           // the others too, greatest first; at most five
	Blame      time.Duration `json:"blame_ns"`        // how long goroutines waited because of it, summed over goroutines
	Share      float64       `json:"share"`           // of the blame of all
	Held       time.Duration `json:"held_ns"`         // for how long it had the processor, the lock, or was in the call, while they waited
	Runs       int           `json:"runs"`            // how often
	Longest    time.Duration `json:"longest_ns"`      // the longest of these stretches
	Goroutines int           `json:"goroutines"`      // how many different goroutines ran it
	Entry      string        `json:"entry,omitempty"` // the function that most of these goroutines were started with, if the trace has it
	Labels     []string      `json:"labels"`          // regions, tasks and labels that they were in, most blamed first; at most five
	Evidence   string        `json:"evidence"`        // the numbers in one sentence
	Stack      []Frame       `json:"stack"`           // the stack with the greatest blame, innermost frame first
}

// LineBlame is the part of one line in a culprit's blame.
type LineBlame struct {
	File  string        `json:"file"`
	Line  int           `json:"line"`
	Blame time.Duration `json:"blame_ns"`
}

// Analyze reads a trace of Go 1.22 or later, as runtime/trace.Start or a flight recorder writes it, and says who is to blame for what waited.
// It takes about as long as `go tool trace` takes to open the trace.
//
// An error means that nothing could be made of r. If a trace is cut off or damaged after a first part that can be used, the report
// is about that part, Truncated says what is wrong, and the error is nil.
func Analyze(r io.Reader, o Options) (*Report, error) {
	o = o.withDefaults()
	f := newFollower()
	cut, err := read(r, o, f)
	if err != nil {
		return nil, err
	}
	f.finish()
	b := newBlamer(f, o)
	b.holds()
	b.locks()
	b.syscalls()
	b.spread()
	rep := &Report{Span: time.Duration(f.last - f.first), Events: f.events, Procs: f.procs, Limit: o.Limit, RunQueue: b.runQueue, Locks: b.lockWaits,
		Unheld: time.Duration(b.unheld), Truncated: cut, Samples: f.samples, sites: b.sorted()}
	rep.Culprits = rank(f, rep.sites, o)
	return rep, nil
}
