//go:build mote

package runtime

import "unsafe"

// The symbols of the linker script that the kernel uses (doc/spec/abi.md, "Linker symbols").
// Only their addresses mean anything; for the last group the address is the number.

//mote:symbol _main_stack_bottom
var mainStackBottom [0]byte

//mote:symbol _main_stack_top
var mainStackTop [0]byte

//mote:symbol _stack_bottom
var handlerStackBottom [0]byte

//mote:symbol _stack_top
var handlerStackTop [0]byte

//mote:symbol _text_start
var textStart [0]byte

//mote:symbol _text_end
var textEnd [0]byte

//mote:symbol _ram_start
var ramStart [0]byte

//mote:symbol _ram_end
var ramEnd [0]byte

//mote:symbol _cpu_hz
var cpuHertz [0]byte

//mote:symbol _tick_hz
var tickHertz [0]byte

//mote:symbol _task_capacity
var taskCapacity [0]byte

//mote:symbol _stack_size_default
var stackSizeDefault [0]byte

//mote:symbol _spare_start
var spareStart [0]byte

//mote:symbol _spare_end
var spareEnd [0]byte

// addressOf is the value of a linker symbol.
//
// Safety: the symbol is fixed in memory or a plain number, so an integer is as good as a pointer.
func addressOf(symbol *[0]byte) uintptr { return uintptr(unsafe.Pointer(symbol)) }
