// Control holds the temperature of a heater with a PID controller that runs a thousand times a second, while the rest of the program
// makes garbage and the collector runs. In the end it prints how punctual the controller was.
//
//	mote run ./examples/control
//	mote build -stack ./examples/control
//
// In QEMU the jitter is mostly the host's. On a board it is that of collections, for which goroutines wait and interrupt handlers do
// not: with instructions for a clock, as test/run takes it, 3 µs on average and 75 µs at most. doc/guide/timing.md says what to do about it.
package main

import (
	"fmt"
	"time"

	"mote/rtos"
)

const (
	period  = time.Millisecond
	rounds  = 500
	goal    = 60.0 // °C
	ambient = 20.0
)

// The controller is more urgent than main and has static memory, so that nothing the rest of the program does can take it away.
var (
	stack  [2048]byte
	plant  = heater{celsius: ambient}
	power  float32 // of the heater, 0 to 1
	timing jitter
)

func main() {
	// A fault in the controller ends it alone: the program goes on, and can switch the heater off.
	loop := rtos.Go(rtos.Task{Name: "control", Priority: 6, Stack: stack[:], Contained: true}, control)
	collections := garbage(loop)
	power = 0
	fmt.Printf("%d rounds, %d missed, %.1f °C of %.1f °C\n", timing.count, timing.missed, plant.celsius, goal)
	fmt.Printf("jitter in µs: min %d, mean %d, max %d\n", timing.min/1000, timing.mean()/1000, timing.max/1000)
	fmt.Println("the collector ran meanwhile:", collections > 0)
}

// control runs the loop. Each round begins when Wait comes back, at the first tick after the beginning of the period.
func control() {
	pid := controller{p: 0.08, i: 0.6, d: 0.0005}
	every := rtos.Every(period)
	last := int64(0)
	for range rounds {
		timing.missed += every.Wait()
		now := rtos.Now()
		if last != 0 {
			timing.add(now - last)
		}
		last = now
		power = pid.output(goal, plant.celsius)
		plant.step(power)
	}
}

// garbage allocates until the controller has ended, and returns how many collections that took.
func garbage(loop rtos.Goroutine) uint32 {
	before := collections()
	var keep [16][]byte
	for i := 0; loop.Name() != ""; i++ {
		keep[i%len(keep)] = make([]byte, 4096)
	}
	return collections() - before
}
