package mem

import (
	"runtime"
	"sync/atomic"
	"time"
	"unsafe"

	"mote/rtos"
)

// Record is a block or piece that was taken and not given back.
type Record struct {
	Address uintptr
	Size    uintptr       // in bytes
	PC      uintptr       // return address of the call that took it; see Where
	Time    time.Duration // since Trace

	state atomic.Uint32
}

// States of a record.
const (
	recordFree    = iota
	recordFilling // its owner writes it
	recordHeld
)

// tracer is the one ring. The calls into it scan it, so that with Trace Get and Put take time by the size of the ring; no interrupt is masked meanwhile.
var tracer struct {
	ring  []Record
	next  atomic.Uint32 // where to look for a free record
	lost  atomic.Uint32 // records overwritten while they were held
	start int64         // of rtos.Now
}

// Trace keeps a record in ring of each block and piece that is taken from now on, until it is given back. Where all records are of things
// still held, the oldest is overwritten. Call it before anybody uses a pool or region; with nil it ends.
func Trace(ring []Record) {
	tracer.ring = ring
	tracer.next.Store(0)
	tracer.lost.Store(0)
	tracer.start = rtos.Now()
	for i := range ring {
		ring[i].state.Store(recordFree)
	}
}

// traceTake records that n bytes at p were given to whoever called this package, inner functions of it ago.
//
//mote:with Trace
//go:noinline
func traceTake(p unsafe.Pointer, n uintptr, inner int) {
	if len(tracer.ring) == 0 {
		return
	}
	r := claim()
	r.Address, r.Size = uintptr(p), n
	r.Time = time.Duration(rtos.Now() - tracer.start)
	var site [1]uintptr
	runtime.Callers(2+inner, site[:]) // 2: itself and traceTake
	r.PC = site[0]
	r.state.Store(recordHeld)
}

// claim finds a record to fill: the next free one, else the next one.
func claim() *Record {
	n := uint32(len(tracer.ring))
	first := tracer.next.Add(1) - 1
	for i := range n {
		if r := &tracer.ring[(first+i)%n]; r.state.CompareAndSwap(recordFree, recordFilling) {
			return r
		}
	}
	tracer.lost.Add(1)
	r := &tracer.ring[first%n]
	r.state.Store(recordFilling)
	return r
}

// traceReturn ends the records of what lies in the n bytes from p.
//
//mote:with Trace
//go:noinline
func traceReturn(p unsafe.Pointer, n uintptr) {
	for i := range tracer.ring {
		if r := &tracer.ring[i]; r.state.Load() == recordHeld && r.Address-uintptr(p) < n {
			r.state.Store(recordFree)
		}
	}
}
