//go:build mote

package runtime

import (
	"internal/abi"
	_ "unsafe" // for go:linkname
)

// This file has the functions that compiled code calls when an operation of the language fails.
// Each panics with the error and text that Go specifies; none returns.

// The errors that have no operands.
//
// Safety: math/bits reads divideError and overflowError by linkname as variables of type error.

//go:linkname divideError
var divideError = error(errorString("integer divide by zero"))

//go:linkname overflowError
var overflowError = error(errorString("integer overflow"))

var shiftError = error(errorString("negative shift amount"))

var memoryError = error(errorString("invalid memory address or nil pointer dereference"))

// unsignedBounds is set in a bounds code when the operand is unsigned.
const unsignedBounds = 0x80

//go:noinline
func panicBounds(x int, y int, code uint8) {
	signed := code&unsignedBounds == 0
	wide := int64(x)
	if !signed {
		wide = int64(uint(x))
	}
	panic(boundsError{x: wide, y: y, signed: signed, code: abi.BoundsErrorCode(code &^ unsignedBounds)})
}

//go:noinline
func panicBounds64(x int64, y int, code uint8) {
	panic(boundsError{x: x, y: y, signed: code&unsignedBounds == 0, code: abi.BoundsErrorCode(code &^ unsignedBounds)})
}

//go:noinline
func panicIndex(x int, y int) { panicBounds(x, y, uint8(abi.BoundsIndex)) }

//go:noinline
func panicIndexU(x uint, y int) { panicBounds(int(x), y, uint8(abi.BoundsIndex)|unsignedBounds) }

// panicSliceConvert reports the conversion of a slice of length y to an array of length x.
//
//go:noinline
func panicSliceConvert(x, y int) { panicBounds(x, y, uint8(abi.BoundsConvert)) }

//go:noinline
func panicdivide() { panic(divideError) }

//go:noinline
func panicoverflow() { panic(overflowError) }

//go:noinline
func panicshift() { panic(shiftError) }

//go:noinline
func panicmem() { panic(memoryError) }

// panicmemAddr is panicmem with the address that was accessed.
//
//go:noinline
func panicmemAddr(addr uintptr) {
	panic(errorAddressString{msg: "invalid memory address or nil pointer dereference", addr: addr})
}

//go:noinline
func panicmakeslicelen() { panic(errorString("makeslice: len out of range")) }

//go:noinline
func panicmakeslicecap() { panic(errorString("makeslice: cap out of range")) }

//go:noinline
func panicunsafeslicelen() { panic(errorString("unsafe.Slice: len out of range")) }

//go:noinline
func panicunsafeslicenilptr() { panic(errorString("unsafe.Slice: ptr is nil and len is not zero")) }

//go:noinline
func panicunsafestringlen() { panic(errorString("unsafe.String: len out of range")) }

//go:noinline
func panicunsafestringnilptr() { panic(errorString("unsafe.String: ptr is nil and len is not zero")) }

// panicwrap reports the call of a value method through a nil pointer: typ is "main.T", meth its method.
//
//go:noinline
func panicwrap(typ, meth string) {
	i := len(typ) - 1
	for i > 0 && typ[i] != '.' {
		i--
	}
	name := typ
	if typ[i] == '.' {
		name = typ[i+1:]
	}
	panic(plainError("value method " + typ + "." + meth + " called using nil *" + name + " pointer"))
}

// rangeStateTexts says per state of a range-over-func loop (internal/abi.RF_State) what its misuse means.
var rangeStateTexts = [...]string{
	abi.RF_DONE:          "range function continued iteration after function for loop body returned false",
	abi.RF_PANIC:         "range function continued iteration after loop body panic",
	abi.RF_EXHAUSTED:     "range function continued iteration after whole loop exit",
	abi.RF_MISSING_PANIC: "range function recovered a loop body panic and did not resume panicking",
}

//go:noinline
func panicrangestate(state int) {
	if uint(state) < uint(len(rangeStateTexts)) && rangeStateTexts[state] != "" {
		panic(errorString(rangeStateTexts[state]))
	}
	throw("unexpected state set by a range-over-func loop")
}
