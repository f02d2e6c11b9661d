// Program mutex has goroutines sleep under one lock; the traces beside it are its output with older releases.
package main

import (
	"os"
	"runtime/trace"
	"sync"
	"time"
)

func hold(mu *sync.Mutex, done chan bool) {
	mu.Lock()
	defer mu.Unlock()
	defer func() { done <- true }()

	time.Sleep(20 * time.Millisecond)
}

func main() {
	f, err := os.Create(os.Args[1])
	if err != nil {
		panic(err)
	}
	if err := trace.Start(f); err != nil {
		panic(err)
	}
	var mu sync.Mutex
	done := make(chan bool, 4)
	for range [4]bool{} {
		go hold(&mu, done)
	}
	for range [4]bool{} {
		<-done
	}
	trace.Stop()
}
