//go:build unix

package main

import (
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/mote-go/mote/guard/cgroup"
	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/sense"
)

// cost measures what sampling and its parts cost, in this process.
func (b *bench) cost(name string) error {
	if err := b.parts(name); err != nil {
		return err
	}
	for _, load := range []struct {
		name  string
		share float64 // of each processor
		plan  plan
	}{{"idle", 0, slow}, {"10% load", 0.1, slow}, {"40% load", 0.4, slow}, {"70% load", 0.7, fast}} {
		// Beside it what waking up as often costs a program that then does nothing: most of it is the machine's.
		for _, x := range []struct {
			name  string
			bar   *float64
			start func() (func() error, error)
		}{{"sampling of a service", bar(0.5), serve}, {"sampling without requests", bar(0.5), sample}, {"a bare sleep of 25 ms", nil, sleep}} {
			spent, give, err := added(load.share, load.plan, x.start)
			if err != nil {
				return err
			}
			b.report(name+"/"+x.name+", "+load.name, 100*spent, "% of a CPU", x.bar)
			b.report(name+"/"+x.name+", "+load.name+", standard error", 100*give, "% of a CPU", nil)
		}
	}
	return nil
}

// parts are the costs of single calls.
func (b *bench) parts(name string) error {
	heart, now := sense.NewHeartbeat(), time.Now()
	heart.Beat(now.Add(time.Hour))
	c, err := classify.New(classify.Config{})
	if err != nil {
		return err
	}
	sample := sense.Sample{Procs: 2, CPUs: 2, Busy: 1, Interval: 5 * time.Millisecond}
	calls := []struct {
		name string
		call func()
	}{
		{"heartbeat met", func() { heart.Meet(now) }},
		{"classifier", func() { sample.At = sample.At.Add(sample.Interval); c.Observe(sample) }},
	}
	if g, err := cgroup.Find("/"); err == nil {
		r, err := g.Open("/")
		if err != nil {
			return err
		}
		defer r.Close()
		calls = append(calls, struct {
			name string
			call func()
		}{"pressure read", func() { r.Pressure() }})
	}
	for _, x := range calls {
		result := testing.Benchmark(func(b *testing.B) {
			for i := 0; i < b.N; i++ {
				x.call()
			}
		})
		b.report(name+"/"+x.name, float64(result.T.Nanoseconds())/float64(result.N), "ns", nil)
	}
	return nil
}

// plan is how processor time is compared with and without something.
type plan struct {
	settle, stretch time.Duration
	pairs           int
}

// A sampler needs a second to find that it may rest. One that may not finds its pace at once, and many short stretches say more than few long ones, for the
// speed of a machine that does the same work all the time drifts within seconds by more than what is looked for.
var (
	slow = plan{1200 * time.Millisecond, 2 * time.Second, 11}
	fast = plan{50 * time.Millisecond, 200 * time.Millisecond, 250}
)

// added is the processor time, in processors, that what start starts adds to a process under a load, and its standard error, from the differences between
// neighbouring stretches with and without it.
func added(load float64, p plan, start func() (stop func() error, err error)) (spent, give float64, err error) {
	end := make(chan bool)
	defer close(end)
	for i := 0; load > 0 && i < runtime.GOMAXPROCS(0); i++ {
		go work(load, end)
	}
	var more []float64
	for i := 0; i < p.pairs; i++ {
		without := spend(p.stretch)
		stop, err := start()
		if err != nil {
			return 0, 0, err
		}
		time.Sleep(p.settle)
		with := spend(p.stretch)
		if err := stop(); err != nil {
			return 0, 0, err
		}
		more = append(more, with-without)
	}
	spent, give = midmean(more)
	return spent, give, nil
}

// midmean is the mean of the middle half of xs, which it sorts, and its standard error, from the variance that is left when the outer quarters are drawn in to
// the middle half's ends (Tukey and McLaughlin 1963).
func midmean(xs []float64) (mean, give float64) {
	slices.Sort(xs)
	n := len(xs)
	low, high := n/4, n-n/4
	for _, x := range xs[low:high] {
		mean += x / float64(high-low)
	}
	var middle, squares float64
	for _, x := range xs {
		middle += min(max(x, xs[low]), xs[high-1]) / float64(n)
	}
	for _, x := range xs {
		d := min(max(x, xs[low]), xs[high-1]) - middle
		squares += d * d / float64(n-1)
	}
	return mean, math.Sqrt(squares) * math.Sqrt(float64(n)) / float64(high-low)
}

// sleep starts a goroutine that sleeps, for as long as a sampler does in a process that is idle.
func sleep() (stop func() error, err error) {
	var ended atomic.Bool
	go func() {
		for !ended.Load() {
			time.Sleep(25 * time.Millisecond)
		}
	}()
	return func() error { ended.Store(true); return nil }, nil
}

// sample starts a sampler with a classifier.
func sample() (stop func() error, err error) {
	s, err := newSampler()
	if err != nil {
		return nil, err
	}
	return s.Close, nil
}

// served is what requests meet, nil if there are none.
var served atomic.Pointer[sense.Heartbeat]

// serve is sample in a process that has served a request, and whose load is requests.
func serve() (stop func() error, err error) {
	s, err := newSampler()
	if err != nil {
		return nil, err
	}
	s.Heartbeat().Meet(time.Now())
	served.Store(s.Heartbeat())
	return func() error { served.Store(nil); return s.Close() }, nil
}

func newSampler() (*sense.Sampler, error) {
	c, err := classify.New(classify.Config{})
	if err != nil {
		return nil, err
	}
	s, err := sense.New(sense.Config{})
	if err != nil {
		return nil, err
	}
	return s, s.Start(func(x sense.Sample) { c.Observe(x) })
}

// spend returns the processors used by this process over a stretch of time.
func spend(stretch time.Duration) float64 {
	cpu, start := used(), time.Now()
	time.Sleep(stretch)
	return (used() - cpu).Seconds() / time.Since(start).Seconds()
}

func used() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		panic(fmt.Sprint("getrusage: ", err)) // it has no reason to fail
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// work does the same amount of work every 2 ms, which takes that share of a processor.
func work(share float64, stop <-chan bool) {
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	rounds := int(share * 2e6 / perRound())
	for {
		select {
		case <-stop:
			return
		case now := <-tick.C:
			if heart := served.Load(); heart != nil {
				heart.Meet(now)
			}
			spin(rounds)
		}
	}
}

// perRound is what a round of spin takes, in nanoseconds.
func perRound() float64 {
	const rounds = 100_000
	least := time.Hour
	for i := 0; i < 20; i++ {
		start := time.Now()
		spin(rounds)
		least = min(least, time.Since(start))
	}
	return float64(least.Nanoseconds()) / rounds
}

func spin(rounds int) uint64 {
	x := uint64(rounds)
	for i := 0; i < rounds; i++ {
		x = x*6364136223846793005 + 1442695040888963407
	}
	return x
}
