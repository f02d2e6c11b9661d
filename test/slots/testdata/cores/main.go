// Command cores starts and ends goroutines on both cores at the same time.
package main

import (
	"runtime"
	"sync/atomic"

	"mote/rtos"
)

const (
	rounds  = 2000
	workers = 8 // of each starter
)

var ran, wrong atomic.Uint32

// worker uses its stack and looks whether somebody else does.
func worker(done *rtos.Semaphore, seed uint32) {
	var own [16]uint32
	for i := range own {
		own[i] = seed + uint32(i)
	}
	look(&own, seed)
	ran.Add(1)
	done.Give()
}

//go:noinline
func look(own *[16]uint32, seed uint32) {
	rtos.Yield()
	for i, v := range own {
		if v != seed+uint32(i) {
			wrong.Add(1)
		}
	}
}

func starter(done *rtos.Semaphore, seed uint32) {
	for round := range uint32(rounds) {
		for i := range uint32(workers) {
			go worker(done, seed+round*workers+i)
		}
		for range workers {
			done.Take()
		}
	}
}

var (
	each  [2]rtos.Semaphore
	ended rtos.Semaphore
	stats runtime.MemStats
)

func main() {
	rtos.Go(rtos.Task{Name: "second", Priority: 3, Cores: rtos.OnCore(1)}, func() {
		starter(&each[1], 1<<24)
		ended.Give()
	})
	starter(&each[0], 0)
	ended.Take()
	runtime.ReadMemStats(&stats)
	println("ran", ran.Load(), "wrong", wrong.Load(), "on the heap", stats.StackInuse)
}
