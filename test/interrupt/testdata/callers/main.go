// Command callers asks in a handler who calls, and has the tracer of mote/mem tell what a handler has taken.
package main

import (
	"os"
	"runtime"
	"runtime/interrupt"
	"strings"

	"mote/mem"
)

var (
	backing [4]mem.Block[uint32]
	blocks  mem.Pool[uint32]
	ring    [4]mem.Record
	caller  uintptr
)

func onPend(interrupt.Interrupt) {
	blocks.Get()
	note()
}

//go:noinline
func note() {
	var pcs [1]uintptr
	runtime.Callers(2, pcs[:])
	caller = pcs[0]
}

func main() {
	mem.Trace(ring[:])
	blocks.Init(backing[:])
	irq := interrupt.New(20, onPend)
	irq.Enable()
	irq.Pend()
	frame, _ := runtime.CallersFrames([]uintptr{caller}).Next()
	println(frame.Function)
	var report strings.Builder
	if err := mem.Report(&report); err != nil {
		os.Exit(1)
	}
	_, taken, _ := strings.Cut(report.String(), "taken by ")
	function, _, _ := strings.Cut(taken, " ")
	println(function)
}
