// Command stress lets both cores allocate, collect, start and end goroutines, lock, send, select, sleep and count at the same time, and adds up in the
// end what must have come out.
package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// node is a tree that collections have to keep alive through both cores' registers and stacks.
type node struct {
	left, right *node
	value       int
}

func build(depth, value int) *node {
	if depth == 0 {
		return &node{value: value}
	}
	return &node{build(depth-1, value), build(depth-1, value), value}
}

func (n *node) sum() int {
	if n == nil {
		return 0
	}
	return n.value + n.left.sum() + n.right.sum()
}

func main() {
	rounds, _ := strconv.Atoi(os.Args[1])
	var wg sync.WaitGroup
	start := func(n int, f func(id int)) {
		for id := range n {
			wg.Add(1)
			go func() {
				defer wg.Done()
				f(id)
			}()
		}
	}

	var trees atomic.Int64
	start(4, func(id int) {
		for range rounds {
			trees.Add(int64(build(6, id).sum()))
		}
	})

	var mu sync.RWMutex
	shared := map[string]int{}
	start(4, func(id int) {
		for i := range rounds {
			key := strconv.Itoa(i % 17)
			mu.Lock()
			shared[key]++
			mu.Unlock()
			mu.RLock()
			_ = shared[key]
			mu.RUnlock()
		}
	})

	in, out := make(chan []byte, 3), make(chan string)
	start(3, func(int) {
		for b := range in {
			sum := sha256.Sum256(b)
			out <- hex.EncodeToString(sum[:4])
		}
	})
	hashes := map[string]int{}
	wg.Add(1)
	go func() {
		defer wg.Done()
		for range rounds {
			hashes[<-out]++
		}
		close(in)
	}()
	start(1, func(int) {
		for i := range rounds {
			in <- []byte(strconv.Itoa(i % 5))
		}
	})

	var births atomic.Int64
	start(2, func(int) {
		for range rounds {
			done := make(chan int)
			go func() { births.Add(1); done <- 1 }()
			select {
			case <-done:
			case <-time.After(time.Minute):
				panic("a goroutine that did not run")
			}
		}
	})

	var ticks atomic.Int64
	start(2, func(id int) {
		t := time.NewTicker(time.Millisecond)
		defer t.Stop()
		for range 20 {
			<-t.C
			ticks.Add(1)
			runtime.GC()
		}
	})

	var pool sync.Pool
	var once sync.Once
	var onces atomic.Int32
	start(2, func(int) {
		for range rounds {
			b, _ := pool.Get().(*[128]byte)
			if b == nil {
				b = new([128]byte)
			}
			b[5]++
			pool.Put(b)
			once.Do(func() { onces.Add(1) })
		}
	})

	wg.Wait()
	total := 0
	for _, n := range shared {
		total += n
	}
	fmt.Println(trees.Load() == int64(rounds*127*(0+1+2+3)), total == 4*rounds, len(hashes), births.Load() == int64(2*rounds), ticks.Load(), onces.Load())
}
