// Depths has goroutines whose depth the compiler can bound: each gets a stack of just that size, so that a bound which is too
// small shows as a stack overflow.
package main

import (
	"runtime"
	"time"
)

//go:noinline
func fill(b []byte, v byte) int {
	n := 0
	for i := range b {
		b[i] = v
		n += int(b[i])
	}
	return n
}

//go:noinline
func shallow(v byte) int {
	var b [16]byte
	return fill(b[:], v)
}

//go:noinline
func deep(v byte) int {
	var b [200]byte
	n := fill(b[:], v)
	n += deeper(v + 1)
	return n + fill(b[:], v)
}

//go:noinline
func deeper(v byte) int {
	var b [400]byte
	n := fill(b[:], v)
	n += deepest(v+1, 1.5, 2.5, 3.5)
	return n + fill(b[:], v)
}

//go:noinline
func deepest(v byte, x, y, z float64) int {
	var b [100]byte
	n := fill(b[:], v)
	f := mix(x, y) * mix(y, z) * mix(z, x) // values that live across calls
	runtime.Gosched()
	return n + int(f) + shallow(v)
}

//go:noinline
func mix(x, y float64) float64 { return x*y + x/y - y }

type node struct {
	next *node
	v    int
}

//go:noinline
func list(n int) *node {
	var head *node
	for i := range n {
		head = &node{head, i}
	}
	return head
}

// collecting has a list on its stack that collections must find.
func collecting(out chan int) {
	head := list(20)
	for range 40 {
		list(10)
		runtime.GC()
	}
	sum := 0
	for ; head != nil; head = head.next {
		sum += head.v
	}
	out <- sum
}

func calling(out chan int, v int) {
	n := 0
	for i := range 50 {
		n += deep(byte(v + i))
	}
	out <- n
}

func sleeping(out chan int) {
	time.Sleep(2 * time.Millisecond)
	out <- shallow(3)
}

func selecting(in, out chan int) {
	for range 20 {
		select {
		case v := <-in:
			out <- v + 1
		case out <- -1:
		}
	}
	close(out)
}

func spinning(stop chan bool, out chan int) {
	for {
		select {
		case <-stop:
			out <- deep(9)
			return
		default:
			shallow(1)
		}
	}
}

func run(goroutines ...func(chan int)) {
	out := make(chan int)
	for _, f := range goroutines {
		f(out)
	}
	sum := 0
	for range goroutines {
		sum += <-out
	}
	println(sum)
}

func main() {
	run(func(out chan int) { go calling(out, 1) }, func(out chan int) { go calling(out, 2) })
	run(func(out chan int) { go collecting(out) }, func(out chan int) { go collecting(out) })
	run(func(out chan int) { go sleeping(out) }, func(out chan int) { go sleeping(out) })

	in, out := make(chan int), make(chan int)
	go selecting(in, out)
	n := 0
	for range out {
		n++
	}
	println(n)

	stop, answer := make(chan bool), make(chan int)
	go spinning(stop, answer)
	time.Sleep(20 * time.Millisecond) // interrupts come at every depth
	stop <- true
	println(<-answer)
}
