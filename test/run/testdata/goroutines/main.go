// Goroutines covers channels, select, timers, sync and context.
package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

func sieve(n int) {
	ch := make(chan int)
	go func(out chan int) {
		for i := 2; ; i++ {
			out <- i
		}
	}(ch)
	for range n {
		prime := <-ch
		fmt.Print(prime, " ")
		next := make(chan int)
		go func(in, out chan int) {
			for {
				if v := <-in; v%prime != 0 {
					out <- v
				}
			}
		}(ch, next)
		ch = next
	}
	fmt.Println()
}

func pool() {
	jobs, results := make(chan int, 4), make(chan int, 4)
	var wg sync.WaitGroup
	for range 3 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range jobs {
				results <- j * j
			}
		}()
	}
	go func() {
		for i := range 20 {
			jobs <- i
		}
		close(jobs)
		wg.Wait()
		close(results)
	}()
	sum := 0
	for r := range results {
		sum += r
	}
	fmt.Println("pool", sum)
}

func timers() {
	start := time.Now()
	select {
	case <-time.After(20 * time.Millisecond):
		fmt.Println("after")
	case <-make(chan int):
	}
	tick := time.NewTicker(5 * time.Millisecond)
	for range 3 {
		<-tick.C
	}
	tick.Stop()
	t := time.NewTimer(time.Hour)
	fmt.Println(t.Stop(), t.Reset(time.Millisecond))
	<-t.C
	done := make(chan string)
	time.AfterFunc(time.Millisecond, func() { done <- "afterfunc" })
	fmt.Println(<-done, time.Since(start) >= 36*time.Millisecond)
	time.Sleep(2 * time.Millisecond)
}

func preempt() {
	var stop atomic.Bool
	go func() {
		time.Sleep(5 * time.Millisecond)
		stop.Store(true)
	}()
	n := 0
	for !stop.Load() {
		n++
	}
	fmt.Println("preempted", n > 0)
}

func locks() {
	var mu sync.RWMutex
	var once sync.Once
	cond := sync.NewCond(&sync.Mutex{})
	ready, total := false, 0
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() {
			once.Do(func() { fmt.Println("once") })
			cond.L.Lock()
			for !ready {
				cond.Wait()
			}
			cond.L.Unlock()
			mu.Lock()
			total += i
			mu.Unlock()
			mu.RLock()
			_ = total
			mu.RUnlock()
		})
	}
	cond.L.Lock()
	ready = true
	cond.Broadcast()
	cond.L.Unlock()
	wg.Wait()
	var m sync.Map
	m.Store("a", 1)
	v, ok := m.Load("a")
	p := sync.Pool{New: func() any { return "new" }}
	fmt.Println(total, v, ok, p.Get())
}

func main() {
	sieve(12)
	pool()
	timers()
	preempt()
	locks()
	c := make(chan int, 2)
	c <- 1
	close(c)
	a, ok := <-c
	b, ok2 := <-c
	fmt.Println(a, ok, b, ok2, len(c), cap(c))
	select {
	case v, ok := <-c:
		fmt.Println("closed", v, ok)
	default:
		fmt.Println("default")
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Millisecond)
	defer cancel()
	<-ctx.Done()
	fmt.Println(ctx.Err(), errors.Is(ctx.Err(), context.DeadlineExceeded))
}
