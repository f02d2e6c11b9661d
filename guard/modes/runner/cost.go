//go:build unix

package main

import (
	"fmt"
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
	}{{"idle", 0}, {"10% load", 0.1}, {"40% load", 0.4}, {"70% load", 0.7}} {
		// Beside it what waking up as often costs a program that then does nothing: most of it is the machine's.
		for _, x := range []struct {
			name  string
			bar   *float64
			start func() (func() error, error)
		}{{"sampling of a service", bar(0.5), serve}, {"sampling without requests", bar(0.5), sample}, {"a bare sleep of 10 ms", nil, sleep}} {
			spent, err := added(load.share, x.start)
			if err != nil {
				return err
			}
			b.report(name+"/"+x.name+", "+load.name, 100*spent, "% of a CPU", x.bar)
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

// added is the processor time, in processors, that what start starts adds to a process under a load: the median of the differences between
// neighbouring stretches with and without it.
func added(load float64, start func() (stop func() error, err error)) (float64, error) {
	const stretch, pairs = 2 * time.Second, 11
	end := make(chan bool)
	defer close(end)
	for i := 0; load > 0 && i < runtime.GOMAXPROCS(0); i++ {
		go work(load, end)
	}
	var more []float64
	for i := 0; i < pairs; i++ {
		without := spend(stretch)
		stop, err := start()
		if err != nil {
			return 0, err
		}
		time.Sleep(1200 * time.Millisecond) // until it has found its pace
		with := spend(stretch)
		if err := stop(); err != nil {
			return 0, err
		}
		more = append(more, with-without)
	}
	slices.Sort(more)
	return more[pairs/2], nil
}

// sleep starts a goroutine that sleeps, for as long as a sampler does in a healthy process.
func sleep() (stop func() error, err error) {
	var ended atomic.Bool
	go func() {
		for !ended.Load() {
			time.Sleep(10 * time.Millisecond)
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
