// Command cores looks at where goroutines run: all cores work, pinned ones stay, and go where they are sent; the most urgent ones run.
package main

import (
	"runtime"
	"sync/atomic"
	"time"

	"mote/rtos"
)

func main() {
	runtime.Gosched() // before there is a scheduler
	println("cores:", rtos.NumCores(), runtime.NumCPU(), runtime.GOMAXPROCS(0))
	both()
	pinned()
	sent()
	urgent()
	refused()
}

// both: two goroutines that spin until they have seen each other can only end when they run at the same time.
func both() {
	var here [2]atomic.Bool
	done := make(chan bool)
	for i := range here {
		rtos.Go(rtos.Task{Name: "spin", Priority: rtos.MaxPriority}, func() {
			here[i].Store(true)
			for !here[1-i].Load() {
			}
			done <- true
		})
	}
	println("at the same time:", <-done && <-done)
}

// pinned: goroutines that may run on one core only do, whatever they wait for.
func pinned() {
	wrong := atomic.Int32{}
	done := make(chan bool)
	tokens := make(chan int)
	for core := range rtos.NumCores() {
		for range 3 {
			rtos.Go(rtos.Task{Priority: 2, Cores: rtos.OnCore(core)}, func() {
				for i := range 300 {
					switch i % 4 {
					case 0:
						runtime.Gosched()
					case 1:
						time.Sleep(10 * time.Microsecond)
					case 2:
						select {
						case tokens <- i:
						case <-tokens:
						case <-time.After(time.Millisecond):
						}
					}
					if rtos.Core() != core {
						wrong.Add(1)
					}
				}
				done <- true
			})
		}
	}
	for range 3 * rtos.NumCores() {
		<-done
	}
	println("elsewhere:", wrong.Load())
}

// sent: SetCores moves a goroutine, itself and others, at once.
func sent() {
	wrong := 0
	self := rtos.Self()
	for i := range 200 {
		self.SetCores(rtos.OnCore(i % 2))
		if rtos.Core() != i%2 {
			wrong++
		}
	}
	self.SetCores(0)
	var where atomic.Int32
	var stop atomic.Bool
	done := make(chan bool)
	g := rtos.Go(rtos.Task{Priority: 2}, func() {
		for !stop.Load() {
			where.Store(int32(rtos.Core()))
		}
		done <- true
	})
	for i := range 50 {
		g.SetCores(rtos.OnCore(i % 2))
		for where.Load() != int32(i%2) {
			time.Sleep(rtos.TickLength())
		}
		for range 1000 {
			if where.Load() != int32(i%2) {
				wrong++
			}
		}
	}
	stop.Store(true)
	<-done
	println("not where sent:", wrong)
}

// urgent: of three goroutines that want to run all the time, the least urgent one gets nothing.
func urgent() {
	var counts [3]atomic.Uint32
	var stop atomic.Bool
	done := make(chan bool)
	rtos.Self().SetPriority(rtos.MaxPriority)
	for i := range counts {
		rtos.Go(rtos.Task{Priority: rtos.Priority(1 + min(i, 1))}, func() {
			for !stop.Load() {
				counts[i].Add(1)
			}
			done <- true
		})
	}
	for counts[1].Load() == 0 || counts[2].Load() == 0 { // while this one runs, the least urgent one may have the other core
		time.Sleep(rtos.TickLength())
	}
	before := counts[0].Load()
	time.Sleep(30 * rtos.TickLength())
	println("ran:", counts[0].Load() != before, counts[1].Load() > 0, counts[2].Load() > 0)
	stop.Store(true)
	for range counts {
		<-done
	}
	rtos.Self().SetPriority(rtos.DefaultPriority)
}

func refused() {
	defer func() { println(recover().(string)) }()
	rtos.Go(rtos.Task{Cores: rtos.OnCore(5)}, func() {})
}
