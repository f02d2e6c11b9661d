// Thread-Metric, message processing: a task sends itself messages of 16 bytes. An iteration is a message.
package main

import "mote/test/kernel/testdata/mark"

type message [4]uint32

var (
	queue   = make(chan message, 10)
	counter uint32
	wrong   uint32
)

func main() {
	sent := message{0x11112222, 0x33334444, 0x55556666, 0x77778888}
	for n := range 401 {
		if n == 1 {
			mark.Start()
		}
		queue <- sent
		received := <-queue
		if received[3] != sent[3] {
			wrong++
		}
		sent[3]++
		counter++
	}
	mark.Stop()
	println(counter, wrong)
}
