// Command reserve starts goroutines in slots, by os.Args[1].
package main

import (
	"os"
	"runtime"
	"strconv"

	"mote/rtos"
)

var (
	hold, ended rtos.Semaphore
	kept        [][]byte
	n           int
	stats       runtime.MemStats // too large for some stacks
)

// worker waits until it may end.
func worker() {
	hold.Take()
	n++
	ended.Give()
}

func main() {
	capacity, _ := strconv.Atoi(os.Args[2])
	runtime.GC()
	switch os.Args[1] {
	case "full":
		fill()
		rounds(capacity)
		println("ran", n, "on the heap", onHeap())
	case "beyond":
		start(capacity)
		println("on the heap", onHeap() > 0)
		start(runtime.NumCPU()) // another core might still be leaving a stack, so there is one slot more for each
		println("on the heap", onHeap() > 0)
		finish(capacity + runtime.NumCPU())
		rounds(capacity)
		runtime.GC()
		println("ran", n, "on the heap", onHeap())
	case "fullbeyond":
		fill()
		start(capacity)
		println("started", capacity)
		start(runtime.NumCPU())
	}
}

// rounds starts as many goroutines as there are slots, some of them by name, again and again.
func rounds(capacity int) {
	for range 20 {
		start(capacity)
		finish(capacity)
	}
}

func start(count int) {
	for i := range count {
		if i%2 == 0 {
			go worker()
		} else {
			rtos.Go(rtos.Task{Name: "worker", Priority: 4}, worker)
		}
	}
}

// finish waits until goroutines have ended.
func finish(count int) {
	for range count {
		hold.Give()
		ended.Take()
	}
	for runtime.NumGoroutine() > 1 {
		rtos.Yield()
	}
}

// fill takes the heap until there is no room for a stack.
func fill() {
	kept = make([][]byte, 0, 128)
	for size := 1 << 20; size >= 64; size /= 2 {
		for {
			runtime.ReadMemStats(&stats)
			if int(stats.HeapIdle) < 2*size+128 { // the sum of two parts, perhaps

				break
			}
			kept = append(kept, make([]byte, size))
		}
	}
}

// onHeap is how much of the heap stacks take.
func onHeap() int {
	runtime.ReadMemStats(&stats)
	return int(stats.StackInuse)
}
