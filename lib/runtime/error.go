//go:build mote

package runtime

import (
	"internal/abi"
	"internal/strconv"
)

// Error is what every panic of the runtime itself carries, so that a recovering function can tell it from others.
type Error interface {
	error

	// RuntimeError does nothing; it marks the type as a run-time error.
	RuntimeError()
}

// TypeAssertionError explains a failed type assertion.
type TypeAssertionError struct {
	_interface    *_type
	concrete      *_type
	asserted      *_type
	missingMethod string // one that asserted needs and concrete lacks
}

func (*TypeAssertionError) RuntimeError() {}

func (e *TypeAssertionError) Error() string {
	asserted := typeString(e.asserted)
	if e.concrete == nil {
		from := "interface"
		if e._interface != nil {
			from = typeString(e._interface)
		}
		return "interface conversion: " + from + " is nil, not " + asserted
	}
	concrete := typeString(e.concrete)
	if e.missingMethod != "" {
		return "interface conversion: " + concrete + " is not " + asserted + ": missing method " + e.missingMethod
	}
	from := "interface"
	if e._interface != nil {
		from = typeString(e._interface)
	}
	return "interface conversion: " + from + " is " + concrete + ", not " + asserted + e.sameName(concrete, asserted)
}

// sameName says how two types of the same name differ.
func (e *TypeAssertionError) sameName(concrete, asserted string) string {
	switch {
	case concrete != asserted:
		return ""
	case typePkgPath(e.concrete) != typePkgPath(e.asserted):
		return " (types from different packages)"
	}
	return " (types from different scopes)"
}

// errorString is a run-time error told by one string.
type errorString string

func (e errorString) RuntimeError() {}

func (e errorString) Error() string { return "runtime error: " + string(e) }

// errorAddressString is a run-time error at an address (see [runtime/debug.SetPanicOnFault]).
type errorAddressString struct {
	msg  string
	addr uintptr
}

func (e errorAddressString) RuntimeError() {}

func (e errorAddressString) Error() string { return "runtime error: " + e.msg }

// Addr is the address whose access failed.
func (e errorAddressString) Addr() uintptr { return e.addr }

// plainError is a run-time error whose text does not begin with "runtime error: ".
type plainError string

func (e plainError) RuntimeError() {}

func (e plainError) Error() string { return string(e) }

// PanicNilError is what panic(nil) panics with.
type PanicNilError struct {
	_ [0]*PanicNilError // makes the struct unlike every other, so none converts to it
}

func (*PanicNilError) Error() string { return "panic called with nil argument" }

func (*PanicNilError) RuntimeError() {}

// boundsError is an index or slice expression out of range.
type boundsError struct {
	x      int64 // the offending operand
	y      int   // what it was compared with; not negative
	signed bool  // x is signed; otherwise its bits are those of a uint64
	code   abi.BoundsErrorCode
}

func (e boundsError) RuntimeError() {}

// boundsTexts has the message per code; %x and %y stand for the operands. The second text is the one for negative x,
// where y does not matter.
var boundsTexts = [...][2]string{
	abi.BoundsIndex:      {"index out of range [%x] with length %y", "index out of range [%x]"},
	abi.BoundsSliceAlen:  {"slice bounds out of range [:%x] with length %y", "slice bounds out of range [:%x]"},
	abi.BoundsSliceAcap:  {"slice bounds out of range [:%x] with capacity %y", "slice bounds out of range [:%x]"},
	abi.BoundsSliceB:     {"slice bounds out of range [%x:%y]", "slice bounds out of range [%x:]"},
	abi.BoundsSlice3Alen: {"slice bounds out of range [::%x] with length %y", "slice bounds out of range [::%x]"},
	abi.BoundsSlice3Acap: {"slice bounds out of range [::%x] with capacity %y", "slice bounds out of range [::%x]"},
	abi.BoundsSlice3B:    {"slice bounds out of range [:%x:%y]", "slice bounds out of range [:%x:]"},
	abi.BoundsSlice3C:    {"slice bounds out of range [%x:%y:]", "slice bounds out of range [%x::]"},
	abi.BoundsConvert:    {"cannot convert slice with length %y to array or pointer to array with length %x", ""},
}

func (e boundsError) Error() string {
	texts := &boundsTexts[e.code]
	text := texts[0]
	if e.signed && e.x < 0 && texts[1] != "" {
		text = texts[1]
	}
	b := make([]byte, 0, 100) // the longest text with two 10-digit operands has 86 bytes
	b = append(b, "runtime error: "...)
	for i := 0; i < len(text); i++ {
		if text[i] != '%' {
			b = append(b, text[i])
			continue
		}
		i++
		b = e.appendOperand(b, text[i])
	}
	return string(b)
}

// appendOperand appends x or y in decimal.
func (e boundsError) appendOperand(b []byte, which byte) []byte {
	switch {
	case which == 'y':
		return strconv.AppendInt(b, int64(e.y), 10)
	case e.signed:
		return strconv.AppendInt(b, e.x, 10)
	}
	return strconv.AppendUint(b, uint64(e.x), 10)
}
