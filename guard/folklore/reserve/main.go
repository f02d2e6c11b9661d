// Reserve measures what becomes of network requests beside eight goroutines that compute, with fewer processors than CPUs ("reserving" some), as many, and more.
package main

import (
	"fmt"
	"os"
	"runtime"
	"time"

	"github.com/mote-go/mote/guard/folklore/probe"
)

const hogs = 8

// outcome is what one setting of GOMAXPROCS gave.
type outcome struct {
	procs  int
	delays probe.Delays // of round trips over the loopback: client and server are in this process
	timers probe.Delays // of goroutines that come back from sleeping
	work   float64      // of the hogs, relative to the first setting
}

func main() {
	cpus := runtime.NumCPU()
	fmt.Printf("%s, %d CPUs, %d hogs\n", runtime.Version(), cpus, hogs)
	outcomes, err := measure([]int{cpus, max(1, cpus/2), 2 * cpus, cpus + hogs}, 5, 500*time.Millisecond)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for _, o := range outcomes {
		fmt.Printf("GOMAXPROCS=%-3d round trip %v  timers late by %v  hogs' work %3.0f%%\n", o.procs, o.delays, o.timers, 100*o.work)
	}
}

// measure takes the settings in turn, several times, so that what else goes on in the machine falls on all of them.
func measure(settings []int, rounds int, length time.Duration) ([]outcome, error) {
	client, err := probe.Echo()
	if err != nil {
		return nil, err
	}
	defer client.Close()
	outcomes := make([]outcome, len(settings))
	work := make([]int64, len(settings))
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for range make([]struct{}, rounds) {
		for i, procs := range settings {
			runtime.GOMAXPROCS(procs)
			o := &outcomes[i]
			o.procs = procs
			h := probe.StartHogs(hogs)
			trips, err := probe.RoundTrips(client, length)
			if err != nil {
				return nil, err
			}
			o.delays = append(o.delays, trips...)
			o.timers = append(o.timers, probe.Requests(length)...)
			work[i] += h.Stop()
		}
	}
	for i := range outcomes {
		outcomes[i].work = float64(work[i]) / float64(work[0])
	}
	return outcomes, nil
}
