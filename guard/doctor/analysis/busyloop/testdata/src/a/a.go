package a

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

var (
	stop  bool
	state atomic.Int32
	word  uint32
	next  atomic.Pointer[int]
)

// Loops that wait.

func global() {
	for !stop { // want `loop waits for a variable without blocking`
	}
}

func captured() {
	done := false
	go func() { done = true }()
	for !done { // want `loop waits for a variable`
	}
}

func atomics() {
	for state.Load() == 0 { // want `loop waits for a variable`
	}
	for atomic.LoadUint32(&word) != 1 { // want `loop waits for a variable`
	}
	for next.Load() == nil { // want `loop waits for a variable`
	}
	for { // want `loop waits for a variable`
		v := state.Load()
		if v == 1 || v > 7 {
			return
		}
	}
}

func afresh() {
	for v := state.Load(); v == 0; v = state.Load() { // want `loop waits for a variable`
	}
}

func both() {
	for { // want `loop waits for a variable`
		ready := state.Load() > 0 && next.Load() != nil
		if ready {
			return
		}
	}
}

func spinLock() {
	for !state.CompareAndSwap(0, 1) { // want `loop waits for a variable`
	}
	for atomic.SwapUint32(&word, 1) == 1 { // want `loop waits for a variable`
	}
}

func gosched() {
	for state.Load() == 0 { // want `loop waits by runtime.Gosched`
		runtime.Gosched()
	}
	for n := 0; !state.CompareAndSwap(0, 1); n++ { // want `loop waits by runtime.Gosched`
		if n%16 == 0 {
			runtime.Gosched()
		}
	}
}

func clock(until time.Time) {
	for time.Now().Before(until) { // want `loop waits for a time`
	}
	start := time.Now()
	for time.Since(start) < time.Second { // want `loop waits for a time`
	}
}

func contextErr(ctx context.Context) {
	for ctx.Err() == nil { // want `loop waits for a variable`
	}
}

func channel(done chan struct{}, ctx context.Context) {
	for { // want `loop polls a channel`
		select {
		case <-done:
			return
		default:
		}
	}
}

func channelAndContinue(done, other chan struct{}) {
	for { // want `loop waits by runtime.Gosched`
		select {
		case <-done:
			return
		case <-other:
			return
		default:
			runtime.Gosched()
			continue
		}
	}
}

func length(c chan int) {
	for len(c) == 0 { // want `loop waits for a variable`
	}
}

type queue struct {
	mu   sync.Mutex
	n    int
	full atomic.Bool
}

func (q *queue) ready() bool { return q.full.Load() }

func (q *queue) size() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.n
}

func throughMethod(q *queue) {
	for !q.ready() { // want `loop waits for a variable`
	}
}

func underLock(q *queue) {
	for { // want `loop polls under a lock`
		q.mu.Lock()
		if q.n > 0 {
			q.mu.Unlock()
			return
		}
		q.mu.Unlock()
	}
}

func nested() {
	for {
		for !stop { // want `loop waits for a variable`
		}
	}
}

func empty() {
	for { // want `empty endless loop`
	}
}

// Loops that end by themselves or block.

func counted() {
	for i := 0; i < 100; i++ {
	}
	for i := 0; i < 100; i++ {
		if state.Load() == 1 {
			return
		}
	}
	for range 30 {
		if state.CompareAndSwap(0, 1) {
			return
		}
		runtime.Gosched()
	}
}

func lockFree() {
	for {
		old := state.Load()
		if state.CompareAndSwap(old, old+1) {
			return
		}
	}
}

func list(n *node) int {
	depth := 0
	for n != nil {
		n = n.next
		depth++
	}
	for p := n; p != nil; p = p.next {
	}
	return depth
}

type node struct{ next *node }

func sleeping() {
	for !stop {
		time.Sleep(time.Millisecond)
	}
}

func receiving(c chan int, done chan struct{}) {
	for range c {
	}
	for {
		if _, ok := <-c; !ok {
			return
		}
	}
}

func drain(c chan int) {
	for {
		select {
		case <-c:
		default:
			return
		}
	}
}

func working(ctx context.Context, work func()) {
	for {
		select {
		case <-ctx.Done():
			return
		default:
		}
		work()
	}
}

func conditional(n int) {
	done := false
	for i := 0; !done; i++ {
		if i > n {
			done = true
		}
	}
}

func search(s []int, x int) int {
	low, high := 0, len(s)
	for low < high {
		if mid := (low + high) / 2; s[mid] < x {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

func stored(s []int) {
	for s[0] < 10 {
		s[0]++
	}
}

func waiting(q *queue, c *sync.Cond) {
	for !stop {
		c.Wait()
	}
	for {
		select {}
	}
}
