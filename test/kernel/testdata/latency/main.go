// A timer interrupts a program that computes. A region lasts from one entry of the handler to the next: their lengths would all be one but
// for the latency.
package main

import "mote/test/kernel/testdata/timer"

func main() {
	timer.Start()
	sum := uint32(1)
	for !timer.Done() {
		for i := range uint32(1000) {
			sum = sum*1664525 + i
		}
	}
	println(sum != 0)
}
