package main

import (
	"sync/atomic"
	"time"

	"mote/rtos"
)

// Semaphores and events: handlers and goroutines give, goroutines take.

var (
	units    [2]rtos.Semaphore
	given    [2]atomic.Uint32
	taken    [2]atomic.Uint32
	flags    rtos.Events
	set, got [2]atomic.Uint32 // how often a flag was set and seen
	timeouts int
)

// give counts first: nobody sees more units than were given.
func give(n uint32) {
	given[n].Add(1)
	units[n].Give()
}

func raise(n uint32) {
	set[n].Add(1)
	flags.Set(1 << n)
}

func take(n uint32) {
	seen := taken[n].Add(1)
	if all := given[n].Load(); seen > all {
		wrong("more units taken than given", seen, all)
	}
}

func startUnits() {
	for n := range uint32(2) {
		for priority := rtos.Priority(2); priority < 6; priority += 2 {
			work("taker", priority+rtos.Priority(n), func(uint32) {
				switch {
				case random()%4 == 0 && units[n].TryTake():
					take(n)
				case units[n].TakeWithin(soon()) == nil:
					take(n)
				default:
					timeouts++
				}
			})
		}
	}
	work("giver", 4, func(uint32) {
		give(random() % 2)
		raise(random() % 2)
		time.Sleep(time.Duration(random() % 500_000))
	})
	work("events", 6, func(uint32) {
		v, err := flags.WaitAny(3, soon())
		if err != nil {
			timeouts++
			return
		}
		flags.Clear(v)
		for n := range uint32(2) {
			seen := got[n].Add(v >> n & 1)
			if all := set[n].Load(); seen > all {
				wrong("more events than were set", seen, all)
			}
		}
	})
}

func checkUnits() {
	for n := range units {
		if given, sum := given[n].Load(), taken[n].Load()+uint32(units[n].Count()); given != sum {
			wrong("units given, taken and left", given, sum)
		}
	}
	for n := range uint32(2) {
		if set[n].Load() > 0 && got[n].Load() == 0 && flags.Get()>>n&1 == 0 {
			wrong("events lost", set[n].Load(), flags.Get())
		}
	}
}
