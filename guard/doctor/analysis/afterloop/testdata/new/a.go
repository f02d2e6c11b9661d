package a

import (
	"context"
	"time"
)

func consume(ctx context.Context, c chan int, work func(int)) {
	for {
		select {
		case v := <-c:
			work(v)
		case <-time.After(time.Minute): // want `each pass makes a channel and a timer`
			return
		}
	}
}

func label(c chan int, work func(int)) {
loop:
	for {
		select {
		case v := <-c:
			if v == 0 {
				break loop
			}
			work(v)
		case <-time.After(time.Minute): // want `each pass makes a channel and a timer`
			break loop
		}
	}
}

// The timer fires in each pass.
func retry(ctx context.Context, try func() error) error {
	for try() != nil {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
	return nil
}

func outside(c chan int) {
	timeout := time.After(time.Second)
	for {
		select {
		case <-c:
		case <-timeout:
			return
		}
	}
}

func once(c chan int) {
	select {
	case <-c:
	case <-time.After(time.Second):
	}
}

func sleep() {
	for {
		<-time.After(time.Second)
	}
}
