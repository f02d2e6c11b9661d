// Pipeline moves packets from a producer to a consumer under deadlines. Packets come from a pool of fixed blocks, so nothing is
// allocated while it runs; when the consumer is behind, packets are dropped and counted, and the producer is never late.
//
//	mote run ./examples/pipeline
//	go run ./examples/pipeline       # the packages behave the same on the host
package main

import (
	"time"

	"mote/mem"
	"mote/rtos"
)

// packet is what the sensor delivers each period.
type packet struct {
	number  uint32
	samples [15]int16
}

const (
	packets  = 200
	period   = 2 * time.Millisecond
	patience = 1 * time.Millisecond  // of the producer with a full queue
	silence  = 50 * time.Millisecond // after which the consumer takes the producer for dead
	stall    = 30 * time.Millisecond // how long the consumer is away after every 50th packet, as when it erases flash
)

// All memory is here. The queue is shorter than the pool: a packet waits in it, one is being filled and one is being read.
var (
	blocks [8]mem.Block[packet]
	pool   mem.Pool[packet]
	queue  = make(chan *packet, 4)
	stack  [1024]byte
	counts struct{ sent, noBlock, noRoom int } // the producer's; read when it has ended
)

func main() {
	pool.Init(blocks[:])
	rtos.Go(rtos.Task{Name: "producer", Priority: 5, Stack: stack[:]}, produce)
	received, lost := consume()
	println(packets, "packets:", counts.sent, "sent,", received, "received")
	println("dropped:", counts.noBlock, "without a block,", counts.noRoom, "without room in the queue;", lost, "gaps seen")
	println(pool.Free(), "of", len(blocks), "blocks are free")
}

// produce makes a packet each period, whatever the consumer does.
func produce() {
	var every rtos.Period // rtos.Every would take it from the heap
	every.Start(period)
	for n := range uint32(packets) {
		every.Wait()
		p := pool.Get()
		if p == nil {
			counts.noBlock++
			continue
		}
		p.number = n
		for i := range p.samples {
			p.samples[i] = int16(n) + int16(i)
		}
		if rtos.Send(queue, p, rtos.Within(patience)) != nil {
			pool.Put(p) // the consumer has not got it, so it is still ours
			counts.noRoom++
			continue
		}
		counts.sent++
	}
	close(queue)
}

// consume reads packets until the queue is closed. It returns how many there were, and how many were missing between them.
func consume() (received, lost int) {
	next := uint32(0)
	for {
		p, err := rtos.Recv(queue, rtos.Within(silence))
		if err == rtos.ErrClosed {
			return received, lost + int(packets-next)
		}
		if err != nil {
			println("the producer is silent")
			return received, lost
		}
		lost += int(p.number - next)
		next = p.number + 1
		received++
		pool.Put(p)
		if received%50 == 0 {
			time.Sleep(stall)
		}
	}
}
