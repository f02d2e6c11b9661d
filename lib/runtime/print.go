//go:build mote

package runtime

import (
	"internal/strconv"
	"unsafe"
)

// printlock keeps the output of one print statement together. It nests.
func printlock() { lockSched() }

func printunlock() { unlockSched() }

// gwrite writes n bytes at p to standard error.
//
// Safety: write is done with the bytes when it returns. Without noescape every number printed would be allocated, and a report
// that memory is short could not be printed.
func gwrite(p unsafe.Pointer, n int) { write(2, noescape(p), int32(n)) }

func printstring(s string) {
	if len(s) != 0 {
		gwrite(unsafe.Pointer(unsafe.StringData(s)), len(s))
	}
}

func printsp() { printstring(" ") }

func printnl() { printstring("\n") }

func printbool(v bool) {
	s := "false"
	if v {
		s = "true"
	}
	printstring(s)
}

func printint(v int64) {
	u := uint64(v)
	if v < 0 {
		u = -u
	}
	printdecimal(u, v < 0)
}

func printuint(v uint64) { printdecimal(v, false) }

// printdecimal prints a number of at most 20 digits. Four digits come from each pass over the 16-bit limbs, so all
// divisions are of 32 bits: the 64-bit division routine costs more flash than the rest of print together.
func printdecimal(v uint64, negative bool) {
	var buf [24]byte
	limbs := [4]uint32{uint32(v>>48) & 0xffff, uint32(v>>32) & 0xffff, uint32(v>>16) & 0xffff, uint32(v) & 0xffff}
	// Safety: at stays in buf: five passes of four digits and a sign are 21 bytes.
	at := len(buf)
	for more := true; more; {
		group, quotient := divideLimbs(&limbs)
		more = quotient
		for i := 0; i < 4 && (more || group != 0 || i == 0); i++ {
			at--
			*(*byte)(unsafe.Add(unsafe.Pointer(&buf), at)) = byte('0' + group%10)
			group /= 10
		}
	}
	if negative {
		at--
		*(*byte)(unsafe.Add(unsafe.Pointer(&buf), at)) = '-'
	}
	gwrite(unsafe.Add(unsafe.Pointer(&buf), at), len(buf)-at)
}

// divideLimbs divides a number in 16-bit limbs, most significant first, by 10000. It returns the remainder
// and whether the quotient is not zero.
func divideLimbs(limbs *[4]uint32) (rem uint32, more bool) {
	for i := range limbs {
		rem = rem<<16 | limbs[i]
		limbs[i] = rem / 10000
		rem %= 10000
		more = more || limbs[i] != 0
	}
	return rem, more
}

func printhex(v uint64) {
	var buf [18]byte
	// Safety: at stays in buf: sixteen digits and the prefix are 18 bytes.
	at := len(buf)
	put := func(c byte) {
		at--
		*(*byte)(unsafe.Add(unsafe.Pointer(&buf), at)) = c
	}
	for more := true; more; more = v != 0 {
		digit := byte(v & 15)
		if digit += '0'; digit > '9' {
			digit += 'a' - '9' - 1
		}
		put(digit)
		v >>= 4
	}
	put('x')
	put('0')
	gwrite(unsafe.Add(unsafe.Pointer(&buf), at), len(buf)-at)
}

func printuintptr(p uintptr) { printhex(uint64(p)) }

func printpointer(p unsafe.Pointer) { printhex(uint64(uintptr(p))) }

// The buffers of the floating point printers hold the longest output: sign, digits, point and exponent.

func printfloat(v float64) {
	var buf [24]byte
	printbytes(strconv.AppendFloat(buf[:0], v, 'g', -1, 64))
}

func printfloat32(v float32) {
	var buf [16]byte
	printbytes(strconv.AppendFloat(buf[:0], float64(v), 'g', -1, 32))
}

func printcomplex(c complex128) {
	var buf [2*24 + 3]byte
	printbytes(strconv.AppendComplex(buf[:0], c, 'g', -1, 128))
}

func printcomplex64(c complex64) {
	var buf [2*16 + 3]byte
	printbytes(strconv.AppendComplex(buf[:0], complex128(c), 'g', -1, 64))
}

func printbytes(b []byte) { gwrite(unsafe.Pointer(unsafe.SliceData(b)), len(b)) }

func printslice(s []byte) {
	printstring("[")
	printint(int64(len(s)))
	printstring("/")
	printint(int64(cap(s)))
	printstring("]")
	printpointer(unsafe.Pointer(unsafe.SliceData(s)))
}

func printeface(v any) {
	e := efaceOf(&v)
	printwords(unsafe.Pointer(e.Type), e.Data)
}

func printiface(i iface) { printwords(unsafe.Pointer(i.ITab), i.Data) }

func printwords(typ, data unsafe.Pointer) {
	printstring("(")
	printpointer(typ)
	printstring(",")
	printpointer(data)
	printstring(")")
}
