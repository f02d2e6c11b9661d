// Command storm requests interrupts at random from goroutines and from handlers, which wake the goroutines by every means that handlers
// have. In the end nothing may be lost.
package main

import (
	"runtime/interrupt"
	"sync/atomic"
	"time"

	"mote/rtos"
)

const (
	sources  = 6
	requests = 5000
)

var (
	irqs  [sources]interrupt.Interrupt
	ran   [sources]atomic.Uint32 // handlers that ran
	given [2]rtos.Semaphore      // by sources 0, 1
	flags rtos.Events            // bits 2, 3 by these sources
	sent  = make(chan int, 8)    // by sources 4, 5
	full  atomic.Uint32          // values that had no room
	seed  atomic.Uint32
	depth atomic.Int32
	taken [sources]atomic.Uint32
)

// random is a linear congruential generator that handlers share.
func random() uint32 { return seed.Add(0x9e3779b9) * 0x85ebca6b >> 8 }

func handle(i interrupt.Interrupt) {
	depth.Add(1)
	n := i.Number() - first
	ran[n].Add(1)
	switch {
	case n < 2:
		given[n].Give()
	case n < 4:
		flags.Set(1 << n)
	default:
		if !rtos.TrySend(sent, n) {
			full.Add(1)
		}
	}
	if r := random(); r%4 == 0 {
		request(r / 4 % sources)
	}
	depth.Add(-1)
}

// requested counts what was asked for; while a request is pending another one adds nothing.
var requested atomic.Uint32

func request(n uint32) {
	requested.Add(1)
	irqs[n].Pend()
}

// first is the first of the interrupts that are used; boards have no devices there that request them.
const first = 16

func main() {
	a := interrupt.New(first, handle)
	a.SetPriority(0x40)
	b := interrupt.New(first+1, handle)
	b.SetPriority(0x80)
	c := interrupt.New(first+2, handle)
	c.SetPriority(0xc0)
	d := interrupt.New(first+3, handle)
	d.SetPriority(0x40)
	e := interrupt.New(first+4, handle)
	e.SetPriority(0x80)
	f := interrupt.New(first+5, handle)
	f.SetPriority(0xc0)
	irqs = [sources]interrupt.Interrupt{a, b, c, d, e, f}
	for _, irq := range irqs {
		irq.Enable()
	}
	for n := range given {
		rtos.Go(rtos.Task{Name: "semaphore", Priority: rtos.Priority(4 + n)}, func() {
			for {
				given[n].Take()
				taken[n].Add(1)
			}
		})
	}
	rtos.Go(rtos.Task{Name: "events", Priority: 5}, func() {
		for {
			v, _ := flags.WaitAny(1<<2|1<<3, rtos.Forever)
			flags.Clear(v)
			for n := 2; n < 4; n++ {
				taken[n].Add(v >> n & 1)
			}
		}
	})
	rtos.Go(rtos.Task{Name: "channel", Priority: 4}, func() {
		for n := range sent {
			taken[n].Add(1)
		}
	})
	for range requests {
		request(random() % sources)
	}
	settle()
	report()
}

// settle gives goroutines on other cores the time to take what was given, though not for good.
func settle() {
	for looks := 0; looks < 100 && !(semaphore(0) && semaphore(1) && channel()); looks++ {
		time.Sleep(rtos.TickLength())
	}
}

func semaphore(n int) bool { return ran[n].Load() == taken[n].Load() }

func channel() bool {
	return ran[4].Load()+ran[5].Load() == taken[4].Load()+taken[5].Load()+full.Load()
}

// report compares what handlers did with what goroutines got.
func report() {
	total := uint32(0)
	for n := range ran {
		total += ran[n].Load()
	}
	println("depth:", depth.Load())
	println("semaphores:", semaphore(0), semaphore(1))
	println("channel:", channel())
	println("events:", taken[2].Load() > 0 && taken[2].Load() <= ran[2].Load(), taken[3].Load() > 0 && taken[3].Load() <= ran[3].Load())
	println("every source:", total > requests && total <= requested.Load())
}
