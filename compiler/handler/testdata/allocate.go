package main

import (
	"runtime/interrupt"
	"strconv"
)

var (
	list  []int
	table = map[string]int{}
	box   any
	text  string
	array *[4]int
	hook  func(int)
)

type point struct{ x, y int }

type shape interface{ area() int }

type square struct{ side int }

func (s square) area() int { return grow(s.side) }

type circle struct{ r int }

func (c circle) area() int { return c.r }

func grow(v int) int {
	list = append(list, v) // ERROR handler of interrupt 1.* allocates: append may grow the slice \(main.handle → main.*grow\)
	return len(list)
}

func hooked(v int) {
	array = new([4]int) // ERROR allocates: the variable is on the heap: stored to global array \(main.handle → main.hooked\)
}

//go:noinline
func total(s shape) int { return s.area() }

// fine is everything that a handler may do.
func fine(i interrupt.Interrupt) int {
	var local [8]int
	p := &local[i.Number()&7]
	*p = len(list)
	s := local[2:5]
	for k := range s {
		s[k] += k
	}
	add := func(v int) { local[0] += v }
	add(3)
	defer add(4)
	if i.Number() > 90 {
		panic("number")
	}
	println("fine", local[1], circle{2}.area(), table["x"], i.Number() == 3)
	return local[list[0]]
}

func handle(i interrupt.Interrupt) {
	fine(i)
	grow(1)
	table["a"] = 1                  // ERROR allocates: an assignment to a map
	box = point{1, 2}               // ERROR allocates: the value in the interface is on the heap: stored to global box
	text += "x"                     // ERROR allocates: joining strings
	text = strconv.Itoa(i.Number()) // ERROR allocates: .* \(main.handle → strconv.Itoa
	go println("x")                 // ERROR allocates: a goroutine needs a stack
	hook(2)
	total(square{2})
	c := make(chan int) // ERROR allocates: a channel is on the heap
	box = c
	if i.Number() > 99 {
		panic(point{3, 4}) // ERROR allocates: the value in the interface is on the heap: passed to panic
	}
	for k := range list {
		defer grow(k) // ERROR allocates: defer in a loop
	}
}

func main() {
	hook = hooked
	println(total(circle{1}))
	interrupt.New(1, handle).Enable()
}
