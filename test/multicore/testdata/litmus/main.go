// Command litmus runs the classic litmus tests of memory models on two cores: small programs of two goroutines, one on each, that only
// atomic operations order (go.dev/ref/mem). Each is run many times, both sides as close together as a barrier gets them, and
// counts the outcomes that no interleaving explains.
package main

import (
	"sync/atomic"

	"mote/rtos"
)

const rounds = 20_000

// side is one goroutine of a test.
type side func() (r0, r1 uint32)

// test is two sides, and what their results together must not be.
type test struct {
	name      string
	sides     [2]side
	forbidden func(a0, a1, b0, b1 uint32) bool
}

// Every variable is on a line of its own, if there are any lines.
var x, y struct {
	atomic.Uint32
	_ [60]byte
}

// data is written and read without atomics, under the protection of a flag.
var data uint32

// box is what publish publishes.
type box struct{ a, b uint32 }

var published atomic.Pointer[box]

func tests() []test {
	return []test{
		{"message passing",
			[2]side{
				func() (r0, r1 uint32) { data = 42; y.Store(1); return },
				func() (r0, r1 uint32) {
					if r0 = y.Load(); r0 == 1 {
						r1 = data
					}
					return
				},
			},
			func(_, _, flag, seen uint32) bool { return flag == 1 && seen != 42 }},
		{"store buffering",
			[2]side{
				func() (r0, r1 uint32) { x.Store(1); return y.Load(), 0 },
				func() (r0, r1 uint32) { y.Store(1); return x.Load(), 0 },
			},
			func(a, _, b, _ uint32) bool { return a == 0 && b == 0 }},
		{"load buffering",
			[2]side{
				func() (r0, r1 uint32) { r0 = x.Load(); y.Store(1); return },
				func() (r0, r1 uint32) { r0 = y.Load(); x.Store(1); return },
			},
			func(a, _, b, _ uint32) bool { return a == 1 && b == 1 }},
		{"coherence of reads",
			[2]side{
				func() (r0, r1 uint32) { x.Store(1); x.Store(2); return },
				func() (r0, r1 uint32) { return x.Load(), x.Load() },
			},
			func(_, _, first, second uint32) bool { return first > second }},
		{"2+2 writes",
			[2]side{
				func() (r0, r1 uint32) { x.Store(1); y.Store(2); return },
				func() (r0, r1 uint32) { y.Store(1); x.Store(2); return },
			},
			func(_, _, _, _ uint32) bool { return x.Load() == 1 && y.Load() == 1 }},
		{"read to write",
			[2]side{
				func() (r0, r1 uint32) { r0 = x.Swap(1); r1 = y.Load(); return },
				func() (r0, r1 uint32) { r0 = y.Swap(1); r1 = x.Load(); return },
			},
			func(_, a, _, b uint32) bool { return a == 0 && b == 0 }},
		{"lost update",
			[2]side{
				func() (r0, r1 uint32) { x.Add(1); x.Add(1); return },
				func() (r0, r1 uint32) { x.Add(1); x.Add(1); return },
			},
			func(_, _, _, _ uint32) bool { return x.Load() != 4 }},
		{"one winner",
			[2]side{
				func() (r0, r1 uint32) { return won(x.CompareAndSwap(0, 1)), 0 },
				func() (r0, r1 uint32) { return won(x.CompareAndSwap(0, 2)), 0 },
			},
			func(a, _, b, _ uint32) bool { return a+b != 1 || x.Load() != 2-a }},
		{"publication",
			[2]side{
				func() (r0, r1 uint32) { published.Store(&box{7, 9}); return },
				func() (r0, r1 uint32) {
					if b := published.Load(); b != nil {
						return b.a, b.b
					}
					return 7, 9
				},
			},
			func(_, _, a, b uint32) bool { return a != 7 || b != 9 }},
	}
}

func won(ok bool) uint32 {
	if ok {
		return 1
	}
	return 0
}

// barrier lets both sides begin at about the same time. Each round has a number.
var arrived [2]atomic.Uint32

func meet(self int, round uint32) {
	arrived[self].Store(round)
	for arrived[1-self].Load() < round {
	}
}

func main() {
	if rtos.NumCores() < 2 {
		println("one core")
		return
	}
	rtos.Self().SetCores(rtos.OnCore(0))
	list := tests()
	var results [2]uint32
	done := make(chan bool)
	rtos.Go(rtos.Task{Name: "other", Priority: rtos.DefaultPriority, Cores: rtos.OnCore(1)}, func() {
		round := uint32(0)
		for i := range list {
			for range rounds {
				round += 2
				meet(1, round)
				results[0], results[1] = list[i].sides[1]()
				meet(1, round+1)
			}
		}
		done <- rtos.Core() == 1
	})
	round := uint32(0)
	for i := range list {
		bad, together := 0, 0
		for range rounds {
			x.Store(0)
			y.Store(0)
			data = 0
			published.Store(nil)
			round += 2
			meet(0, round)
			a0, a1 := list[i].sides[0]()
			if arrived[1].Load() == round {
				together++ // the other side was not through when this one was
			}
			meet(0, round+1)
			if list[i].forbidden(a0, a1, results[0], results[1]) {
				bad++
			}
		}
		println(list[i].name, "forbidden:", bad, "concurrent:", together > 0)
	}
	println("on both cores:", <-done && rtos.Core() == 0)
}
