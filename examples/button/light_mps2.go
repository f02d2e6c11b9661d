//go:build mps2_an385

package main

import (
	"runtime/volatile"
	"unsafe"
)

// leds is the register of the two LEDs of the FPGA board (Application Note AN385, section 4.5).
//
// Safety: it is a device register of this board alone, as the build constraint says.
var leds = (*volatile.Register32)(unsafe.Pointer(uintptr(0x40028000)))

// light switches the first LED.
func light(on bool) {
	if on {
		leds.SetBits(1)
	} else {
		leds.ClearBits(1)
	}
}
