package main

import (
	"runtime/interrupt"
	"sort"
	"sync"
	"time"

	"mote/rtos"
)

var (
	mu    sync.Mutex
	ints  = make(chan int, 4)
	large = make(chan [40]byte, 4)
	once  sync.Once
	list  []int
	given rtos.Semaphore
	flags rtos.Events
)

func setup() {
	ints <- 2 // ERROR handler of interrupt 2.* waits: a send waits for a receiver \(main.handle → .*main.setup\)
}

func handle(i interrupt.Interrupt) {
	mu.Lock()   // ERROR waits \(main.handle → sync.\(\*Mutex\).Lock → .*runtime.park\)
	mu.Unlock() // ERROR changes what only goroutines may change
	if mu.TryLock() {
		list[0]++
	}
	ints <- 1             // ERROR waits: a send waits for a receiver
	<-ints                // ERROR waits: a receive waits for a sender
	for v := range ints { // ERROR waits: a receive waits for a sender
		println(v)
	}
	select { // ERROR waits: a select without default waits
	case ints <- 1:
	case v := <-ints:
		println(v)
	}
	select {
	case ints <- 1:
	default:
	}
	select {
	case v, ok := <-ints:
		println(v, ok)
	default:
	}
	select {
	case large <- [40]byte{}:
	default:
	}
	select { // ERROR changes what only goroutines may change: a select over several channels
	case ints <- 1:
	case v := <-ints:
		println(v)
	default:
	}
	time.Sleep(1) // ERROR waits \(main.handle → time.Sleep
	close(large)  // ERROR changes what only goroutines may change \(main.handle → runtime.closechan
	println(rtos.TrySend(ints, 1), rtos.Now())
	v, ok := rtos.TryRecv(ints)
	println(v, ok)
	given.Give()
	println(given.TryTake())
	flags.Set(1)
	rtos.TrySend(large, [40]byte{})
	given.Take()                                 // ERROR waits
	flags.WaitAny(1, rtos.Forever)               // ERROR waits
	rtos.Send(ints, 1, rtos.Within(time.Second)) // ERROR waits
	once.Do(setup)                               // ERROR waits
	sort.Sort(order{})                           // what it calls back is looked at
}

type order struct{}

func (order) Len() int           { return 2 }
func (order) Less(i, j int) bool { return list[i] < list[j] }
func (order) Swap(i, j int) {
	time.Sleep(1) // ERROR waits \(main.handle → sort.Sort → .*main.order.Swap → time.Sleep
}

func main() {
	interrupt.New(2, handle).Enable()
}
