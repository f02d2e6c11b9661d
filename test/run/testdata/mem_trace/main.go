// The tracer of mote/mem finds what was not given back, and who took it.
package main

import (
	"strings"

	"mote/mem"
)

type packet struct{ data [12]byte }

var (
	ring    [6]mem.Record
	backing [8]mem.Block[packet]
	packets mem.Pool[packet]
	buffer  [64]byte
	region  mem.Region
)

func reader() *packet { return packets.Get() }

func writer() *packet { return packets.Get() }

func leak() { mem.New[uint32](&region) }

func main() {
	mem.Trace(ring[:])
	packets.Init(backing[:])
	region.Init(buffer[:])
	r, w := reader(), writer()
	_ = w
	packets.Put(r)
	mark := region.Mark()
	leak()
	region.Release(mark)
	leak()
	held()
	for range 6 {
		writer()
	}
	println("lost:", mem.Lost())
	var report strings.Builder
	println("report:", mem.Report(&report) == nil, strings.Count(report.String(), "main.writer"))
}

func held() {
	for r := range mem.Held() {
		f := r.Where()
		println("held:", r.Size, f.Function, f.Line, r.Address != 0, r.Time >= 0)
	}
}
