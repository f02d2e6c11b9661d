// Many goroutines of all priorities wait for one thing each time, and are woken: what takes longer the more of them wait, does not mask
// interrupts for longer.
package main

import (
	"time"

	"mote/rtos"
)

const crowd = 14

var (
	sem    rtos.Semaphore
	mutex  rtos.Mutex
	events rtos.Events
	small  = make(chan int)
	buffer = make(chan [8]uint32, 3)
	large  = make(chan [64]byte)
	closed = make(chan bool)
	picks  [8]chan int
	done   = make(chan bool, crowd)
)

// each runs f in as many goroutines as the crowd has, of priorities from below main's to above it, and waits until they wait.
func each(f func(i int)) {
	for i := range crowd {
		rtos.Go(rtos.Task{Name: "waiter", Priority: rtos.Priority(i * 5 % 8)}, func() {
			f(i)
			done <- true
		})
	}
	time.Sleep(2 * time.Millisecond)
}

func finish() {
	for range crowd {
		<-done
	}
}

func main() {
	each(func(int) { sem.Take() })
	for range crowd {
		sem.Give()
	}
	finish()

	each(func(int) { sem.TakeWithin(rtos.Within(3 * time.Millisecond)) })
	finish()

	mutex.Lock()
	each(func(int) { mutex.Lock(); mutex.Unlock() })
	mutex.Unlock()
	finish()

	each(func(i int) { events.WaitAll(1<<i|1<<20, rtos.Forever) })
	events.Set(1<<crowd - 1)
	events.Set(1 << 20)
	finish()

	each(func(int) { <-small })
	for i := range crowd {
		small <- i
	}
	finish()

	each(func(i int) { small <- i })
	for range crowd {
		<-small
	}
	finish()

	each(func(int) { buffer <- [8]uint32{} })
	for range crowd {
		<-buffer
	}
	finish()

	each(func(int) { large <- [64]byte{} })
	for range crowd {
		<-large
	}
	finish()

	each(func(int) { <-closed })
	close(closed)
	finish()

	for i := range picks {
		picks[i] = make(chan int)
	}
	each(func(int) {
		select {
		case <-picks[0]:
		case <-picks[1]:
		case <-picks[2]:
		case <-picks[3]:
		case <-picks[4]:
		case <-picks[5]:
		case <-picks[6]:
		case picks[7] <- 1:
		}
	})
	for i := range crowd {
		picks[i%7] <- i
	}
	finish()

	each(func(i int) { time.Sleep(time.Duration(i%3) * time.Millisecond) })
	finish()
	println("done")
}
