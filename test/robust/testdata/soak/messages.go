package main

import (
	"time"

	"mote/rtos"
)

// Messages of three sizes, with their numbers and a checksum. Each lane has one sender and one receiver, so that all come, in order.

type message interface {
	word | quad | line
}

type (
	word [1]uint32
	quad [4]uint32
	line [16]uint32
)

// fill makes message number n: a word holds 24 bits of it and a sum, the others more words by it.
func fill[T message](n uint32) (m T) {
	m[0] = n<<8 | (n*0x9e3779b1)>>24
	for i := 1; i < len(m); i++ {
		m[i] = m[i-1]*0x85ebca6b + n
	}
	return m
}

// lane is a channel with what has gone through it.
type lane[T message] struct {
	ch             chan T
	sent, received uint32
}

func (l *lane[T]) receive(m T) {
	if m != fill[T](l.received) {
		wrong("message", l.received, m[0])
	}
	l.received++
	if l.received > l.sent+1 { // the sender counts when it comes back
		wrong("more messages received than sent", l.received, l.sent)
	}
}

// send and its like are for the one goroutine or handler at this end.

func (l *lane[T]) send() {
	if rtos.Send(l.ch, fill[T](l.sent), soon()) == nil {
		l.sent++
	} else {
		timeouts++
	}
}

func (l *lane[T]) trySend() {
	if rtos.TrySend(l.ch, fill[T](l.sent)) {
		l.sent++
	}
}

func (l *lane[T]) tryRecv() {
	if m, ok := rtos.TryRecv(l.ch); ok {
		l.receive(m)
	}
}

func (l *lane[T]) recv() {
	if m, err := rtos.Recv(l.ch, soon()); err == nil {
		l.receive(m)
	} else {
		timeouts++
	}
}

func (l *lane[T]) check(name string) {
	for rest := len(l.ch); rest > 0; rest-- {
		l.receive(<-l.ch)
	}
	if l.sent != l.received || l.sent == 0 {
		wrong(name, l.sent, l.received)
	}
}

var (
	up4    = lane[word]{ch: make(chan word, 3)} // handlers to goroutines
	up16   = lane[quad]{ch: make(chan quad, 3)}
	up64   = lane[line]{ch: make(chan line, 2)}
	down4  = lane[word]{ch: make(chan word, 2)} // goroutines to handlers
	down16 = lane[quad]{ch: make(chan quad, 1)}
	down64 = lane[line]{ch: make(chan line, 2)}
	side4  = lane[word]{ch: make(chan word)} // between goroutines
	side16 = lane[quad]{ch: make(chan quad, 2)}
	side64 = lane[line]{ch: make(chan line)}
)

func startMessages() {
	work("receive 4", 5, func(uint32) { up4.recv() })
	work("select", 3, func(uint32) {
		select {
		case m := <-up16.ch:
			up16.receive(m)
		case m := <-up64.ch:
			up64.receive(m)
		case <-time.After(time.Duration(1 + random()%2_000_000)):
			timeouts++
		}
	})
	work("down 4", 2, func(uint32) { down4.send() })
	work("down 16", 4, func(uint32) { down16.send() })
	work("down 64", 3, func(uint32) { down64.send() })
	work("from", 1, func(uint32) {
		side4.send()
		side16.send()
		side64.send()
	})
	work("to", 4, func(uint32) {
		side4.recv()
		side64.recv()
	})
	work("to 16", 1, func(uint32) { side16.recv() })
}

func checkMessages() {
	up4.check("up 4")
	up16.check("up 16")
	up64.check("up 64")
	down4.check("down 4")
	down16.check("down 16")
	down64.check("down 64")
	side4.check("side 4")
	side16.check("side 16")
	side64.check("side 64")
}

func messages() uint32 {
	return up4.sent + up16.sent + up64.sent + down4.sent + down16.sent + down64.sent + side4.sent + side16.sent + side64.sent
}
