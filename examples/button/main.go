//go:build mote

// Button blinks a light and changes its pace when a button is pressed. The button requests an interrupt; the program never polls it.
//
//	mote run ./examples/button
//	mote run -target riscv-virt ./examples/button
//	mote vectors ./examples/button
//
// The boards that QEMU emulates have no buttons that can be pressed, so a goroutine, finger, requests the button's interrupt as the
// pin would, with contacts that bounce. On a board of your own, replace finger by the setting-up of the pin, and light by its LED.
package main

import (
	"runtime/interrupt"
	"time"

	"mote/rtos"
)

const (
	buttonIRQ = 24                    // on mps2-an385, pin 0 of GPIO 0
	settle    = 20 * time.Millisecond // contacts that were quiet for so long have settled
	presses   = 3                     // after these the program ends
)

// paces are how long the light stays on or off; each press chooses the next.
var paces = [...]time.Duration{100 * time.Millisecond, 50 * time.Millisecond, 25 * time.Millisecond}

var (
	edges   rtos.Semaphore                   // one unit for each interrupt
	pressed = make(chan int, 1)              // the number of each press
	stack   [watchStack]byte                 // of the goroutine that watches the button: static, so that it needs no heap
	button  = interrupt.New(buttonIRQ, edge) // from reset on in the vector table; requests nothing until Enable
)

// watchStack is what `mote build -stack` says that watch needs, with some room for changes.
const watchStack = 1024

// edge handles the interrupt. It does the least that it can, and leaves the rest to a goroutine.
func edge(interrupt.Interrupt) { edges.Give() }

func main() {
	rtos.Go(rtos.Task{Name: "watch", Priority: 5, Stack: stack[:]}, watch)
	button.Enable()
	go finger()
	blink()
}

// watch makes one press of all edges that follow each other within the time that contacts need to settle.
func watch() {
	for n := 1; ; n++ {
		edges.Take()
		for edges.TakeWithin(rtos.Within(settle)) == nil {
		}
		pressed <- n
	}
}

// blink switches the light at the pace of the last press. Waiting for the time and waiting for the button are one wait.
func blink() {
	pace := paces[0]
	on := false
	next := rtos.Now() + int64(pace)
	for {
		n, err := rtos.Recv(pressed, rtos.Until(next))
		if err == rtos.ErrTimeout {
			on = !on
			light(on)
			next += int64(pace) // not from Now: so the pace does not drift
			continue
		}
		pace = paces[n%len(paces)]
		println("press", n, "- now every", pace/time.Millisecond, "ms")
		if n == presses {
			return
		}
	}
}

// finger presses the button, and its contacts bounce.
func finger() {
	for {
		time.Sleep(300 * time.Millisecond)
		for range 5 {
			button.Pend()
			time.Sleep(time.Millisecond)
		}
	}
}
