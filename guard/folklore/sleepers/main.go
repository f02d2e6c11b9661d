// Sleepers measures what ten thousand goroutines that sleep, or wait for a channel, take from those that run: processor time, and the punctuality of
// requests. Beside them a thousand that wake a hundred times a second, which do take some, since they run.
package main

import (
	"fmt"
	"runtime"
	"time"

	"github.com/mote-go/mote/guard/folklore/probe"
)

// crowd is a kind of goroutines in the background; start returns a function that ends them.
type crowd struct {
	name  string
	start func() (end func())
}

func crowds() []crowd {
	return []crowd{
		{"none", func() func() { return func() {} }},
		{"10,000 asleep", func() func() { return waiting(10_000, sleep) }},
		{"10,000 at a channel", func() func() { return waiting(10_000, receive) }},
		{"1,000 waking at 100 Hz", func() func() { return waiting(1_000, tick) }},
	}
}

// waiting starts n goroutines and waits until they have all begun.
func waiting(n int, wait func(quit chan struct{})) (end func()) {
	quit, began, ended := make(chan struct{}), make(chan struct{}), make(chan struct{})
	for i := 0; i < n; i++ {
		go func() {
			began <- struct{}{}
			wait(quit)
			ended <- struct{}{}
		}()
	}
	for i := 0; i < n; i++ {
		<-began
	}
	return func() {
		close(quit)
		for i := 0; i < n; i++ {
			<-ended
		}
	}
}

func sleep(quit chan struct{}) {
	timer := time.NewTimer(time.Hour) // time.Sleep(time.Hour) that can be ended
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-quit:
	}
}

func receive(quit chan struct{}) { <-quit }

func tick(quit chan struct{}) {
	for {
		select {
		case <-quit:
			return
		default:
			time.Sleep(10 * time.Millisecond)
		}
	}
}

// outcome is what was measured beside one crowd.
type outcome struct {
	name   string
	delays probe.Delays
	idle   []float64 // processors used while nothing but the crowd was there
	work   []float64 // blocks per second that one hog for each processor hashed
}

func main() {
	fmt.Printf("%s, GOMAXPROCS %d\n", runtime.Version(), runtime.GOMAXPROCS(0))
	for _, o := range measure(crowds(), 5, 300*time.Millisecond) {
		fmt.Printf("%-24s requests late by %v  CPUs used idle %.3f  hogs %8.0f blocks/s\n", o.name, o.delays, probe.Median(o.idle), probe.Median(o.work))
	}
}

// measure takes the crowds in turn, several times, so that what else goes on in the machine falls on all of them.
func measure(crowds []crowd, rounds int, length time.Duration) []outcome {
	outcomes := make([]outcome, len(crowds))
	for range make([]struct{}, rounds) {
		for i, c := range crowds {
			outcomes[i].name = c.name
			outcomes[i].beside(c, length)
		}
	}
	return outcomes
}

func (o *outcome) beside(c crowd, length time.Duration) {
	end := c.start()
	defer end()
	runtime.GC() // of what the crowd before left
	before, _ := probe.Used()
	start := time.Now()
	time.Sleep(length)
	after, _ := probe.Used()
	o.idle = append(o.idle, float64(after-before)/float64(time.Since(start)))
	o.delays = append(o.delays, probe.Requests(length)...)
	start = time.Now()
	h := probe.StartHogs(runtime.GOMAXPROCS(0))
	time.Sleep(length)
	blocks := h.Stop()
	o.work = append(o.work, float64(blocks)/time.Since(start).Seconds())
}
