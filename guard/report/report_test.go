package report

import (
	"bytes"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/trace"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// traced runs f under the tracer, with two processors.
func traced(t *testing.T, f func()) []byte {
	t.Helper()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	var buf bytes.Buffer
	if err := trace.Start(&buf); err != nil {
		t.Skip("the tracer is in use: ", err)
	}
	f()
	trace.Stop()
	return buf.Bytes()
}

func analyze(t *testing.T, tr []byte, o Options) *Report {
	t.Helper()
	r, err := Analyze(bytes.NewReader(tr), o)
	if err != nil {
		t.Fatal(err)
	}
	if testing.Verbose() {
		if err := r.WriteText(os.Stdout); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

// want checks the first culprit: kind and function, and that its line stands in the function.
func want(t *testing.T, r *Report, function string, kinds ...Kind) Culprit {
	t.Helper()
	if len(r.Culprits) == 0 {
		t.Fatal("no culprit")
	}
	c := r.Culprits[0]
	if !strings.HasSuffix(c.Func, "."+function) {
		t.Errorf("first culprit is %s, expected %s", c.Func, function)
	}
	ok := false
	for _, k := range kinds {
		ok = ok || c.Kind == k
	}
	if !ok {
		t.Errorf("first culprit is of kind %s, expected %v", c.Kind, kinds)
	}
	if !strings.HasSuffix(c.File, "report_test.go") || c.Line == 0 {
		t.Errorf("first culprit is at %s:%d", c.File, c.Line)
	}
	return c
}

// together starts f n times and waits for all.
func together(n int, f func()) {
	var wg sync.WaitGroup
	for range n {
		wg.Add(1)
		go func() { defer wg.Done(); f() }()
	}
	wg.Wait()
}

// burn computes for some 100 ms of CPU time, however long that takes.
func burn() uint64 {
	x := uint64(1)
	for range 500 {
		x = turn(x)
	}
	return x
}

//go:noinline
func turn(x uint64) uint64 {
	for range 1 << 16 {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
	}
	return x
}

func TestHogs(t *testing.T) {
	tr := traced(t, func() { together(8, func() { burn() }) })
	r := analyze(t, tr, Options{})
	c := want(t, r, "turn", Hog)
	if r.RunQueue.Count == 0 || c.Goroutines < 2 || c.Blame < r.Limit || c.Share < 0.5 {
		t.Errorf("%+v of %+v", c, r.RunQueue)
	}
}

// Hogs that nobody is seen to wait for still hold up timers and the network.
func TestHogsHoldUpTimers(t *testing.T) {
	tr := traced(t, func() { together(2, func() { burn() }) })
	want(t, analyze(t, tr, Options{}), "turn", Hog)
}

func TestSleepUnderMutex(t *testing.T) {
	var mu sync.Mutex
	tr := traced(t, func() { together(4, func() { sleepUnder(&mu) }) })
	r := analyze(t, tr, Options{})
	c := want(t, r, "sleepUnder", Lock)
	if r.Locks.Count < 3 || c.Held > r.Span {
		t.Errorf("%+v, held for %v of %v", r.Locks, c.Held, r.Span)
	}
	if c.Stack[0].Func != "time.Sleep" {
		t.Errorf("blamed at %s, expected the sleep", c.Stack[0].Func)
	}
}

func sleepUnder(mu *sync.Mutex) {
	mu.Lock()
	time.Sleep(20 * time.Millisecond)
	mu.Unlock()
}

// Readers wait for a writer, which is not to blame: it waits for the slow reader itself.
func TestSlowReaderBeforeWriter(t *testing.T) {
	var mu sync.RWMutex
	tr := traced(t, func() {
		ready := make(chan bool)
		go slowReader(&mu, ready)
		<-ready
		go func() { mu.Lock(); mu.Unlock() }()
		time.Sleep(10 * time.Millisecond)
		together(4, func() { mu.RLock(); mu.RUnlock() })
	})
	want(t, analyze(t, tr, Options{}), "slowReader", Lock)
}

func slowReader(mu *sync.RWMutex, ready chan bool) {
	mu.RLock()
	ready <- true
	time.Sleep(100 * time.Millisecond)
	mu.RUnlock()
}

func TestSystemCalls(t *testing.T) {
	var p [2]int
	if err := syscall.Pipe(p[:]); err != nil {
		t.Fatal(err)
	}
	tr := traced(t, func() {
		time.AfterFunc(50*time.Millisecond, func() { syscall.Write(p[1], make([]byte, 8)) })
		together(8, func() { blockedRead(p[0]) })
	})
	c := want(t, analyze(t, tr, Options{}), "blockedRead", Syscall)
	if c.Goroutines < 4 {
		t.Errorf("%d goroutines, expected most of 8", c.Goroutines)
	}
}

func blockedRead(fd int) {
	var b [1]byte
	syscall.Read(fd, b[:])
}

func TestAllocation(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(5))
	tr := traced(t, func() { together(8, allocate) })
	r := analyze(t, tr, Options{Limit: time.Millisecond})
	for _, c := range r.Culprits {
		if c.Kind == GC && strings.HasSuffix(c.Func, ".allocate") {
			return
		}
	}
	t.Errorf("allocate is not among the culprits: %+v", r.Culprits)
}

type node struct{ left, right *node }

func allocate() {
	for range 8 {
		var all []*node
		for range 30000 {
			all = append(all, &node{})
		}
		runtime.KeepAlive(all)
	}
}

func TestRegionsAreNamed(t *testing.T) {
	tr := traced(t, func() {
		together(6, func() { trace.WithRegion(t.Context(), "checkout", func() { burn() }) })
	})
	c := want(t, analyze(t, tr, Options{}), "turn", Hog)
	if len(c.Labels) == 0 || c.Labels[0] != "region checkout" {
		t.Errorf("labels %q, expected the region", c.Labels)
	}
}

// Nothing waits in a trace of short work with pauses, so nobody is to blame.
func TestHealthy(t *testing.T) {
	tr := traced(t, func() {
		together(4, func() {
			for range 10 {
				time.Sleep(2 * time.Millisecond)
				turn(1)
			}
		})
	})
	if r := analyze(t, tr, Options{Limit: time.Second}); len(r.Culprits) > 0 {
		t.Errorf("culprits %+v", r.Culprits)
	}
}
