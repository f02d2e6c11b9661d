// Command pool shares a pool of mote/mem between goroutines, which preempt each other anywhere, and a handler.
package main

import (
	"runtime"
	"runtime/interrupt"
	"sync/atomic"
	"time"

	"mote/mem"
)

type block struct{ owner, round uint32 }

var (
	backing  [3]mem.Block[block]
	blocks   mem.Pool[block]
	held     *block // by the handler
	pended   atomic.Uint32
	spoiled  atomic.Uint32
	finished atomic.Bool
)

const handlerID = 99

// onPend takes a block, and gives it back next time.
func onPend(interrupt.Interrupt) {
	n := pended.Add(1)
	if held == nil {
		if held = blocks.Get(); held != nil {
			*held = block{handlerID, n}
		}
		return
	}
	if held.owner != handlerID || held.round != n-1 {
		spoiled.Add(1)
	}
	blocks.Put(held)
	held = nil
}

// use takes blocks and gives them back until the time is over.
func use(id uint32, done chan bool) {
	for round := uint32(0); !finished.Load(); round++ {
		if b := blocks.Get(); b != nil {
			*b = block{id, round}
			runtime.KeepAlive(b)
			if *b != (block{id, round}) {
				spoiled.Add(1)
			}
			blocks.Put(b)
		}
	}
	done <- true
}

func main() {
	blocks.Init(backing[:])
	irq := interrupt.New(20, onPend)
	irq.Enable()
	done := make(chan bool)
	go use(1, done)
	go use(2, done)
	for end := time.Now().Add(300 * time.Millisecond); time.Now().Before(end); {
		irq.Pend()
		irq.Pend()
		runtime.Gosched() // the others, for a slice each
		irq.Pend()
	}
	finished.Store(true)
	<-done
	<-done
	irq.Disable()
	if held != nil {
		blocks.Put(held)
	}
	println("spoiled:", spoiled.Load(), "free:", blocks.Free(), "handled:", pended.Load() > 10)
}
