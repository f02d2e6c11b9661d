package main

import "runtime/interrupt"

var (
	ints   = make(chan int, 4)
	button = interrupt.New(6, pressed)
	count  int
)

func send(v int) {
	select { // ERROR(mps2-an385) handler of interrupt 3.* calls the kernel, which does not delay it \(main.urgent → main.send
	case ints <- v:
	default:
	}
}

func urgent(interrupt.Interrupt) { send(1) }
func pressed(interrupt.Interrupt) {
	select { // ERROR(mps2-an385) handler of interrupt 6.* calls the kernel
	case v := <-ints:
		count += v
	default:
	}
}
func fast(interrupt.Interrupt) { count++ }

func raises(i interrupt.Interrupt) {
	i.SetPriority(0x10)
	select { // ERROR(mps2-an385) handler of interrupt 9.* calls the kernel
	case v := <-ints:
		count -= v
	default:
	}
}

func late(interrupt.Interrupt) {
	select {
	case ints <- 9:
	default:
	}
}

func main() {
	a := interrupt.New(3, urgent)
	a.SetPriority(0xc0)
	a.SetPriority(0x3f)
	b := interrupt.New(5, late)
	b.SetPriority(interrupt.Ceiling)
	button.SetPriority(0)
	c := interrupt.New(8, fast)
	c.SetPriority(0)
	interrupt.New(9, raises).Enable()
	a.Enable()
	b.Enable()
	println(count)
}
