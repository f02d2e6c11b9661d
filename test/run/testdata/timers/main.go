// Timers, tickers, deadlines, coroutines and conditions. Nothing depends on how fast the machine is.
package main

import (
	"context"
	"iter"
	"runtime"
	"sync"
	"time"
)

func main() {
	sleep()
	stopAndReset()
	functions()
	coroutine()
	condition()
	readersAndWriters()
	ended()
}

func sleep() {
	start := time.Now()
	time.Sleep(20 * time.Millisecond)
	println("slept", time.Since(start) >= 20*time.Millisecond, time.Now().Year() > 2020)
	ticker := time.NewTicker(5 * time.Millisecond)
	for i := 0; i < 3; i++ {
		<-ticker.C
	}
	ticker.Stop()
	println("ticks", time.Since(start) >= 35*time.Millisecond)
}

// stopAndReset checks that the channel of a timer looks unbuffered and never gives a stale value.
func stopAndReset() {
	timer := time.NewTimer(time.Hour)
	println(timer.Stop(), timer.Reset(time.Millisecond), len(timer.C), cap(timer.C))
	time.Sleep(5 * time.Millisecond)
	println("expired", timer.Stop(), timer.Stop())
	timer.Reset(time.Hour)
	println("reset", timer.Reset(time.Millisecond))
	select {
	case <-timer.C:
		println("timer")
	case <-time.After(time.Hour):
		println("after")
	}
	select {
	case <-timer.C:
		println("stale value")
	default:
		println("no more")
	}
}

func functions() {
	c := make(chan int)
	time.AfterFunc(2*time.Millisecond, func() { c <- 5 })
	println("func", <-c)
	for i := range 5 {
		time.AfterFunc(time.Duration(50-10*i)*time.Millisecond, func() { c <- i })
	}
	for range 5 {
		println("in order", <-c)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Millisecond)
	<-ctx.Done()
	println(ctx.Err().Error())
	cancel()
}

func numbers(yield func(int) bool) {
	defer println("numbers ended")
	for i := 0; i < 3 && yield(i); i++ {
	}
}

func coroutine() {
	next, stop := iter.Pull(iter.Seq[int](numbers))
	println(next())
	println(next())
	stop()
	println(next())
	done := make(chan bool)
	go func() {
		defer close(done)
		defer println("ended with its sequence")
		next, _ := iter.Pull(func(yield func(int) bool) { runtime.Goexit() })
		next()
		println("not reached")
	}()
	<-done
	next, stop = iter.Pull(func(yield func(int) bool) {
		yield(1)
		panic("in the sequence")
	})
	next()
	defer func() { println("recovered", recover().(string)) }()
	next()
}

func condition() {
	c := sync.NewCond(new(sync.Mutex))
	var wg sync.WaitGroup
	waiting := 0
	for range 3 {
		wg.Go(func() {
			c.L.Lock()
			waiting++
			c.Wait()
			waiting--
			c.L.Unlock()
		})
	}
	for all := false; !all; runtime.Gosched() {
		c.L.Lock()
		all = waiting == 3
		c.L.Unlock()
	}
	c.L.Lock()
	c.Signal()
	c.Broadcast()
	c.L.Unlock()
	wg.Wait()
	println("waiting", waiting)
}

func readersAndWriters() {
	var mu sync.RWMutex
	var wg sync.WaitGroup
	sum := 0
	for range 3 {
		wg.Go(func() {
			for range 50 {
				mu.Lock()
				sum++
				mu.Unlock()
				mu.RLock()
				runtime.Gosched()
				mu.RUnlock()
			}
		})
	}
	wg.Wait()
	println("sum", sum)
}

// ended checks that the stacks of goroutines that have ended are used again.
func ended() {
	var wg sync.WaitGroup
	for range 500 {
		wg.Add(1)
		go wg.Done()
		runtime.Gosched()
	}
	wg.Wait()
	println("ended")
}
