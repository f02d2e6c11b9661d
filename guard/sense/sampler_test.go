package sense_test

import (
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mote-go/mote/guard/sense"
)

// start runs a sampler whose samples come through the channel until it is closed.
func start(t *testing.T, c sense.Config) (*sense.Sampler, <-chan sense.Sample) {
	t.Helper()
	s, err := sense.New(c)
	if err != nil {
		t.Fatal(err)
	}
	samples := make(chan sense.Sample, 4096)
	if err := s.Start(func(x sense.Sample) {
		select {
		case samples <- x:
		default:
		}
	}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, samples
}

func TestSamplerTellsThePlainFacts(t *testing.T) {
	_, samples := start(t, sense.Config{})
	var around bool
	for i := 0; i < 30; i++ {
		x := <-samples
		around = around || x.Around > 0
		if x.Interval <= 0 || x.Due < 5*time.Millisecond || x.Due > 100*time.Millisecond || x.Overshoot < 0 || x.Procs != runtime.GOMAXPROCS(0) {
			t.Fatalf("sample %d: %+v", i, x)
		}
		if x.CPUs <= 0 || x.CPUs > float64(runtime.NumCPU()) || x.Threads < 1 {
			t.Fatalf("sample %d: %v CPUs, %d threads", i, x.CPUs, x.Threads)
		}
		if x.Overshoot > x.Interval || x.Busy < 0 {
			t.Fatalf("sample %d: %v late in an interval of %v, %v busy", i, x.Overshoot, x.Interval, x.Busy)
		}
	}
	if !around {
		t.Error("no sample in 30 read the slow sources")
	}
}

// burn keeps all processors busy until stop.
func burn(stop *atomic.Bool) *sync.WaitGroup {
	var all sync.WaitGroup
	for i := 0; i < runtime.GOMAXPROCS(0); i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for !stop.Load() {
			}
		}()
	}
	return &all
}

func TestSamplerSeesHogs(t *testing.T) {
	_, samples := start(t, sense.Config{})
	<-samples
	var stop atomic.Bool
	hogs := burn(&stop)
	defer hogs.Wait()
	defer stop.Store(true)
	deadline := time.After(20 * time.Second)
	for {
		select {
		case x := <-samples:
			if x.Overshoot > x.Due && (math.IsNaN(x.Busy) || x.Busy > 0) {
				return
			}
		case <-deadline:
			t.Fatal("no sample in 20 s was late beside one endless loop per processor")
		}
	}
}

// What the process computes is found by the kernel's ticks, too.
func TestSamplerCountsTicks(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("nobody counts ticks here")
	}
	_, samples := start(t, sense.Config{})
	var stop atomic.Bool
	hogs := burn(&stop)
	defer hogs.Wait()
	defer stop.Store(true)
	var used, ticked time.Duration
	for deadline := time.After(20 * time.Second); ; {
		select {
		case x := <-samples:
			if x.Tick <= 0 || x.Ticked < 0 {
				t.Fatalf("%v of processor time in ticks of %v", x.Ticked, x.Tick)
			}
			used, ticked = used+time.Duration(x.Busy*float64(x.Interval)), ticked+x.Ticked
			if used > 100*x.Tick && ticked > used/2 && ticked < used*2 {
				return
			}
		case <-deadline:
			t.Fatalf("%v of processor time used, ticks for %v", used, ticked)
		}
	}
}

func TestSamplerSeesLocks(t *testing.T) {
	_, samples := start(t, sense.Config{})
	<-samples
	var mu sync.Mutex
	var stop atomic.Bool
	var all sync.WaitGroup
	for i := 0; i < 32; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for !stop.Load() {
				mu.Lock()
				time.Sleep(time.Millisecond)
				mu.Unlock()
			}
		}()
	}
	defer all.Wait()
	defer stop.Store(true)
	deadline := time.After(20 * time.Second)
	for {
		select {
		case x := <-samples:
			if x.MutexWait > 10*time.Millisecond {
				return
			}
		case <-deadline:
			t.Fatal("no sample in 20 s shows that 32 goroutines waited for a lock")
		}
	}
}

func TestSamplerSeesTheCollector(t *testing.T) {
	_, samples := start(t, sense.Config{})
	<-samples
	runtime.GC()
	deadline := time.After(20 * time.Second)
	stopped, cycle := false, false
	for !stopped || !cycle {
		select {
		case x := <-samples:
			stopped = stopped || x.StopGC.Count > 0
			cycle = cycle || x.Cycle > 0 && x.GC > 0
		case <-deadline:
			t.Fatalf("20 s after a collection: stop seen %v, cycle seen %v", stopped, cycle)
		}
	}
}

// A request that gets a processor while the sampler is overdue shows up in the next sample.
func TestSamplerReportsStaleHeartbeat(t *testing.T) {
	s, samples := start(t, sense.Config{})
	<-samples
	s.Heartbeat().Meet(time.Now().Add(time.Second))
	for i := 0; i < 3; i++ {
		if x := <-samples; x.Stale > 500*time.Millisecond {
			return
		}
	}
	t.Error("an age of a second was met, and is in none of the next samples")
}

func TestSamplerQuotaFromFiles(t *testing.T) {
	root := t.TempDir()
	for name, content := range map[string]string{
		"proc/self/cgroup":       "0::/\n",
		"proc/self/mountinfo":    "29 22 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n",
		"proc/pressure/cpu":      "some avg10=0.00 avg60=0.00 avg300=0.00 total=1000\n",
		"sys/fs/cgroup/cpu.max":  "25000 100000\n",
		"sys/fs/cgroup/cpu.stat": "nr_periods 40\nnr_throttled 7\nthrottled_usec 3000\n",
	} {
		write(t, filepath.Join(root, name), content)
	}
	_, samples := start(t, sense.Config{Root: root, Steady: true})
	x := <-samples
	if x.CPUs != 0.25 {
		t.Errorf("%v CPUs with a quota of a quarter", x.CPUs)
	}
	write(t, filepath.Join(root, "sys/fs/cgroup/cpu.stat"), "nr_periods 42\nnr_throttled 8\nthrottled_usec 23000\n")
	write(t, filepath.Join(root, "proc/pressure/cpu"), "some avg10=0.00 avg60=0.00 avg300=0.00 total=8000\n")
	want := sense.Throttle{Periods: 2, Throttled: 1, Time: 20 * time.Millisecond, Period: 100 * time.Millisecond}
	var pressure time.Duration
	for i := 0; i < 100; i++ {
		x := <-samples
		pressure += x.Pressure
		if x.Throttled.Throttled == 0 {
			continue
		}
		if x.Throttled != want {
			t.Errorf("throttled: %+v, want %+v", x.Throttled, want)
		}
		if pressure != 0 && pressure != 7*time.Millisecond {
			t.Errorf("pressure grew by %v, want 7ms", pressure)
		}
		return
	}
	t.Error("100 samples after cpu.stat changed, none shows it")
}

func write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	// By rename, but into the same file: the sampler keeps it open.
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteAt([]byte(content), 0); err != nil {
		t.Fatal(err)
	}
}

func TestSamplerClose(t *testing.T) {
	s, err := sense.New(sense.Config{})
	if err != nil {
		t.Fatal(err)
	}
	var closed atomic.Bool
	if err := s.Start(func(sense.Sample) {
		if closed.Load() {
			t.Error("observed after Close returned")
		}
	}); err != nil {
		t.Fatal(err)
	}
	if err := s.Start(func(sense.Sample) {}); err == nil {
		t.Error("a second Start gives no error")
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	closed.Store(true)
	if err := s.Close(); err != nil {
		t.Errorf("a second Close: %v", err)
	}
	waitFor(t, func() bool {
		return !strings.Contains(stacks(), "sense.(*Sampler).run") && !strings.Contains(stacks(), "sense.(*Sampler).answer") && !strings.Contains(stacks(), "sense.(*pollProbe).run")
	})
}

func stacks() string {
	b := make([]byte, 1<<20)
	return string(b[:runtime.Stack(b, true)])
}

// waitFor waits for something that other goroutines will do soon.
func waitFor(t *testing.T, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !done(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("not done after 20 s")
		}
	}
}

func TestSamplerConfig(t *testing.T) {
	for field, c := range map[string]sense.Config{
		"Interval": {Interval: time.Microsecond},
		"Rest":     {Rest: time.Minute},
		"Signal":   {Signal: 9},
		"Slow":     {Interval: 10 * time.Millisecond, Slow: time.Millisecond},
	} {
		if _, err := sense.New(c); err == nil || !strings.Contains(err.Error(), field) {
			t.Errorf("%s wrong: error is %v, want one that names it", field, err)
		}
	}
	root := t.TempDir()
	write(t, filepath.Join(root, "proc/self/cgroup"), "nonsense\n")
	if _, err := sense.New(sense.Config{Root: root}); err == nil || !strings.Contains(err.Error(), "proc/self/cgroup") {
		t.Errorf("broken file: error is %v, want one that names it", err)
	}
	if _, err := sense.New(sense.Config{Root: t.TempDir()}); err != nil {
		t.Errorf("no control groups at all: %v", err)
	}
}
