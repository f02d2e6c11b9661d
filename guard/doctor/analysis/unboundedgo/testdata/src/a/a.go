package a

import (
	"context"
	"net"
)

type semaphore struct{}

func (semaphore) Acquire(context.Context, int64) error { return nil }

func handle(net.Conn) {}

func accept(l net.Listener) error {
	for {
		c, err := l.Accept()
		if err != nil {
			return err
		}
		go handle(c) // want `a goroutine for each connection`
	}
}

func messages(c chan int, work func(int)) {
	for v := range c {
		go work(v) // want `a goroutine for each message`
	}
}

func received(c chan int, work func(int)) {
	for {
		v := <-c
		go func() { work(v) }() // want `a goroutine for each message`
	}
}

// Limits of all kinds.

func tokens(c chan int, work func(int)) {
	sem := make(chan struct{}, 8)
	for v := range c {
		sem <- struct{}{}
		go func() { work(v); <-sem }()
	}
}

func taken(c chan int, pool chan struct{}, work func(int)) {
	for v := range c {
		<-pool
		go work(v)
	}
}

func weighted(l net.Listener, s semaphore) {
	for {
		c, _ := l.Accept()
		s.Acquire(context.Background(), 1)
		go handle(c)
	}
}

func workers(n int, c chan int, work func(int)) {
	for i := 0; i < n; i++ {
		go func() {
			for v := range c {
				work(v)
			}
		}()
	}
}

func slice(list []int, work func(int)) {
	for _, v := range list {
		go work(v)
	}
}

func dispatcher(c, done chan int, work func(int)) {
	for {
		select {
		case <-done:
			return
		case v := <-c:
			go work(v)
		}
	}
}

func joined(work func() int) (sum int) {
	for i := 0; i < 10; i++ {
		c := make(chan int)
		go func() { c <- work() }()
		sum += <-c
	}
	return sum
}
