package main

import (
	"time"
	"unsafe"

	"mote/rtos"
)

// Ways to misbehave. Machine code comes from arrays: from where it is, it must be called through what looks like a func value.

// misbehaves tells whether there is such a fault here.
func misbehaves(kind string) bool {
	switch kind {
	case "overflow", "nil", "bus":
		return true
	case "data":
		return thumbBit != 0 // elsewhere all addresses are those of code
	case "flash":
		return flash != 0
	case "unaligned":
		return len(unaligned) > 0
	case "undefined":
		return len(undefined) > 0
	case "divide":
		return len(divide) > 0
	}
	return false
}

func misbehave(kind string) {
	switch kind {
	case "overflow":
		println(recurse(1))
	case "nil":
		call(0)
	case "bus":
		println(*word(nowhere))
	case "data":
		call(uintptr(unsafe.Pointer(&worked))) // without the bit for Thumb
	case "unaligned":
		call(uintptr(unsafe.Pointer(&unaligned[0])) | thumbBit)
	case "flash":
		*word(flash)++
	case "undefined":
		call(uintptr(unsafe.Pointer(&undefined[0])) | thumbBit)
	case "divide":
		trapDivision()
		call(uintptr(unsafe.Pointer(&divide[0])) | thumbBit)
	}
}

// word is a word of memory at an address that the compiler does not know.
//
//go:noinline
func word(addr uintptr) *uint32 { return (*uint32)(unsafe.Pointer(addr)) }

// call calls the code at an address.
//
//go:noinline
func call(addr uintptr) {
	code := &addr
	fn := *(*func())(unsafe.Pointer(&code))
	fn()
}

//go:noinline
func recurse(n int) int {
	var frame [16]int
	frame[n%16] = n
	if n == deepest {
		time.Sleep(rtos.TickLength())
		return 0
	}
	return recurse(n+1) + frame[n/2%16]
}
