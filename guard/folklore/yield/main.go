// Yield measures loops that wait by calling runtime.Gosched: what they use, and what they do to goroutines that wait for the network.
package main

import (
	"fmt"
	"net"
	"os"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/mote-go/mote/guard/folklore/probe"
)

// waiter is a way to wait until stop is set.
type waiter struct {
	name string
	wait func(stop *atomic.Bool)
}

func waiters() []waiter {
	return []waiter{
		{"nobody", nil},
		{"sleeping 1 ms", func(stop *atomic.Bool) {
			for !stop.Load() {
				time.Sleep(time.Millisecond)
			}
		}},
		{"Gosched", func(stop *atomic.Bool) {
			for !stop.Load() {
				runtime.Gosched()
			}
		}},
		{"spinning", func(stop *atomic.Bool) {
			for !stop.Load() {
			}
		}},
	}
}

// outcome is what was measured beside one kind of waiters.
type outcome struct {
	timers, network probe.Delays
	used            []float64 // CPUs
}

func main() {
	fmt.Printf("%s, GOMAXPROCS %d, one waiter for each\n", runtime.Version(), runtime.GOMAXPROCS(0))
	outcomes, err := measure(waiters(), 5, 300*time.Millisecond)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for i, w := range waiters() {
		o := outcomes[i]
		fmt.Printf("%-14s timers late by %v  loopback round trip %v  CPUs used %.2f\n", w.name, o.timers, o.network, probe.Median(o.used))
	}
}

func measure(waiters []waiter, rounds int, length time.Duration) ([]outcome, error) {
	client, err := probe.Echo()
	if err != nil {
		return nil, err
	}
	defer client.Close()
	outcomes := make([]outcome, len(waiters))
	for range make([]struct{}, rounds) {
		for i, w := range waiters {
			if err := outcomes[i].beside(w, client, length); err != nil {
				return nil, err
			}
		}
	}
	return outcomes, nil
}

func (o *outcome) beside(w waiter, client net.Conn, length time.Duration) error {
	var stop atomic.Bool
	defer stop.Store(true)
	if w.wait != nil {
		for i := 0; i < runtime.GOMAXPROCS(0); i++ {
			go w.wait(&stop)
		}
	}
	before, _ := probe.Used()
	start := time.Now()
	o.timers = append(o.timers, probe.Requests(length)...)
	after, _ := probe.Used()
	o.used = append(o.used, float64(after-before)/float64(time.Since(start)))
	trips, err := probe.RoundTrips(client, length)
	o.network = append(o.network, trips...)
	return err
}
