// A message of 16 bytes is sent to a channel and received from it by the same task.
package main

import "mote/test/kernel/testdata/mark"

type message struct{ a, b, c, d uint32 }

var (
	ch  = make(chan message, 4)
	sum uint32
)

func main() {
	for i := range uint32(64) {
		m := message{i, i, i, i}
		mark.Start()
		ch <- m
		m = <-ch
		mark.Stop()
		sum += m.a + m.d
	}
	println(sum)
}
