// Uses what the kernel's flash is counted for: the scheduler, channels, timers and mutexes.
package main

import (
	"time"

	"mote/rtos"
)

var (
	stack [1024]byte
	mutex rtos.Mutex
	total int
)

func main() {
	ch := make(chan int, 2)
	done := make(chan bool)
	rtos.Go(rtos.Task{Name: "producer", Priority: 4, Stack: stack[:]}, func() {
		for i := range 3 {
			time.Sleep(time.Millisecond)
			ch <- i
		}
		close(ch)
	})
	go func() {
		for v := range ch {
			mutex.Lock()
			total += v
			mutex.Unlock()
		}
		done <- true
	}()
	time.AfterFunc(2*time.Millisecond, rtos.Yield)
	<-done
	println(total)
}
