// Command fault has a task that misbehaves in the way of the first argument. With the second one, "contained", it does so a hundred times, while
// it holds a mutex that somebody waits for and others work; then it tells how much memory that took.
package main

import (
	"os"
	"runtime"
	"time"

	"mote/rtos"
)

const (
	before = 5   // faults until memory is measured
	faults = 100 // after that

	goroutines = 2 // that do not fault
)

var (
	lock   rtos.Mutex
	taken  rtos.Semaphore // by the culprit, who has the mutex
	ended  rtos.Semaphore // by the culprit, who has got away with it
	worked int            // by the goroutine that goes on meanwhile
	handed int            // times the mutex was handed over
	values [8]float64
)

// cushioned is a stack with room below, for boards that notice too late that it has overflowed.
var cushioned struct {
	cushion [3072]byte
	stack   [1536]byte
}

func main() {
	kind := os.Args[1]
	if !misbehaves(kind) {
		println("not on this board:", kind)
		return
	}
	if len(os.Args) < 3 {
		rtos.Go(rtos.Task{Name: "culprit", Priority: 4, Stack: cushioned.stack[:]}, func() {
			misbehave(kind)
			ended.Give()
		})
		ended.Take()
		println("no fault")
		return
	}
	go func() {
		for {
			worked++
			values[worked%8] += 0.5 // floating point state, where there are registers for it
			rtos.Yield()
		}
	}()
	for range before {
		offend(kind)
	}
	settle()
	heap, work := inUse(), worked
	for range faults {
		offend(kind)
	}
	settle()
	println("handed over:", handed, "more goroutines:", runtime.NumGoroutine()-goroutines, "leaked:", inUse() > heap+256, "others worked:", worked > work)
}

// settle waits, though not for good, until the last culprit has ended: on another core it may still be about to when its mutex is handed over.
func settle() {
	for looks := 0; looks < 100 && runtime.NumGoroutine() > goroutines; looks++ {
		time.Sleep(rtos.TickLength())
	}
}

// offend lets a contained task fault with the mutex held, on another core if there is one, and takes it over.
func offend(kind string) {
	rtos.Go(rtos.Task{Name: "culprit", Priority: 4, Contained: true, Cores: rtos.OnCore(rtos.NumCores() - 1)}, func() {
		lock.Lock()
		taken.Give()
		values[0] *= 1.5
		time.Sleep(rtos.TickLength())
		misbehave(kind)
	})
	taken.Take()
	if err := lock.LockWithin(rtos.Within(time.Second)); err != nil {
		println("the mutex of the culprit:", err.Error())
		os.Exit(1)
	}
	handed++
	lock.Unlock()
}
