// Command soak lets goroutines of all priorities and interrupt handlers use everything that the kernel has, at random times, until the
// processor has changed goroutines as often as the argument says. Meanwhile and in the end it looks for what must not be: units
// and messages that are lost, doubled or damaged, two owners of a mutex, an owner less urgent than who waits for it.
package main

import (
	"os"
	"strconv"
	"sync/atomic"
	"time"

	"mote/rtos"
)

var (
	stop     atomic.Bool
	switches uint32         // that goroutines have noticed: fewer than there were
	last     uint32         // who noticed the last one
	workers  int            // goroutines that work calls
	ended    rtos.Semaphore // by goroutines that have seen stop
	names    [32]string     // of those that have not
	seed     atomic.Uint32
)

// random is a generator that goroutines and handlers share.
func random() uint32 {
	x := seed.Add(0x9e3779b9)
	x ^= x >> 16
	x *= 0x85ebca6b
	x ^= x >> 13
	return x
}

// work starts a goroutine that calls step until the end.
func work(name string, priority rtos.Priority, step func(id uint32)) rtos.Goroutine {
	return workOn(0, name, priority, step)
}

// workOn is work on some of the cores.
func workOn(cores rtos.Cores, name string, priority rtos.Priority, step func(id uint32)) rtos.Goroutine {
	workers++
	id := uint32(workers)
	names[id] = name
	return rtos.Go(rtos.Task{Name: name, Priority: priority, Cores: cores}, func() {
		for !stop.Load() {
			step(id)
			if last != id { // a count that a preemption spoils by one does no harm
				last = id
				switches++
			}
			if random()%8 == 0 {
				kick()
			}
		}
		names[id] = ""
		ended.Give()
	})
}

// soon is a Timeout of up to three milliseconds, of none at times.
func soon() rtos.Timeout { return rtos.Within(time.Duration(random()%3_000_000) - 100_000) }

func wrong(what string, a, b uint32) {
	println(what, a, b, "after", switches, "switches")
	panic("an invariant does not hold")
}

func main() {
	wanted := uint32(50_000)
	if len(os.Args) > 1 {
		n, err := strconv.Atoi(os.Args[1])
		if err != nil {
			wrong("argument", 0, 0)
		}
		wanted = uint32(n)
	}
	rtos.Self().SetPriority(rtos.MaxPriority)
	startUnits()
	startMessages()
	startLocks()
	startHandlers()
	for switches < wanted {
		time.Sleep(20 * time.Millisecond)
	}
	stop.Store(true)
	stopHandlers()
	for range workers {
		if ended.TakeWithin(rtos.Within(10*time.Second)) != nil {
			for _, name := range names {
				if name != "" {
					println(name)
				}
			}
			wrong("these goroutines do not end", uint32(workers), uint32(ended.Count()))
		}
	}
	checkUnits()
	checkMessages()
	println("handled:", handled.Load(), "units:", given[0].Load()+given[1].Load(), "messages:", messages(), "locks:", locks, "timeouts:", timeouts)
	println("ok:", switches >= wanted)
}
